import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from './duban.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const address = /督办已启动：(http:\/\/127\.0\.0\.1:\d+)\n/

describe('serve', () => {
  it('--demo fills a database of its own, says what to try, answers and ends on SIGTERM', async () => {
    const demo = desk.start(['serve', '--demo'], { DATABASE_URL: '' })
    const [, url = ''] = await demo.said(address)
    await demo.said(/另开一个终端试试[\s\S]*say '本月有哪些到期任务' --as leader[\s\S]*结束/)
    expect([await text(`${url}/healthz`), await text(`${url}/readyz`)]).toEqual(['200 ok', '200 ready'])
    expect(await text(`${url}/metrics`)).toMatch(/^200 # HELP [\s\S]*\n# TYPE duban_outbox gauge\n/)
    expect((await fetch(`${url}/webhooks/lark`, { method: 'POST', body: '{}' })).status).toBe(404)
    expect(await demo.end('SIGTERM')).toBe(0)
    expect([existsSync(join(desk.folder, 'demo.db')), existsSync(join(desk.folder, 'duban.db'))]).toEqual([true, false])
  })

  it('a second start finds the demo as it was', async () => {
    const env = { DATABASE_URL: `file:${join(desk.folder, 'demo.db')}` }
    const listed = await desk.run(['plan', 'list'], { env })
    expect(listed.stdout).toMatch(/^公开\d\d {2}已下达 /)
    const demo = desk.start(['serve', '--demo'], { DATABASE_URL: '' })
    await demo.said(address)
    expect(await demo.end('SIGINT')).toBe(0)
    expect(await desk.run(['plan', 'list'], { env })).toEqual(listed)
    expect((await desk.run(['verify'], { env })).stdout).toMatch(/^台账完整/)
  })

  it('the demo gives links to where it listens, without being told its address', async () => {
    const demo = desk.start(['serve', '--demo'], { DATABASE_URL: '' })
    const [, url = ''] = await demo.said(address)
    const headers = { 'x-duban': 'test', origin: url, 'content-type': 'application/json' }
    const said = { id: 'message-1', account: 'leader', room: 'console:try:工作群', text: '网页版', mention: true }
    await fetch(`${url}/api/try/messages`, { method: 'POST', headers, body: JSON.stringify(said) })
    await expect
      .poll(() => text(`${url}/api/try/messages?epoch=&after=0`))
      .toMatch(new RegExp(`"${url}/signin#default\\.[\\w-]{32}"`))
    expect(await demo.end('SIGTERM')).toBe(0)
    const env = { DATABASE_URL: `file:${join(desk.folder, 'demo.db')}`, PORT: '8799' }
    const { stdout } = await desk.run(['say', '网页版', '--as', 'office'], { env })
    expect(stdout).toContain('http://127.0.0.1:8799/signin')
  })

  it('the demo begins anew at the same address, on a fresh database', async () => {
    const demo = desk.start(['serve', '--demo'], { DATABASE_URL: '' })
    const [, url = ''] = await demo.said(address)
    await demo.said(new RegExp(`模拟群 +${url}/try`))
    const epoch = async () => ((await (await fetch(`${url}/api/try/state`)).json()) as { epoch: string }).epoch
    const before = await epoch()
    const headers = { 'x-duban': 'test', origin: url }
    expect((await fetch(`${url}/api/try/again`, { method: 'POST', headers })).status).toBe(200)
    await demo.said(/演示已重新开始/)
    expect(await epoch()).not.toBe(before)
    expect(await demo.end('SIGTERM')).toBe(0)
  }, 60_000)

  it('with a database or a platform it is no demo, and imports nothing', async () => {
    const lark = {
      LARK_APP_ID: 'cli_0123456789abcdef',
      LARK_APP_SECRET: 'secret-of-the-app',
      LARK_ENCRYPT_KEY: 'key-of-events',
      LARK_VERIFICATION_TOKEN: 'token-of-events',
      LARK_DOMAIN: 'http://127.0.0.1:1',
    }
    const serving = desk.start(['serve', '--demo'], lark)
    const [, url = ''] = await serving.said(address)
    await serving.said(/飞书：回调，cli_0123456789abcdef；接收地址 https:.*\/webhooks\/lark\n/)
    const unproven = await fetch(`${url}/webhooks/lark`, { method: 'POST', body: '{}' })
    expect([unproven.status, await unproven.text()]).toEqual([401, ''])
    expect(await serving.end('SIGTERM')).toBe(0)
    expect(await desk.run(['plan', 'list'])).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('a port that is taken is exit 1 in one line', async () => {
    const first = desk.start(['serve'])
    const [, url = ''] = await first.said(address)
    // Its start is over then: the other one, on the same database, meets nothing but the port.
    await first.said(/signin#/)
    const { code, stderr } = await desk.run(['serve'], { env: { PORT: new URL(url).port } })
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(/address already in use/)])
    expect(code).toBe(1)
    expect(await first.end('SIGTERM')).toBe(0)
  })
})

const text = async (url: string): Promise<string> => {
  const response = await fetch(url)
  return `${response.status} ${await response.text()}`
}
