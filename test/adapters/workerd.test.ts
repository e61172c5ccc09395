import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { describe, expect, it } from 'vitest'
import { createFakeDingtalk, dingtalkConfig } from '../fakes/dingtalk.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { createFakeWecomBot, wecomBotConfig } from '../fakes/wecom.ts'
import { createFakeWecomApp, wecomAppConfig } from '../fakes/wecom-app.ts'
import type { Wire } from '../fakes/wire.ts'

const SECONDS = 1_700_000_000
const now = () => new Date(SECONDS * 1000)

/** The adapters behind one handler, each message answered with its own text. */
const WORKER = `
import { createDingtalkAdapter } from './adapters/dingtalk/index.ts'
import { createLarkAdapter } from './adapters/lark/index.ts'
import { createWecomAppAdapter } from './adapters/wecom/app/index.ts'
import { createWecomBotAdapter } from './adapters/wecom/bot/index.ts'
import { createWecomHookAdapter } from './adapters/wecom/hook/index.ts'
const deps = { fetch: () => { throw new Error('no network') }, now: () => new Date(${SECONDS * 1000}) }
const adapters = {
  '/webhooks/dingtalk': createDingtalkAdapter(${JSON.stringify(dingtalkConfig)}, deps),
  '/webhooks/lark': createLarkAdapter(${JSON.stringify(larkConfig)}, deps),
  '/webhooks/wecom': createWecomAppAdapter(${JSON.stringify(wecomAppConfig)}, deps),
  '/webhooks/wecom-bot': createWecomBotAdapter(${JSON.stringify(wecomBotConfig)}, deps),
}
const robot = async () => {
  let sent
  const fetch = async (url, { body }) => {
    sent = url + ' ' + body
    return Response.json({ errcode: 0 })
  }
  const adapter = createWecomHookAdapter({ apiBase: 'https://api.test', botName: 'x', tables: false }, { ...deps, fetch })
  const to = { platform: 'wecom', route: 'hook', kind: 'room', id: 'wr1' }
  await adapter.deliver({ to, card: { title: '本周清单', tone: 'plain', blocks: [] }, key: 'k', webhook: 'a-robots-key' })
  return new Response(sent)
}
export default {
  async fetch(request) {
    if (new URL(request.url).pathname === '/robot') return robot()
    try {
      const { messages, answer } = await adapters[new URL(request.url).pathname].receive(request)
      const reply = (message) => ({ title: message.text, tone: 'plain', blocks: [] })
      const response = await answer(messages.map((message) => ({ message, status: 'answered', reply: reply(message) })))
      return new Response(response.body, { headers: { said: encodeURIComponent(messages.map((m) => m.text).join()) } })
    } catch (error) {
      // In a header: the fetch that miniflare brings fails on a 401 to a request with a body.
      return new Response(String(error), { headers: { refused: String(error.status) } })
    }
  },
}`

describe('in real workerd, without nodejs_compat', () => {
  it('the adapters prove, decrypt and answer', async () => {
    const bundle = await build({
      stdin: { contents: WORKER, resolveDir: new URL('../../', import.meta.url).pathname, loader: 'ts' },
      bundle: true,
      format: 'esm',
      write: false,
    })
    const script = bundle.outputFiles[0]?.text ?? ''
    const worker = new Miniflare({ modules: true, script, compatibilityDate: '2024-11-01' })
    try {
      const send = ({ url, method, headers, body }: Wire) =>
        worker.dispatchFetch(url, { method, headers, ...(method === 'GET' ? {} : { body }) })
      const lark = createFakeLark(larkConfig, now)
      const fromLark = await send(lark.says({ from: 'ou_a', text: '收到😀' }))
      expect([fromLark.status, decodeURIComponent(fromLark.headers.get('said') ?? '')]).toEqual([200, '收到😀'])
      expect(await (await send(lark.challenge('abc'))).json()).toEqual({ challenge: 'abc' })
      const other = { ...lark.says({ from: 'ou_a', text: '收到' }), body: lark.says({ from: 'ou_a', text: '改' }).body }
      expect((await send(other)).headers.get('refused')).toBe('401')

      const bot = createFakeWecomBot(wecomBotConfig, now)
      const fromBot = await send(bot.says({ from: 'li', text: '收到，周五前报送' }))
      expect((await bot.read(new Response(await fromBot.text())))?.stream?.content).toBe('**收到，周五前报送**')
      expect(await (await send(bot.challenge('echo'))).text()).toBe('echo')

      const app = createFakeWecomApp(wecomAppConfig, now)
      const fromApp = await send(app.says({ from: 'li', text: '收到😀' }))
      expect([decodeURIComponent(fromApp.headers.get('said') ?? ''), await fromApp.text()]).toEqual(['收到😀', ''])
      expect(await (await send(app.challenge('echo'))).text()).toBe('echo')
      const voice = await send(app.callback('li', { MsgType: 'voice', MsgId: '1' }))
      expect(await app.read(new Response(await voice.text()))).toContain('请用文字说明')

      const ding = createFakeDingtalk(dingtalkConfig, now)
      const said = ding.says({ from: 'user1', text: '收到😀' })
      expect(decodeURIComponent((await send(said)).headers.get('said') ?? '')).toBe('收到😀')
      const pushed = await (await worker.dispatchFetch('http://duban.test/robot')).text()
      expect(pushed).toMatch(/^https:\/\/api\.test\/cgi-bin\/webhook\/send\?key=a-robots-key .*本周清单/)
      const unsigned = { ...said, headers: { ...said.headers, sign: 'guessed' } }
      expect((await send(unsigned)).headers.get('refused')).toBe('401')
    } finally {
      await worker.dispose()
    }
  }, 20_000)
})
