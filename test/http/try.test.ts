import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTryAdapter } from '../../adapters/console/try.ts'
import { openStore } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import { fillDemo } from '../../src/cli/demo.ts'
import { readConfig } from '../../src/config.ts'
import { createTryChat } from '../../src/flow/console/try/chat.ts'
import { deliver } from '../../src/flow/deliver.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { createApp } from '../../src/http/app.ts'
import type { TryMessage, TryState } from '../../src/http/shapes/try.ts'
import type { Button, Card } from '../../src/model/card.ts'
import { nodeDeps } from '../../src/node-deps.ts'
import { openConsole } from './console.ts'

const folder = mkdtempSync(join(tmpdir(), 'duban-try-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const config = readConfig({ DATABASE_URL: 'file::memory:', DATA_DIR: folder })
/** A Thursday; the six months' reports are due on the Friday after. */
const clock = { now: new Date('2026-07-02T02:00:00Z') }
const now = () => clock.now
const pending = new Set<Promise<unknown>>()
let store: Store
let deps: Deps
let remote: string | undefined = '127.0.0.1'
let begunAnew = 0
let app: ReturnType<typeof createApp>
const chat = createTryChat(now, 'epoch1')

beforeAll(async () => {
  store = await openStore('file::memory:')
  await fillDemo({ config, store, now })
  const own = nodeDeps({ config, store, now, log: () => undefined, office: 'default' }, pending)
  deps = { ...own, adapters: [createTryAdapter(chat)] }
  const world = {
    chat,
    moveTo: (at: Date) => {
      clock.now = at
    },
    again: () => {
      begunAnew++
    },
    remote: () => remote,
  }
  app = createApp({ door: () => undefined, offices: () => [deps], log: deps.log, tryDeps: world })
})
afterAll(() => store.close())

const local = { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080', 'x-duban': 'console' }
const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const isForm = body instanceof FormData
  const response = await app.request(`http://127.0.0.1:8080/api${path}`, {
    method,
    headers: { ...local, ...(body !== undefined && !isForm && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire, compared by its test
  return { status: response.status, body: (await response.json()) as any, response }
}
const settled = async () => {
  while (pending.size > 0) await Promise.allSettled([...pending])
  await deliver(deps, 1000)
}

let ids = 0
const newId = () => `message-${++ids}`
let seen = 0
/** Cards that came or were changed since it was last asked. */
const news = async (): Promise<(TryMessage & { card: Card })[]> => {
  await settled()
  const { body } = await call('GET', `/try/messages?epoch=epoch1&after=${seen}`)
  seen = body.seq
  return body.messages.filter((one: TryMessage) => one.card)
}
const room = (name: string) => `console:try:${name}`
const say = (account: string, where: string, text: string) =>
  call('POST', '/try/messages', { id: newId(), account, room: room(where), text, mention: true })
const press = (account: string, where: string, { intent }: Button, filled?: Record<string, unknown>) =>
  call('POST', '/try/presses', { id: newId(), account, room: room(where), button: intent, ...(filled && { filled }) })
const drop = (account: string, where: string, file: File) => {
  const form = new FormData()
  const parts = { id: newId(), account, room: room(where), mention: 'yes' }
  for (const [name, value] of Object.entries(parts)) form.set(name, value)
  form.set('file', file)
  return call('POST', '/try/files', form)
}

const paths = [
  ['GET', '/try/state'],
  ['GET', '/try/messages'],
  ['POST', '/try/messages'],
  ['POST', '/try/presses'],
  ['POST', '/try/files'],
  ['POST', '/try/clock'],
  ['POST', '/try/again'],
  ['POST', '/try/session'],
] as const

describe('the simulated group is', () => {
  const absent = { status: 404, body: { error: '没有这个地址' } }

  it('not there where the server is no demonstration', async () => {
    const { call: elsewhere } = openConsole(deps)
    for (const [method, path] of paths)
      expect(await elsewhere(method, path, undefined, method === 'GET' ? undefined : {}), path).toMatchObject(absent)
    expect((await elsewhere('GET', '/openapi.json')).body.paths['/try/state']).toBeUndefined()
  })

  it('not there by another name, from another machine, or through a proxy', async () => {
    for (const [method, path] of paths) {
      const named = await call(method, path, undefined, { host: 'duban.example.com' })
      const proxied = await call(method, path, undefined, { 'x-forwarded-for': '127.0.0.1' })
      remote = '192.0.2.7'
      const far = await call(method, path)
      remote = undefined
      const unknown = await call(method, path)
      remote = '127.0.0.1'
      for (const answer of [named, proxied, far, unknown]) expect(answer, path).toMatchObject(absent)
    }
    for (const host of ['localhost:8080', '[::1]:8080', 'LOCALHOST'])
      expect((await call('GET', '/try/state', undefined, { host })).status).toBe(200)
    for (const host of ['127.0.0.1.example.com', 'localhost.example.com', '127.0.0.1@example.com', ''])
      expect((await call('GET', '/try/state', undefined, { host })).status, host).toBe(404)
  })

  it('nothing that another site could send a message to', async () => {
    const response = await app.request('http://127.0.0.1:8080/api/try/again', {
      method: 'POST',
      headers: { host: '127.0.0.1:8080' },
    })
    expect([response.status, begunAnew]).toEqual([403, 0])
  })
})

describe('in the simulated group', () => {
  it('everybody speaks as who they are on the register, and a stranger as nobody', async () => {
    const { people, rooms, hints } = (await call('GET', '/try/state')).body as TryState
    expect(people.map(({ role }) => role)).toEqual([
      'liaison',
      'liaison',
      'head',
      'leader',
      'office',
      'admin',
      'unknown',
    ])
    expect(rooms.map(({ name }) => name)).toEqual(['全体工作群', '市统计局群', '市财政局群', '主管科室群'])
    expect(hints.length).toBeGreaterThan(5)
    await say('leader', '工作群', '本月有哪些到期任务')
    expect((await news()).map(({ room: at, card }) => [at, card.title.slice(0, 7)])).toEqual([
      [room('工作群'), '7月 到期任务'],
    ])
    await say('stranger', 'stranger', '本月有哪些到期任务')
    await say('stranger', '主管科室', '通过 7-1')
    expect((await news()).map(({ card }) => card.title)).toEqual(['还不认识您', '没有这项权限'])
    expect((await say('liaison-1', 'liaison-2', '帮助')).status).toBe(422)
    expect((await say('nobody', '工作群', '帮助')).status).toBe(422)
    expect((await say('office', '不存在的群', '帮助')).status).toBe(422)
  })

  it('what is not said to the bot goes by, and what is sent twice is heard once', async () => {
    const chatter = { account: 'office', room: room('主管科室'), text: '今天下雨了', mention: false }
    expect((await call('POST', '/try/messages', { ...chatter, id: newId() })).body).toEqual({ status: 'silent' })
    const twice = { id: newId(), account: 'office', room: room('主管科室'), text: '帮助', mention: true }
    expect((await call('POST', '/try/messages', twice)).body).toEqual({ status: 'answered' })
    expect((await call('POST', '/try/messages', twice)).body).toEqual({ status: 'seen' })
    expect((await news()).length).toBe(1)
  })

  it('a pressed card turns for all, and pressed again it says what became of it', async () => {
    await say('liaison-2', '市统计局', '7-1 6月的 申请延期到8月10日，因数据还在核对')
    const [, asked] = await news()
    const [agree] = asked?.card.buttons ?? []
    if (!agree) throw new Error('no button')
    await press('liaison-2', '市统计局', agree)
    expect((await news()).map(({ card }) => card.title)).toEqual(['没有这项权限'])
    await press('office', '主管科室', agree)
    const after = await news()
    const turned = after.find(({ ref }) => ref === asked?.ref)
    expect(turned).toMatchObject({ turned: true, room: room('主管科室') })
    expect([turned?.card.buttons, JSON.stringify(turned?.card)]).toEqual([undefined, expect.stringContaining('已办理')])
    await press('office', '主管科室', agree)
    const [again] = await news()
    expect(again?.card.tone).toBe('warn')
  })

  it('a plan that the office drops in becomes a draft; of a liaison nothing is kept', async () => {
    const docx = readFileSync(new URL('../../examples/plan.docx', import.meta.url))
    const file = () => new File([docx], '方案.docx')
    expect((await drop('office', 'office', file())).body).toEqual({ status: 'answered' })
    expect((await news()).map(({ card }) => card.title)).toEqual(['收到文件', expect.stringMatching(/读出|没有读成/)])
    await drop('liaison-1', 'liaison-1', file())
    expect((await news()).map(({ card }) => card.title)).toEqual(['图片和文件没有保存'])
  })

  it('a file that is too large is refused', async () => {
    const large = new File([new Uint8Array(21 << 20)], '大.docx')
    expect(await drop('office', 'office', large)).toMatchObject({ status: 413 })
    expect(await news()).toEqual([])
  })

  it('the clock goes forward alone, keeps who is signed in, and Monday brings the list once', async () => {
    const entered = await call('POST', '/try/session', { account: 'leader' })
    const cookie = /^duban=[^;]+/.exec(entered.response.headers.get('set-cookie') ?? '')?.[0] ?? ''
    expect((await call('POST', '/try/session', { account: 'stranger' })).status).toBe(422)
    for (const to of ['2026-07-01T09:00', '2028-01-01T09:00', '2026-02-30T09:00', '明天'])
      expect(await call('POST', '/try/clock', { to }), to).toMatchObject({ status: 422 })
    expect((await call('POST', '/try/clock', { to: 'monday' })).body).toEqual({ now: '2026-07-06T01:00:00.000Z' })
    const lists = async () =>
      (await news()).filter(({ card }) => card.title.includes('本周任务')).map(({ room: at }) => at)
    expect((await lists()).sort()).toEqual([room('工作群'), room('市统计局'), room('市财政局')].sort())
    expect((await call('POST', '/try/clock', { to: '2026-07-06T10:00' })).status).toBe(200)
    expect(await lists()).toEqual([])
    const me = await call('GET', '/me', undefined, { cookie })
    expect(me.body).toMatchObject({ person: { role: 'leader' }, tryable: true, today: '2026-07-06' })
  })

  it('begins anew when it is told to', async () => {
    expect((await call('POST', '/try/again')).status).toBe(200)
    expect(begunAnew).toBe(1)
  })
})
