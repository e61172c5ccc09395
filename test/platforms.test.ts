import { expect, it } from 'vitest'
import { createConsoleAdapter } from '../adapters/console/index.ts'
import { readConfig } from '../src/config.ts'
import { platformAdapters } from '../src/platforms.ts'

const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE'
const deps = { fetch, now: () => new Date(0) }

const doors = async (env: Record<string, string>) =>
  (await platformAdapters(readConfig(env), deps)).map(({ door, adapter }) => [door, adapter.platform, adapter.route])

const app = {
  WECOM_CORP_ID: 'ww1',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 's',
  WECOM_TOKEN: 't',
  WECOM_AES_KEY: aesKey,
}
const bot = { WECOM_BOT_TOKEN: 't', WECOM_BOT_AES_KEY: aesKey }

it.each([
  ['nothing', {}, []],
  ['WeCom’s app', app, [['wecom', 'wecom', '1000002']]],
  [
    'its app and its smart bot',
    { ...app, ...bot },
    [
      ['wecom', 'wecom', '1000002'],
      ['wecom-bot', 'wecom', 'bot'],
    ],
  ],
] as const)('%s: the doors that the environment opens', async (_, env, wanted) => {
  expect(await doors(env)).toEqual(wanted)
})

it('WeChat needs a process that stays, and is loaded only where there is one', async () => {
  const config = readConfig({ WECHATY_PUPPET: 'wechaty-puppet-mock' })
  await expect(platformAdapters(config, deps)).rejects.toThrow(/npm start/)
  const adapter = createConsoleAdapter(() => undefined)
  const none = () => Promise.reject(new Error('off'))
  const opened = await platformAdapters(config, deps, { lark: none, wechat: async () => adapter })
  expect(opened).toEqual([{ door: 'wechat', adapter }])
})
