import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { larkWords } from '../fakes/lark-card.ts'
import { openLoopback } from '../fakes/loopback.ts'
import { until } from '../fakes/until.ts'
import { townPlan, townRoster } from '../town/plan.ts'
import { type Desk, openDesk, type Ran } from './duban.ts'

const [FIRST, SECOND] = ['0123456789abcdeffedcba9876543210', 'fedcba98765432100123456789abcdef']
const HOOK = '693a91f6-7aab-4bc4-97a0-0ec2e7c9d001'
const SECRETS = ['ou_ruogu', '欧阳若谷说的话', HOOK]
const DAY = ['--today', '2017-08-15']

let desk: Desk
let server: Awaited<ReturnType<typeof openLoopback>>
const AT = '2017-08-15T10:00:00+08:00'
const fake = createFakeLark(larkConfig, () => new Date(AT))
beforeAll(async () => {
  desk = await openDesk()
  server = await openLoopback(fake.fetch, larkConfig.domain)
  desk.file('plan.txt', townPlan)
  desk.file('town.json', JSON.stringify(townRoster))
  await done(['roster', 'import', 'town.json', '--today', '2017-07-11'])
  await done(['import', 'plan.txt', '--yes', '--today', '2017-07-11'])
  await done(['people', 'add', '欧阳若谷', '--role', 'liaison', '--unit', '市财政局', '--id', 'lark:ou_ruogu', ...DAY])
  await done(['rooms', 'bind', 'wecom:caizheng', '--unit', '市财政局', '--webhook', HOOK, ...DAY])
  await done(['say', '1-2 7月的正在办，欧阳若谷说的话', '--as', 'liaison:市财政局', ...DAY])
})
afterAll(async () => {
  desk.close()
  await server.close()
})

type Env = Record<string, string>
const ended = async (code: number, args: string[], env: Env = {}): Promise<Ran> => {
  const ran = await desk.run(args, { env })
  expect(ran, args.join(' ')).toMatchObject({ code })
  return ran
}
const done = async (args: string[], env?: Env): Promise<string> => (await ended(0, args, env)).stdout
/** Refused in one line, and nothing is changed. */
const refused = async (args: string[], env?: Env): Promise<string> => {
  const before = desk.rows()
  const { stderr, stdout } = await ended(2, args, env)
  expect([stdout, stderr.trim().split('\n').length]).toEqual(['', 1])
  expect(desk.rows()).toBe(before)
  return stderr
}
const columns = () => {
  const rows = desk.rows().split('\n')
  return rows.filter((row) => /^(identities|facts|rooms|cases) /.test(row)).join('\n')
}
const readable = () => SECRETS.filter((word) => columns().includes(word))
/** What of it stands in the bytes of the database's files. */
const inBytes = () => {
  const files = readdirSync(desk.folder).filter((name) => name.startsWith('duban.db'))
  const bytes = files.map((name) => readFileSync(join(desk.folder, name)))
  return [HOOK].filter((word) => bytes.some((one) => one.includes(word)))
}

/** A server with these keys: does it know who writes to it? */
const answers = async (env: Env): Promise<void> => {
  const { appId, appSecret, encryptKey, verificationToken } = larkConfig
  const serving = desk.start(['serve'], {
    ...{ LARK_APP_ID: appId, LARK_APP_SECRET: appSecret, LARK_DOMAIN: server.url },
    ...{ LARK_ENCRYPT_KEY: encryptKey, LARK_VERIFICATION_TOKEN: verificationToken },
    // Where the group robot would be.
    ...{ WECOM_API_BASE: 'http://127.0.0.1:1', DUBAN_NOW: AT },
    ...env,
  })
  const [, url = ''] = await serving.said(/督办已启动：(http:\/\/\S+)\n/)
  const before = fake.sent.length
  const { body, headers } = fake.says({ from: 'ou_ruogu', text: '本月有哪些到期任务' })
  expect((await fetch(`${url}/webhooks/lark`, { method: 'POST', headers, body })).status).toBe(200)
  await until(() => fake.sent.length > before)
  const said = fake.sent
    .slice(before)
    .map(({ card }) => larkWords(card))
    .join('\n')
  expect(said).toMatch(/1-2/)
  const { stderr } = await ended(2, ['keys', 'apply'], { IDENTITY_KEY: SECOND, IDENTITY_KEY_OLD: FIRST })
  expect(stderr).toMatch(/正在使用.*什么也没有改/)
  expect(await serving.end('SIGTERM')).toBe(0)
  for (const secret of [...SECRETS, FIRST, SECOND]) expect(serving.logged()).not.toContain(secret)
}

const idOf = (said: string): string => /密钥 ([0-9a-f]{8})/.exec(said)?.[1] ?? ''

it('what stands readable is sealed, served, backed up, sealed anew under another key and opened again', async () => {
  const first = { IDENTITY_KEY: FIRST }
  const second = { IDENTITY_KEY: SECOND }
  const both = { IDENTITY_KEY: SECOND, IDENTITY_KEY_OLD: FIRST }
  expect(await done(['keys'])).toBe('数据库里的身份信息：不加密\n按现在的变量：不加密\n')
  expect([readable(), inBytes()]).toEqual([SECRETS, [HOOK]])
  await done(['backup', 'plain.tar.gz', ...DAY])

  // Set, and not applied: nothing runs.
  expect(await done(['keys'], first)).toMatch(/^数据库里的身份信息：不加密\n按现在的变量：密钥 [0-9a-f]{8}\n$/)
  for (const args of [['serve'], ['verify'], ['doctor'], ['push', ...DAY]])
    expect(await refused(args, first), args[0]).toMatch(/还没有加密：请停下服务，执行 duban keys apply，再启动/)
  const sealed = await done(['keys', 'apply'], first)
  expect(sealed).toMatch(/^身份信息：密钥 [0-9a-f]{8}，改写了 \d+ 处\n数据库文件里已没有改写前的内容/)
  expect([readable(), inBytes()]).toEqual([[], []])
  expect(await done(['verify'], first)).toMatch(/^台账完整/)
  expect(await done(['rooms', 'list'], first)).toMatch(/群机器人推送/)
  expect(await done(['doctor'], { ...first, IDENTITY_KEY_OLD: SECOND })).toMatch(
    /身份信息：用密钥 [0-9a-f]{8} 加密（SM4）\nIDENTITY_KEY_OLD 还设着/,
  )
  await answers(first)
  expect(readable()).toEqual([])

  // Without the key, or with another: one line, and nothing is touched.
  expect(await refused(['verify'])).toMatch(/是加密的（密钥 [0-9a-f]{8}）：请设好 IDENTITY_KEY/)
  expect(await refused(['serve'], second)).toMatch(/用另一把密钥/)
  expect(await refused(['keys', 'apply'], second)).toMatch(/什么也没有改/)
  expect(await refused(['keys', 'apply'])).toMatch(/什么也没有改/)
  expect(await refused(['keys', 'apply'], { IDENTITY_KEY: 'short' })).toMatch(/IDENTITY_KEY.*32 位十六进制/)
  expect(await refused(['keys', 'change'], first)).toMatch(/用法：duban keys \[apply\]/)

  // A copy is made without reading any of it.
  await done(['backup', 'sealed.tar.gz', ...DAY])
  expect(idOf(await done(['keys', 'apply'], both))).not.toBe(idOf(sealed))
  expect([readable(), inBytes()]).toEqual([[], []])
  expect(await refused(['verify'], first)).toMatch(/用另一把密钥/)
  await answers(second)
  expect(await done(['verify'], second)).toMatch(/^台账完整/)

  expect(await done(['keys', 'apply'], { IDENTITY_KEY_OLD: SECOND })).toMatch(
    /不加密，改写了 \d+ 处\n.*去掉 IDENTITY_KEY_OLD/,
  )
  expect(readable()).toEqual(SECRETS)
  expect(await done(['verify'])).toMatch(/^台账完整/)
}, 120_000)

it('a backup is restored with the key that it was made with, and with no other', async () => {
  const folder = join(desk.folder, 'elsewhere')
  mkdirSync(folder)
  const place = { DATABASE_URL: `file:${join(folder, 'duban.db')}`, DATA_DIR: folder }
  const wrong = /备份里的身份信息不是用现在的 IDENTITY_KEY 加密的.*什么也没有改动/
  const wrongly: Env[] = [{}, { IDENTITY_KEY: SECOND }, { IDENTITY_KEY: SECOND, IDENTITY_KEY_OLD: FIRST }]
  for (const env of wrongly) expect(await refused(['restore', 'sealed.tar.gz'], { ...place, ...env })).toMatch(wrong)
  expect(await refused(['restore', 'plain.tar.gz'], { ...place, IDENTITY_KEY: FIRST })).toMatch(wrong)
  expect(readdirSync(folder)).toEqual([])
  const env = { ...place, IDENTITY_KEY: FIRST }
  expect(await done(['restore', 'sealed.tar.gz'], env)).toMatch(/台账完整\n$/)
  expect(await done(['verify'], env)).toMatch(/^台账完整/)

  // A backup made while `keys apply` was not done needs both keys, and is gone on with where it is restored.
  const both = { ...place, IDENTITY_KEY: SECOND, IDENTITY_KEY_OLD: FIRST }
  const second = idOf((await done(['keys'], both)).split('\n')[1] ?? '')
  const db = new Sqlite(join(folder, 'duban.db'))
  db.exec(`update listeners set lost = '>${second}' where app = 'sealing'`)
  db.close()
  await done(['backup', 'half.tar.gz', ...DAY], env)
  for (const one of [env, { ...place, IDENTITY_KEY: SECOND }])
    expect(await refused(['restore', 'half.tar.gz', '--force'], one)).toMatch(
      /更换密钥没有做完.*IDENTITY_KEY_OLD.*没有改动/,
    )
  expect(await done(['restore', 'half.tar.gz', '--force'], both)).toMatch(/台账完整\n$/)
  expect(await refused(['verify'], both)).toMatch(/更换密钥没有做完/)
  expect(await done(['keys', 'apply'], both)).toMatch(/改写了 \d+ 处/)
  expect(await done(['verify'], { ...place, IDENTITY_KEY: SECOND })).toMatch(/^台账完整/)

  expect(await done(['restore', 'plain.tar.gz', '--force'], place)).toMatch(/台账完整\n$/)
  expect(await done(['keys', 'apply'], env)).toMatch(/改写了 \d+ 处/)
  expect(await done(['verify'], env)).toMatch(/^台账完整/)
}, 60_000)

it('of changes that begin at once, each to another key, at most one is made; the others say so in a line', async () => {
  const folder = join(desk.folder, 'at-once')
  mkdirSync(folder)
  const place = { DATABASE_URL: `file:${join(folder, 'duban.db')}`, DATA_DIR: folder }
  await done(['restore', 'plain.tar.gz'], place)
  const keys = [FIRST, SECOND, FIRST]
  const ran = await Promise.all(
    keys.map((key) => desk.run(['keys', 'apply'], { env: { ...place, IDENTITY_KEY: key } })),
  )
  for (const { code, stderr } of ran)
    if (code !== 0) expect([code, stderr]).toEqual([2, expect.stringMatching(/^[^\n]*(什么也没有改|这一个停下了)\n$/)])
  // Whatever came of it, whoever has the keys comes to the end.
  const both = { ...place, IDENTITY_KEY: SECOND, IDENTITY_KEY_OLD: FIRST }
  await done(['keys', 'apply'], both)
  expect(await done(['verify'], { ...place, IDENTITY_KEY: SECOND })).toMatch(/^台账完整/)
}, 60_000)

it('verify tells each value that cannot be opened, and how many they are', async () => {
  const folder = join(desk.folder, 'strange')
  mkdirSync(folder)
  const place = { DATABASE_URL: `file:${join(folder, 'duban.db')}`, DATA_DIR: folder }
  const env = { ...place, IDENTITY_KEY: FIRST }
  await done(['restore', 'sealed.tar.gz'], env)
  const db = new Sqlite(join(folder, 'duban.db'))
  // A letter in the middle of the nonce: another one, whatever stood there.
  const spoiled = (column: string) =>
    `substr(${column}, 1, 16) || iif(substr(${column}, 17, 1) = 'A', 'B', 'A') || substr(${column}, 18)`
  db.exec(`update facts set words = ${spoiled('words')} where words is not null;
    update identities set key = ${spoiled('key')}; update rooms set webhook = ${spoiled('webhook')} where webhook <> ''`)
  const facts = Number(db.prepare('select count(*) from facts where words is not null').pluck().get())
  db.close()
  const { stderr, stdout } = await ended(1, ['verify'], env)
  const lines = stderr.trim().split('\n')
  expect(lines.slice(0, -1)).toEqual(
    Array.from({ length: Math.min(facts + 2, 20) }, () => expect.stringMatching(/^\w+ \S+：.*解不开$/)),
  )
  expect(lines.at(-1)).toBe(`出错了：台账有${facts + 2}处对不上`)
  expect(stdout).toBe('')
}, 60_000)

const marked = (id: string) =>
  `insert into listeners (office, app, until, at, owner, lost) values ('-', 'sealing', 0, 0, '${id}', '')
   on conflict do update set owner = excluded.owner`

it('a conversation that stood idle while the key was changed says so at its next line, and stores nothing of it', async () => {
  const chat = desk.start(['chat', '--as', 'liaison:市财政局', ...DAY])
  chat.type('1-2 7月的正在办')
  await chat.said(/1-2/)
  desk.sql(marked('0a1b2c3d'))
  const before = desk.rows()
  chat.type('1-2 7月的欧阳若谷在办')
  expect(await chat.over()).toBe(2)
  expect(chat.logged()).toMatch(/是加密的（密钥 0a1b2c3d）：请设好 IDENTITY_KEY.*\n$/)
  expect(desk.rows()).toBe(before)
  desk.sql(marked(''))
}, 60_000)

it('a key from a file is the same key, and an empty database is begun with it; who is erased is gone', async () => {
  const folder = join(desk.folder, 'new')
  mkdirSync(folder)
  writeFileSync(join(folder, 'key'), `${FIRST.toUpperCase()}\n`)
  const place = { DATABASE_URL: `file:${join(folder, 'duban.db')}`, DATA_DIR: folder }
  const env = { ...place, IDENTITY_KEY_FILE: join(folder, 'key') }
  await done(['people', 'add', '欧阳若谷', '--role', 'office', '--id', 'lark:ou_ruogu', ...DAY], env)
  expect(await done(['verify'], { ...place, IDENTITY_KEY: FIRST })).toMatch(/^台账完整/)
  const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
  expect(bytes.some((one) => one.includes('ou_ruogu'))).toBe(false)
  await done(['people', 'erase', '欧阳若谷', '--reason', '本人申请', '--yes', ...DAY], env)
  expect(await done(['verify'], env)).toMatch(/^台账完整/)
}, 60_000)
