import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sm4 } from 'sm-crypto-v2'
import { afterAll, describe, expect, it } from 'vitest'
import { markOf } from '../../db/mark.ts'
import { openStore } from '../../db/open.ts'
import { factsNewest } from '../../db/queries/audit.ts'
import { casesOf, countCases } from '../../db/queries/cases.ts'
import { heardOf } from '../../db/queries/heard.ts'
import { accountsAll, personOf, roomsOf } from '../../db/queries/people.ts'
import { reseal } from '../../db/reseal.ts'
import { createSealing, type Keys } from '../../db/sealing.ts'
import { compactDatabase } from '../../db/sqlite-file.ts'
import type { Store } from '../../db/store.ts'
import { openCase } from '../../src/flow/case/act.ts'
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

describe('the codec', () => {
  const sealing = createSealing({ key: KEY })

  it('opens what it sealed, whatever its length, and seals equal texts equally', () => {
    for (const length of [1, 15, 16, 17, 33, 20_000]) {
      const plain = `欧阳🏛${'a'.repeat(length)}`
      const stored = sealing.seal(plain)
      expect(stored).toMatch(/^sm4:[0-9a-f]{8}:[A-Za-z0-9+/]+=*$/)
      expect(sealing.open(stored)).toBe(plain)
      expect(sealing.seal(plain)).toBe(stored)
    }
    expect(sealing.seal('a')).not.toBe(sealing.seal('b'))
    expect(createSealing({ key: OTHER }).seal('a').slice(-30)).not.toBe(sealing.seal('a').slice(-30))
  })

  it('leaves what is empty and what was never sealed as it is', () => {
    expect([sealing.seal(''), sealing.open('lark:*:ou_1'), createSealing().seal('ou_1')]).toEqual([
      '',
      'lark:*:ou_1',
      'ou_1',
    ])
  })

  it('opens nothing under another key, nor what was changed', () => {
    const stored = sealing.seal('lark:*:ou_1')
    expect(() => createSealing({ key: OTHER }).open(stored)).toThrow(/另一把密钥/)
    expect(() => createSealing().open(stored)).toThrow(/另一把密钥/)
    expect(createSealing({ key: OTHER, old: KEY }).open(stored)).toBe('lark:*:ou_1')
    const end = stored.slice(0, 20) + (stored[20] === 'A' ? 'B' : 'A') + stored.slice(21)
    expect(() => sealing.open(end)).toThrow(/打不开/)
    expect(() => sealing.open('sm4:')).toThrow(/另一把密钥/)
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

const contract = (name: string, newUrl: () => Promise<string>) => {
  const open = (address: string, keys: Keys = {}, anyKey = false) =>
    openStore(address, undefined, { sealing: createSealing(keys), anyKey })
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
    const written = await reseal(store)
    await store.close()
    return written
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
      await expect(apply(address, { key: OTHER })).rejects.toThrow(/另一把密钥/)
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
      let batches = 0
      const failing: Store = {
        ...half,
        of: (office) => {
          const own = half.of(office)
          const atomic: typeof own.atomic = (write) => {
            if (office === 's' && ++batches === 3) throw new Error('broken off')
            return own.atomic(write)
          }
          return { ...own, atomic }
        },
      }
      await expect(reseal(failing)).rejects.toThrow('broken off')
      expect(await markOf(half)).toMatchObject({ to: half.sealing.id })
      await half.close()
      await expect(open(address, { key: KEY })).rejects.toThrow(/没有做完/)
      await expect(open(address, { key: OTHER, old: KEY })).rejects.toThrow(/没有做完/)
      const rest = await apply(address, { key: OTHER, old: KEY })
      expect(rest).toBeGreaterThan(0)
      expect(rest).toBeLessThan(written)
      expect(await look(address, { key: OTHER })).toEqual(ALL)
      expect(await apply(address, { old: OTHER })).toBe(written)
      expect(await look(address)).toEqual(ALL)
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
    const store = await openStore(`file:${path}`, undefined, { sealing: createSealing({ key: KEY }) })
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
    const store = await openStore(`file:${path}`, undefined, { sealing: createSealing({ key: KEY }), anyKey: true })
    await reseal(store)
    await store.close()
    expect(await compactDatabase(path)).toBe(true)
    expect(found(path)).toEqual([])
    const own = new Database(path, { readonly: true })
    const keys = own.prepare('select key from identities').pluck().all() as string[]
    own.close()
    expect(keys.every((key) => key.startsWith('sm4:'))).toBe(true)
  })
})
