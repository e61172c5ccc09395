import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { larkWords } from '../fakes/lark-card.ts'
import { openLoopback } from '../fakes/loopback.ts'
import { until } from '../fakes/until.ts'
import { type Desk, openDesk } from './duban.ts'

let desk: Desk
let server: Awaited<ReturnType<typeof openLoopback>>
const fake = createFakeLark(larkConfig, () => new Date())
beforeAll(async () => {
  desk = await openDesk()
  server = await openLoopback(fake.fetch, larkConfig.domain)
})
afterAll(async () => {
  desk.close()
  await server.close()
})

/** Writes down every module that is loaded, and every connection that is opened. */
const spy = (): string => {
  const hooks = `
    import { appendFileSync } from 'node:fs'
    export const load = (url, context, next) => {
      appendFileSync(${JSON.stringify(join(desk.folder, 'loaded'))}, url + '\\n')
      return next(url, context)
    }`
  const own = `
    import fs, { appendFileSync } from 'node:fs'
    import { Module, register, syncBuiltinESMExports } from 'node:module'
    import { Socket } from 'node:net'
    const note = (file, text) => appendFileSync(${JSON.stringify(`${desk.folder}/`)} + file, text + '\\n')
    register(${JSON.stringify(pathToFileURL(desk.file('hooks.mjs', hooks)).href)})
    const required = Module._load
    Module._load = function (name, ...rest) {
      note('loaded', name)
      return required.call(this, name, ...rest)
    }
    const read = fs.readFileSync
    fs.readFileSync = (path, ...rest) => {
      if (String(path).endsWith('.cjs')) note('read', String(path))
      return read(path, ...rest)
    }
    syncBuiltinESMExports()
    const connect = Socket.prototype.connect
    Socket.prototype.connect = function (...args) {
      const [{ host, port, path }] = [args[0]].flat()
      note('connected', path ?? host + ':' + port)
      return connect.apply(this, args)
    }
    `
  return pathToFileURL(desk.file('spy.mjs', own)).href
}

const noted = (name: string): string[] => {
  try {
    return readFileSync(join(desk.folder, name), 'utf8').split('\n').filter(Boolean)
  } catch {
    return []
  }
}

it('with only Lark’s variables only Lark is started: nothing else is loaded, connected to or named', async () => {
  const { appId, appSecret, encryptKey, verificationToken } = larkConfig
  const env = {
    ...{ LARK_APP_ID: appId, LARK_APP_SECRET: appSecret, LARK_DOMAIN: server.url },
    ...{ LARK_ENCRYPT_KEY: encryptKey, LARK_VERIFICATION_TOKEN: verificationToken },
    // Where the others would be, if anybody asked for them.
    ...{ WECOM_API_BASE: 'http://127.0.0.1:1', DINGTALK_API_BASE: 'http://127.0.0.1:1' },
  }
  const serving = desk.start(['serve'], { ...env, NODE_OPTIONS: `--import ${spy()}` })
  const [, url = ''] = await serving.said(/督办已启动：(http:\/\/\S+)\n/)
  expect(noted('connected')).toEqual([])
  const { body, headers } = fake.says({ from: 'ou_somebody', text: '帮助' })
  expect((await fetch(`${url}/webhooks/lark`, { method: 'POST', headers, body })).status).toBe(200)
  await until(() => fake.sent.length > 0)
  expect(fake.sent.map(({ card }) => larkWords(card)).join('\n')).toMatch(/绑定|帮助/)
  for (const door of ['wecom', 'wecom-bot', 'wecom-bot-socket', 'dingtalk', 'wechat'])
    expect((await fetch(`${url}/webhooks/${door}`, { method: 'POST', body: '{}' })).status, door).toBe(404)
  const { code, stdout } = await desk.run(['doctor'], { env })
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/飞书：已配置（回调，.*\n.*督办\n {2}最近一小时收到 1 条，最后一条/),
  ])
  expect(await serving.end('SIGTERM')).toBe(0)

  expect([...new Set(noted('connected'))]).toEqual([new URL(server.url).host])
  const loaded = noted('loaded')
  expect(loaded.some((one) => one.includes('better-sqlite3'))).toBe(true)
  expect(
    loaded.filter((one) => /wechaty|node-sdk|dingtalk-stream|^ws$|\/ws\/|resvg|echarts|node_modules\/pg/.test(one)),
  ).toEqual([])
  // The bundle's chunks, of which those that were run were read.
  const texts = [...new Set(noted('read'))].map((one) => readFileSync(one, 'utf8'))
  expect(texts.length).toBeGreaterThan(20)
  // What only the client of a WebSocket, the other platforms' own calls and the cipher of identity columns hold.
  for (const mark of [
    'permessage-deflate',
    'aibot_subscribe',
    'getuserid',
    'groupMessages/send',
    'WechatyBuilder',
    'duban identity',
  ])
    expect(texts.filter((text) => text.includes(mark)).length, mark).toBe(0)
  expect(serving.logged()).toMatch(/"platform":"lark"/)
  expect(serving.logged()).not.toMatch(/wecom|dingtalk|wechat/)
})
