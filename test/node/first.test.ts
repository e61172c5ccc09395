import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import { readConfig } from '../../src/config.ts'
import { serveNode } from '../../src/node.ts'

let store: Store
beforeAll(async () => {
  store = await openStore('file::memory:')
})
afterAll(() => store.close())

const config = readConfig({ HOST: '127.0.0.1', PORT: '0', DATABASE_URL: 'file::memory:' })
const now = () => new Date('2026-04-20T02:00:00Z')
const lines: unknown[] = []
const start = () => serveNode({ config, store, now, log: (line) => lines.push(line), office: 'default' })

const enter = (url: string, link: string) =>
  fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'x-duban': 'console', 'content-type': 'application/json' },
    body: JSON.stringify({ link: link.split('#')[1] }),
  })

it('a start says the first administrator’s link, the next another one, and none once an administrator was in', async () => {
  const first = await start()
  const link = first.firstLink ?? ''
  expect(link.startsWith(`${first.url}/signin#default.`)).toBe(true)
  await first.stop()

  const second = await start()
  const another = second.firstLink ?? ''
  expect([another.includes('#default.'), another.split('#')[1] === link.split('#')[1]]).toEqual([true, false])
  const entered = await enter(second.url, another)
  expect(entered.status).toBe(200)
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const me = await (await fetch(`${second.url}/api/me`, { headers: { cookie } })).json()
  expect(me).toMatchObject({ person: { name: '管理员', role: 'admin' } })
  await second.stop()

  const third = await start()
  expect(third.firstLink).toBeUndefined()
  await third.stop()
  expect(JSON.stringify(lines)).not.toContain(another.split('.').at(-1))
})
