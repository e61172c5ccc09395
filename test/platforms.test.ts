import { expect, it } from 'vitest'
import { createConsoleAdapter } from '../adapters/console/index.ts'
import { createDingtalkAdapter } from '../adapters/dingtalk/index.ts'
import { createWecomBotSocketAdapter } from '../adapters/wecom/bot/socket.node.ts'
import { readConfig } from '../src/config.ts'
import { platformAdapters, type Sockets } from '../src/platforms.ts'

const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE'
const deps = { fetch, now: () => new Date(0) }

const sockets: Sockets = {
  lark: () => Promise.reject(new Error('not asked for')),
  wecomBot: async (config, own) => createWecomBotSocketAdapter(config, own),
  dingtalk: async (config, own) => createDingtalkAdapter(config, own),
  wechat: () => Promise.reject(new Error('not asked for')),
}

const doors = async (env: Record<string, string>) =>
  (await platformAdapters(readConfig(env), deps, sockets)).map(({ door, adapter }) => [
    door,
    adapter.platform,
    adapter.route,
  ])

const app = {
  WECOM_CORP_ID: 'ww1',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 's',
  WECOM_TOKEN: 't',
  WECOM_AES_KEY: aesKey,
}
const botSocket = { WECOM_BOT_ID: 'AIB001', WECOM_BOT_SECRET: 's' }
const bot = { WECOM_BOT_TOKEN: 't', WECOM_BOT_AES_KEY: aesKey }

it.each([
  ['nothing', {}, []],
  ['WeCom’s app, and the groups’ robots beside it', app, [['wecom', 'wecom', '1000002']]],
  [
    'its app and its smart bot',
    { ...app, ...bot },
    [
      ['wecom', 'wecom', '1000002'],
      ['wecom-bot', 'wecom', 'bot'],
    ],
  ],
  [
    'DingTalk’s robot',
    { DINGTALK_CLIENT_ID: 'ding1', DINGTALK_CLIENT_SECRET: 's', DINGTALK_ROBOT_CODE: 'dingrobot' },
    [['dingtalk', 'dingtalk', 'dingrobot']],
  ],
  ['its smart bot by callback, named', { ...bot, WECOM_BOT_ID: 'AIB001' }, [['wecom-bot', 'wecom', 'AIB001']]],
  ['its smart bot by long connection', botSocket, [['wecom-bot-socket', 'wecom', 'AIB001']]],
  [
    'two smart bots, of which the id is the one with the connection',
    { ...bot, ...botSocket },
    [
      ['wecom-bot', 'wecom', 'bot'],
      ['wecom-bot-socket', 'wecom', 'AIB001'],
    ],
  ],
] as const)('%s: the doors that the environment opens', async (_, env, wanted) => {
  // The rooms' own robots need no configuration: they are there in any case.
  const hook = ['wecom-hook', 'wecom', 'hook']
  const found = await doors(env)
  expect(found).toContainEqual(hook)
  expect(found.filter(([door]) => door !== hook[0])).toEqual(wanted)
})

it('a long connection is not begun where nothing stays to hold it', async () => {
  await expect(platformAdapters(readConfig(botSocket), deps)).rejects.toThrow(/WECOM_BOT_SECRET.*常驻进程.*回调/)
})

it('WeChat needs a process that stays, and is loaded only where there is one', async () => {
  const config = readConfig({ WECHATY_PUPPET: 'wechaty-puppet-mock' })
  await expect(platformAdapters(config, deps)).rejects.toThrow(/npm start/)
  const adapter = createConsoleAdapter(() => undefined)
  const opened = await platformAdapters(config, deps, { ...sockets, wechat: async () => adapter })
  expect(opened).toContainEqual({ door: 'wechat', adapter })
})
