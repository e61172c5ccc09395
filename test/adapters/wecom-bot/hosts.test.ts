import { expect, it } from 'vitest'
import { handleOf } from '../../../adapters/wecom/bot/handle.ts'
import { isStore, isWayBack } from '../../../adapters/wecom/bot/hosts.ts'
import { createWecomBotAdapter } from '../../../adapters/wecom/bot/index.ts'
import { wecomBotConfig } from '../../fakes/wecom.ts'

const WAY = '/cgi-bin/aibot/response?response_code=RC1'

it.each([
  [`https://qyapi.weixin.qq.com${WAY}`, true],
  [`https://qyapi.weixin.qq.com:443${WAY}`, true],
  [`https://wecom.gov.test${WAY}`, true],
  [`http://qyapi.weixin.qq.com${WAY}`, false],
  [`https://qyapi.weixin.qq.com:8443${WAY}`, false],
  [`https://qyapi.weixin.qq.com.evil.test${WAY}`, false],
  [`https://qyapi.weixin.qq.com@evil.test${WAY}`, false],
  [`https://a:b@qyapi.weixin.qq.com${WAY}`, false],
  ['https://qyapi.weixin.qq.com/cgi-bin/message/send', false],
  ['https://qyapi.weixin.qq.com/cgi-bin/aibot/response/../../gettoken', false],
  [`https://169.254.169.254${WAY}`, false],
  ['', false],
])('an answer goes to the platform alone: %s %s', (address, is) => {
  expect(isWayBack(address, 'https://wecom.gov.test/')).toBe(is)
})

it.each([
  ['https://ww-aibot-img.cos.ap-guangzhou.myqcloud.test/a?sign=1', true],
  ['https://x.test/f', true],
  ['http://x.test/f', false],
  ['https://x.test:8443/f', false],
  ['https://a:b@x.test/f', false],
  ['https://127.0.0.1/f', false],
  ['https://2130706433/f', false],
  ['https://0x7f.1/f', false],
  ['https://[::1]/f', false],
  ['https://[::ffff:169.254.169.254]/f', false],
  ['https://localhost/f', false],
  ['https://db.internal./f', false],
  ['https://printer.local/f', false],
  ['file:///etc/passwd', false],
  ['no address', false],
])('a file is fetched from a public host alone: %s %s', (address, is) => {
  expect(isStore(address)).toBe(is)
})

it('calls nobody else, whatever a callback names', async () => {
  const now = () => new Date(1_700_000_000_000)
  const called: string[] = []
  const fetch = (async (url: string) => {
    called.push(String(url))
    return new Response('{"errcode":0}')
  }) as unknown as typeof globalThis.fetch
  const adapter = createWecomBotAdapter(wecomBotConfig, { fetch, now })
  const replyBy = { handle: `https://169.254.169.254${WAY}`, until: new Date(1_700_000_060_000) }
  const to = { platform: 'wecom' as const, route: 'AIB001', kind: 'room' as const, id: 'wrGROUP1' }
  const card = { title: '答复', tone: 'plain' as const, blocks: [] }
  await expect(adapter.deliver({ to, card, key: 'k', replyBy })).rejects.toMatchObject({ reason: 'no-route' })
  const handle = handleOf({ url: 'https://10.0.0.1/f', received: now() })
  await expect(adapter.fetchFile?.({ kind: 'file', name: '', handle })).rejects.toMatchObject({ reason: 'forbidden' })
  expect(called).toEqual([])
})
