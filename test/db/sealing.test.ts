import { createHmac } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { sm3, sm4 } from 'sm-crypto-v2'
import { afterAll, describe, expect, it } from 'vitest'
import { bulkInsert } from '../../db/bulk.ts'
import { Unstorable, WrongKey } from '../../db/errors.ts'
import { markOf, moveMark } from '../../db/mark.ts'
import { openStore } from '../../db/open.ts'
import { factsNewest } from '../../db/queries/audit.ts'
import { casesOf, countCases } from '../../db/queries/cases.ts'
import { heardOf } from '../../db/queries/heard.ts'
import { accountsAll, personOf, roomsOf } from '../../db/queries/people.ts'
import { identitiesAll } from '../../db/queries/roster.ts'
import { beginReseal, leaveReseal, reseal } from '../../db/reseal.ts'
import { createSealing, type Keys, unsealed } from '../../db/sealing.ts'
import { compactDatabase } from '../../db/sqlite-file.ts'
import type { Store } from '../../db/store.ts'
import { openCase } from '../../src/flow/case/act.ts'
import { exportCases } from '../../src/flow/console/cases/export.ts'
import { caseList } from '../../src/flow/console/cases.ts'
import { hookRoom, register } from '../../src/flow/roster.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { openRooms } from '../town/rooms.ts'
import { ownSchema } from './own-schema.ts'

const url = process.env.TEST_DATABASE_URL ?? ''
const KEY = '0123456789abcdeffedcba9876543210'
const OTHER = 'fedcba98765432100123456789abcdef'

const folder = mkdtempSync(join(tmpdir(), 'duban-sealing-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newFile = () => join(folder, `${++files}.db`)

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'))
const asHex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')

describe('the cipher', () => {
  it('gives what GB/T 32907 gives for its block', () => {
    const sealed = sm4.encrypt(hex(KEY), KEY, { padding: 'none', output: 'array' })
    expect(asHex(sealed)).toBe('681edf34d206965e86b3e94f536e4246')
    expect(asHex(sm4.decrypt(sealed, KEY, { padding: 'none', output: 'array' }))).toBe(KEY)
  })

  it('makes nonces and keys by the HMAC that OpenSSL makes', () => {
    const own = createHmac('sm3', hex(KEY)).update('欧阳若谷').digest('hex')
    expect(sm3('欧阳若谷', { key: hex(KEY) })).toBe(own)
  })

  it('gives what RFC 8998 gives for SM4-GCM, and takes no other tag', () => {
    const plain = hex(
      `aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd
       eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa`,
    )
    const given = { iv: '00001234567800000000abcd', associatedData: 'feedfacedeadbeeffeedfacedeadbeefabaddad2' }
    const options = { ...given, mode: 'gcm' as const, output: 'array' as const, outputTag: true }
    const { output, tag } = sm4.encrypt(plain, KEY, options)
    expect(asHex(output)).toBe(
      '17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d',
    )
    expect(asHex(tag)).toBe('83de3541e4c2b58177e065a9bf7b62ec')
    expect(() => sm4.decrypt(output, KEY, { ...options, tag: hex('83de3541e4c2b58177e065a9bf7b62ed') })).toThrow()
  })
})

describe('the codec', async () => {
  const sealing = await createSealing({ key: KEY })
  const other = await createSealing({ key: OTHER })

  it('opens what it sealed, whatever its length, and seals equal texts equally', () => {
    for (const length of [1, 15, 16, 17, 33, 20_000]) {
      const plain = `欧阳🏛${'a'.repeat(length)}`
      const stored = sealing.seal(plain, 'cases.secret')
      expect(stored).toMatch(/^sm4:[0-9a-f]{8}:[A-Za-z0-9+/]+=*$/)
      expect(sealing.open(stored, 'cases.secret')).toBe(plain)
      expect(sealing.seal(plain, 'cases.secret')).toBe(stored)
    }
    expect(sealing.seal('a', 'rooms.webhook')).not.toBe(sealing.seal('b', 'rooms.webhook'))
  })

  it('takes another nonce for every text, column and key', () => {
    const texts = Array.from({ length: 500 }, (_, i) => `lark:*:ou_${i}`)
    const columns = ['cases.secret', 'rooms.webhook', 'facts.words', 'identities.key'] as const
    const all = [sealing, other].flatMap((one) =>
      columns.flatMap((column) =>
        texts.map((text) => one.seal(text, column).slice('sm4:00000000:'.length).slice(0, 16)),
      ),
    )
    expect(new Set(all).size).toBe(all.length)
  })

  it('leaves what is empty and what was never sealed as it is', () => {
    expect(sealing.seal('', 'rooms.webhook')).toBe('')
    expect(sealing.open('lark:*:ou_1', 'identities.key')).toBe('lark:*:ou_1')
    expect(unsealed.seal('ou_1', 'identities.key')).toBe('ou_1')
  })

  it('opens nothing under another key or in another column, nor what was changed', async () => {
    const stored = sealing.seal('lark:*:ou_1', 'identities.key')
    expect(() => other.open(stored, 'identities.key')).toThrow(/另一把密钥/)
    expect(() => unsealed.open(stored, 'identities.key')).toThrow(`另一把密钥（${sealing.id}）`)
    expect(() => sealing.open(stored, 'rooms.webhook')).toThrow(/rooms.webhook.*打不开/)
    const both = await createSealing({ key: OTHER, old: KEY })
    expect(both.open(stored, 'identities.key')).toBe('lark:*:ou_1')
    for (let at = 'sm4:00000000:'.length; at < stored.length; at++) {
      const changed = stored.slice(0, at) + (stored[at] === 'A' ? 'B' : 'A') + stored.slice(at + 1)
      expect(() => sealing.open(changed, 'identities.key'), changed).toThrow(WrongKey)
    }
    for (const text of ['sm4:', 'sm4:?', `sm4:${sealing.id}:`, `sm4:${sealing.id}:AAAA`, `${stored} `])
      expect(() => sealing.open(text, 'identities.key'), text).toThrow(WrongKey)
  })

  it('takes nothing that it could not give back: what looks sealed without a key, and U+0000', () => {
    expect(() => unsealed.seal('sm4:ou_1', 'identities.key')).toThrow(Unstorable)
    expect(sealing.open(sealing.seal('sm4:ou_1', 'identities.key'), 'identities.key')).toBe('sm4:ou_1')
    expect(() => sealing.seal('ou\u00001', 'identities.key')).toThrow(Unstorable)
  })
})

const NAME = '欧阳若谷'
const ACCOUNT = 'ou_ruogu'
const HOOK = '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa'
const CONTACT = '13911112222'
const SECRETS = [NAME, ACCOUNT, HOOK, CONTACT]
const clerk = { id: 'console:office', name: '', role: 'office' as const, units: [], charge: [] }

/** An office with an applicant, a bound account and a group robot. */
const fill = async (store: Store) => {
  const town = await openRooms(store.of('s'))
  const stamp = () => ({ by: clerk.id, via: `test:${town.deps.newId()}`, at: town.deps.now() })
  town.on('2017-08-01', '10:00')
  await openCase(
    town.deps,
    clerk,
    'application',
    {
      ...{ channel: 'inPerson', at: '2017-08-01', applicant: 'natural', name: NAME, contact: CONTACT },
      ...{ description: '我要财政决算全部资料', subject: '财政决算' },
    },
    stamp(),
  )
  const person = { name: '司马长风', role: 'office' as const, units: [], charge: [], post: '' as const, mobile: '' }
  await register(town.deps, { people: [{ ...person, identities: [`lark:*:${ACCOUNT}`] }] }, stamp())
  const [room] = await roomsOf(store.of('s'))
  if (!room) throw new Error('no room')
  await hookRoom(town.deps, room.address, HOOK, stamp())
  return town
}

/** All that is asked of what is sealed, as whoever has the key sees it. */
const seen = async (store: Store) => {
  const db = store.of('s')
  const keys = ['lark:cli_1:ou_ruogu', 'lark:*:ou_ruogu'] as const
  const place = { key: 'm1', room: ['lark:cli_1:r', 'lark:*:r'] as const, place: 'r', stranger: 'x', owner: 'o' }
  const q = (text: string) => ({ q: { text, secret: true } })
  return {
    bound: (await personOf(db, keys))?.name,
    heard: (await heardOf(db, { ...place, sender: keys })).actor?.name,
    nobody: await personOf(db, ['lark:cli_1:ou_ruog', 'lark:*:ou_ruog']),
    accounts: (await accountsAll(db)).map(({ key }) => key).includes(`lark:*:${ACCOUNT}`),
    hook: (await roomsOf(db)).map(({ webhook }) => webhook).filter(Boolean),
    secret: (await casesOf(db, {})).map(({ secret }) => secret?.['registered.name']),
    found: (await casesOf(db, q('若谷'))).length,
    counted: await countCases(db, q('若谷')),
    missed: await countCases(db, q('若水')),
    said: (await factsNewest(db, { q: CONTACT }, 10)).map(({ kind }) => kind),
    unsaid: (await factsNewest(db, { q: '13911112223' }, 10)).length,
    broken: (await verifyLedger(db)).broken,
  }
}
const ALL = {
  ...{ bound: '司马长风', heard: '司马长风', nobody: undefined, accounts: true, hook: [HOOK], secret: [NAME] },
  ...{ found: 1, counted: 1, missed: 0, said: ['registered'], unsaid: 0, broken: [] },
}

/** The nth batch of the office fails: what came before stands. */
const broken = (store: Store, nth: number): Store => {
  let batches = 0
  return {
    ...store,
    of: (office) => {
      const own = store.of(office)
      const atomic: typeof own.atomic = (write) => {
        if (office === 's' && ++batches === nth) throw new Error('broken off')
        return own.atomic(write)
      }
      return { ...own, atomic }
    },
  }
}

let runs = 0
/** As `keys apply` does it where nobody else is. */
const applied = async (store: Store) => reseal(store, await beginReseal(store, `run${++runs}`))

const contract = (name: string, newUrl: () => Promise<string>) => {
  const open = async (address: string, keys: Keys = {}, anyKey = false) =>
    openStore(address, undefined, { sealing: await createSealing(keys), anyKey })
  const look = async (address: string, keys: Keys = {}) => {
    const store = await open(address, keys)
    try {
      return await seen(store)
    } finally {
      await store.close()
    }
  }
  const apply = async (address: string, keys: Keys) => {
    const store = await open(address, keys, true)
    try {
      return await applied(store)
    } finally {
      await store.close()
    }
  }

  describe(`identity columns on ${name}`, () => {
    it('are told to who has the key they were begun with, and to nobody else', async () => {
      const address = await newUrl()
      const store = await open(address, { key: KEY })
      await fill(store)
      expect(await seen(store)).toEqual(ALL)
      await store.close()
      expect(await look(address, { key: KEY })).toEqual(ALL)
      await expect(open(address)).rejects.toThrow(/请设好 IDENTITY_KEY/)
      await expect(open(address, { key: OTHER })).rejects.toThrow(/用另一把密钥/)
      await expect(open(address, { key: OTHER, old: KEY })).rejects.toThrow(/duban keys apply/)
      // Whoever tries with a wrong key leaves everything as it was.
      await expect(apply(address, { key: OTHER })).rejects.toThrow(/什么也没有改/)
      await expect(apply(address, {})).rejects.toThrow(/什么也没有改/)
      expect(await look(address, { key: KEY })).toEqual(ALL)
    })

    it('are sealed, sealed anew and opened again, and a change that was broken off is gone on with', async () => {
      const address = await newUrl()
      const store = await open(address)
      await fill(store)
      expect(await seen(store)).toEqual(ALL)
      await store.close()
      await expect(open(address, { key: KEY })).rejects.toThrow(/还没有加密.*duban keys apply/)
      const written = await apply(address, { key: KEY })
      expect(written).toBeGreaterThan(3)
      expect(await look(address, { key: KEY })).toEqual(ALL)
      expect(await apply(address, { key: KEY })).toBe(0)
      // The third place of the four fails: what came before stands under the new key.
      const half = await open(address, { key: OTHER, old: KEY }, true)
      await expect(applied(broken(half, 3))).rejects.toThrow('broken off')
      expect(await markOf(half)).toMatchObject({ to: half.sealing.id })
      await half.close()
      await expect(open(address, { key: KEY })).rejects.toThrow(/没有做完/)
      await expect(open(address, { key: OTHER, old: KEY })).rejects.toThrow(/没有做完/)
      await expect(apply(address, { key: KEY })).rejects.toThrow(/什么也没有改/)
      await expect(apply(address, { key: OTHER })).rejects.toThrow(/什么也没有改/)
      const rest = await apply(address, { key: OTHER, old: KEY })
      expect(rest).toBeGreaterThan(0)
      expect(rest).toBeLessThan(written)
      expect(await look(address, { key: OTHER })).toEqual(ALL)
      expect(await apply(address, { old: OTHER })).toBe(written)
      expect(await look(address)).toEqual(ALL)
    })

    it('are gone back from half way, page after page', async () => {
      const address = await newUrl()
      const store = await open(address, { key: KEY })
      await fill(store)
      const own = store.of('s')
      const keys = Array.from({ length: 450 }, (_, i) => `lark:*:ou_${i}`)
      await own.atomic((q) =>
        bulkInsert(
          own,
          q,
          own.t.identities,
          keys.map((key) => ({ office: 's', key, person: 'p' })),
        ),
      )
      // Of an office that has nothing else.
      await store.of('z').one((q) => q.insert(own.t.identities).values({ office: 'z', key: 'lark:*:z', person: 'p' }))
      await store.close()
      const half = await open(address, { key: OTHER, old: KEY }, true)
      await expect(applied(broken(half, 4))).rejects.toThrow('broken off')
      await half.close()
      const back = await apply(address, { key: KEY, old: OTHER })
      expect(back).toBeGreaterThan(0)
      expect(await look(address, { key: KEY })).toMatchObject({ ...ALL, broken: expect.anything() })
      expect(await apply(address, { key: OTHER, old: KEY })).toBeGreaterThan(450)
      expect(await look(address, { key: OTHER })).toMatchObject({ ...ALL, broken: expect.anything() })
      const whole = await open(address, { key: OTHER })
      expect((await identitiesAll(whole.of('s'))).filter(({ person }) => person === 'p')).toHaveLength(450)
      expect(await identitiesAll(whole.of('z'))).toEqual([{ key: 'lark:*:z', person: 'p' }])
      await whole.close()
    })

    it('cannot be moved to another column, and verify finds those that were moved to another row', async () => {
      const address = await newUrl()
      const store = await open(address, { key: KEY })
      await fill(store)
      const { t, q, one } = store.of('s')
      const words = (nth: number) =>
        sql`(select f.words from ${t.facts} f where f.words is not null order by f.subject, f.id, f.seq limit 1 offset ${sql.raw(`${nth}`)})`
      const [fact] = await q
        .select({ subject: t.facts.subject, id: t.facts.id, seq: t.facts.seq })
        .from(t.facts)
        .where(isNotNull(t.facts.words))
        .orderBy(t.facts.subject, t.facts.id, t.facts.seq)
      await one((write) =>
        write
          .update(t.facts)
          .set({ words: words(1) as never })
          .where(
            and(
              eq(t.facts.subject, `${fact?.subject}`),
              eq(t.facts.id, `${fact?.id}`),
              eq(t.facts.seq, fact?.seq ?? 0),
            ),
          ),
      )
      expect((await verifyLedger(store.of('s'))).broken.join()).toContain('的文字被改过')
      const hook = sql`(select r.webhook from ${t.rooms} r where r.webhook <> '')`
      await one((write) => write.update(t.identities).set({ key: hook as never }))
      await expect(identitiesAll(store.of('s'))).rejects.toThrow(/identities.key.*打不开/)
      await store.close()
    })

    it('are opened once to look for words, for the count and the rows alike', async () => {
      const address = await newUrl()
      const sealing = await createSealing({ key: KEY })
      let opened = 0
      const counting: typeof sealing.open = (stored, where) => {
        if (where === 'cases.secret') opened++
        return sealing.open(stored, where)
      }
      const store = await openStore(address, undefined, { sealing: { ...sealing, open: counting } })
      const { deps } = await fill(store)
      const actor = { ...clerk, id: `${(await personOf(deps.store, ['lark:cli_1:ou_ruogu', 'lark:*:ou_ruogu']))?.id}` }
      const asked = { state: [], unit: [], q: '若谷' }
      for (const ask of [
        () => caseList(deps, clerk, asked, { offset: 0, limit: 20 }),
        () => exportCases(deps, actor, asked),
      ]) {
        opened = 0
        await ask()
        // To look into the one case, and to read it as a row.
        expect(opened).toBe(2)
      }
      expect(await caseList(deps, clerk, asked, { offset: 0, limit: 20 })).toMatchObject({ total: 1, rows: [{}] })
      await store.close()
    })

    it('are changed by one run at a time: whose note does not stand any more changes nothing and takes nothing back', async () => {
      const address = await newUrl()
      const store = await open(address, { key: KEY })
      await fill(store)
      await store.close()
      const [one, two] = [
        await open(address, { key: OTHER, old: KEY }, true),
        await open(address, { key: KEY, old: OTHER }, true),
      ]
      const stood = await markOf(one)
      const first = await beginReseal(one, 'first')
      // Read before the first one’s note, and written after it.
      expect(await moveMark(two, stood, { ...stood, to: two.sealing.id, run: 'late' })).toBe(false)
      // The first seems to have been killed; it was not.
      const second = await beginReseal(two, 'second')
      await expect(reseal(one, first)).rejects.toThrow('另一个 duban keys apply 正在执行：请等它做完。这一个停下了')
      expect(await leaveReseal(one, first)).toBe(false)
      expect(await markOf(two)).toEqual({ id: one.sealing.id, to: two.sealing.id, run: 'second' })
      await expect(open(address, { key: KEY })).rejects.toThrow(/没有做完/)
      await reseal(two, second)
      expect(await look(address, { key: KEY })).toEqual(ALL)
      // Taken back, it stands as before.
      const third = await beginReseal(one, 'third')
      expect(await leaveReseal(one, third)).toBe(true)
      expect(await look(address, { key: KEY })).toEqual(ALL)
      await Promise.all([one, two].map((each) => each.close()))
    })

    it('of two runs that begin at the same moment one stands', async () => {
      const address = await newUrl()
      await (await open(address)).close()
      const both = await Promise.all([KEY, OTHER].map((key) => open(address, { key }, true)))
      const begun = await Promise.allSettled(both.map((one, i) => beginReseal(one, `run of ${i}`)))
      expect(begun.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const lost = begun.find((one) => one.status === 'rejected')
      expect(String(lost?.reason)).toMatch(/什么也没有改$/)
      await Promise.all(both.map((one) => one.close()))
    })

    it('that cannot be opened are told by verify each with its row, and the rest is looked at all the same', async () => {
      const address = await newUrl()
      const store = await open(address, { key: KEY })
      const { deps } = await fill(store)
      const { t, one } = store.of('s')
      const strange = (await createSealing({ key: OTHER })).seal('{}', 'facts.words')
      const text = sql`${strange}` as never
      const json = sql`${JSON.stringify(strange)}` as never
      await one((q) => q.update(t.facts).set({ words: json }).where(isNotNull(t.facts.words)))
      await one((q) => q.update(t.cases).set({ secret: json }))
      await one((q) => q.update(t.rooms).set({ webhook: text }).where(eq(t.rooms.webhook, HOOK)))
      await one((q) =>
        q
          .update(t.identities)
          .set({ key: text })
          .where(eq(t.identities.key, `lark:*:${ACCOUNT}`)),
      )
      await one((q) => q.update(t.people).set({ head: 'x' }).where(eq(t.people.name, '司马长风')))
      const { broken, facts } = await verifyLedger(deps.store)
      const words = broken.filter((line) => /^\w+ \S+：第\d+条记录的文字解不开$/.test(line))
      expect(words).toHaveLength(2)
      expect(facts).toBeGreaterThan(words.length)
      expect(broken.filter((line) => !words.includes(line))).toEqual([
        expect.stringMatching(/^person \S+：台账行与记录不一致$/),
        expect.stringMatching(/^person \S+：有一个账号解不开$/),
        expect.stringMatching(/^room \S+：群机器人的 Webhook 解不开$/),
        expect.stringMatching(/^application \S+：办件里申请人、联系方式等内容解不开$/),
      ])
      await store.close()
    })

    it('are begun by one of two keys', async () => {
      const address = await newUrl()
      const empty = await open(address, { key: KEY }, true)
      const both = await Promise.allSettled([KEY, OTHER].map((key) => open(address, { key })))
      const won = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      expect(won).toHaveLength(1)
      expect(await markOf(empty)).toEqual({ id: won[0]?.sealing.id })
      await Promise.all([empty, ...won].map((one) => one.close()))
    })
  })
}

contract('SQLite', async () => `file:${newFile()}`)

describe.skipIf(!url)(url ? 'PostgreSQL' : 'PostgreSQL (skipped: TEST_DATABASE_URL is not set)', () => {
  const schemas: Awaited<ReturnType<typeof ownSchema>>[] = []
  afterAll(() => Promise.all(schemas.map((one) => one.close())))
  contract('PostgreSQL', async () => {
    const own = await ownSchema(url)
    schemas.push(own)
    return own.url
  })
})

describe('the bytes of a SQLite file', () => {
  const found = (path: string) => {
    const bytes = readdirSync(folder)
      .filter((name) => name.startsWith(path.slice(folder.length + 1)))
      .map((name) => readFileSync(join(folder, name)))
    return SECRETS.filter((word) => bytes.some((one) => one.includes(Buffer.from(word))))
  }

  it('hold nobody’s name, account or key, its log included', async () => {
    const path = newFile()
    const store = await openStore(`file:${path}`, undefined, { sealing: await createSealing({ key: KEY }) })
    await fill(store)
    expect(readdirSync(folder)).toContain(`${path.slice(folder.length + 1)}-wal`)
    expect(found(path)).toEqual([])
    await store.close()
    expect(found(path)).toEqual([])
  })

  it('hold them no longer once they were sealed and the file was written anew', async () => {
    const path = newFile()
    const plain = await openStore(`file:${path}`)
    await fill(plain)
    await plain.close()
    expect(found(path)).toEqual(SECRETS)
    const store = await openStore(`file:${path}`, undefined, {
      sealing: await createSealing({ key: KEY }),
      anyKey: true,
    })
    await applied(store)
    await store.close()
    expect(await compactDatabase(path)).toBe(true)
    expect(found(path)).toEqual([])
    const own = new Database(path, { readonly: true })
    const keys = own.prepare('select key from identities').pluck().all() as string[]
    own.close()
    expect(keys.every((key) => key.startsWith('sm4:'))).toBe(true)
  })
})
