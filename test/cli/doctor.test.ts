import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createFakeDingtalk, dingtalkConfig } from '../fakes/dingtalk.ts'
import { openDingtalkGateway } from '../fakes/dingtalk-gateway.ts'
import { openLanguageModel } from '../fakes/language-model.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { openLoopback } from '../fakes/loopback.ts'
import { until } from '../fakes/until.ts'
import { createFakeWecomApp, wecomAppConfig } from '../fakes/wecom-app.ts'
import { openWecomGateway, socketConfig } from '../fakes/wecom-gateway.ts'
import { townPlan, townRoster } from '../town/plan.ts'
import { type Desk, openDesk } from './duban.ts'

/** What the doctor says of each platform, which it asks on loopback ports; and never a secret. */
let desk: Desk
const printed: string[] = []
const closing: (() => Promise<unknown>)[] = []
const NOW = ['--now', '2017-08-21T09:30:00+08:00']
const SECRET = 'a-secret-of-this-test'

beforeAll(async () => {
  desk = await openDesk({ kept: true })
  desk.file('plan.txt', townPlan)
  desk.file('town.json', JSON.stringify(townRoster))
  await desk.run(['roster', 'import', 'town.json', '--today', '2017-07-11'])
  await desk.run(['import', 'plan.txt', '--yes', '--today', '2017-07-11'])
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
afterAll(() => desk.close())

const doctor = async (env: Record<string, string>) => {
  const ran = await desk.run(['doctor', ...NOW], { env })
  printed.push(ran.stdout, ran.stderr)
  return ran
}
const loopback = async (fetch: typeof globalThis.fetch, as: string) => {
  const server = await openLoopback(fetch, as)
  closing.push(server.close)
  return server
}

const lark = async () => {
  const fake = createFakeLark({ ...larkConfig, appSecret: SECRET })
  const server = await loopback(fake.fetch, larkConfig.domain)
  const env: Record<string, string> = {
    ...{ LARK_APP_ID: larkConfig.appId, LARK_APP_SECRET: SECRET, LARK_DOMAIN: server.url },
    ...{ LARK_ENCRYPT_KEY: 'key-of-events', LARK_VERIFICATION_TOKEN: 'token-of-events' },
  }
  return { fake, server, env }
}

const wecom = async () => {
  const fake = createFakeWecomApp({ ...wecomAppConfig, secret: SECRET })
  const server = await loopback(fake.fetch, wecomAppConfig.apiBase)
  const env: Record<string, string> = {
    ...{ WECOM_CORP_ID: wecomAppConfig.corpId, WECOM_AGENT_ID: wecomAppConfig.agentId, WECOM_SECRET: SECRET },
    ...{ WECOM_TOKEN: wecomAppConfig.token, WECOM_AES_KEY: wecomAppConfig.aesKey, WECOM_API_BASE: server.url },
  }
  return { fake, server, env }
}

const dingtalk = async () => {
  const fake = createFakeDingtalk({ ...dingtalkConfig, clientSecret: SECRET })
  const gateway = await openDingtalkGateway(fake)
  closing.push(gateway.close)
  const server = await loopback(fake.fetch, dingtalkConfig.apiBase)
  const env: Record<string, string> = {
    ...{ DINGTALK_CLIENT_ID: dingtalkConfig.clientId, DINGTALK_CLIENT_SECRET: SECRET },
    ...{ DINGTALK_ROBOT_CODE: dingtalkConfig.robotCode, DINGTALK_API_BASE: server.url },
  }
  return { fake, server, env }
}

const bot = { WECOM_BOT_ID: 'AIB001', WECOM_BOT_SECRET: SECRET, WECOM_BOT_SOCKET: 'ws://127.0.0.1:1' }

/** The lines of one platform. */
const part = (stdout: string, name: string): string => {
  const lines = stdout.split('\n')
  const from = lines.findIndex((line) => line.startsWith(name))
  const to = lines.findIndex((line, i) => i > from && !line.startsWith('  '))
  return lines.slice(from, to).join('\n')
}

it('nothing is configured: each platform with the page that tells how, and all is well', async () => {
  const { code, stdout } = await doctor({})
  expect(code).toBe(0)
  for (const name of ['飞书', '企业微信自建应用', '企业微信智能机器人（长连接）', '钉钉', '微信（wechaty）'])
    expect(stdout).toMatch(new RegExp(`^${name}：未配置，见 docs/platforms/[a-z-]+\\.md$`, 'm'))
  expect(stdout).toMatch(/^企业微信群机器人：没有登记，见 docs\/platforms\/wecom-webhook\.md$/m)
})

it('all that are asked are well: who we are there, and nothing was heard yet', async () => {
  const [one, two, three] = [await lark(), await wecom(), await dingtalk()]
  const callback = { WECOM_BOT_TOKEN: SECRET, WECOM_BOT_AES_KEY: wecomAppConfig.aesKey }
  const { code, stdout } = await doctor({ ...one.env, ...two.env, ...three.env, ...callback })
  expect(code).toBe(0)
  const silent = '  最近一小时没有收到消息：给它发一句“帮助”试试，能进群的在群里@它'
  expect(part(stdout, '飞书').split('\n').slice(1)).toEqual(['  令牌已取得，机器人：督办', silent])
  expect(part(stdout, '企业微信自建应用')).toMatch(/令牌已取得，机器人：自建应用“督办”（AgentId 1000002）/)
  expect(part(stdout, '钉钉')).toMatch(/令牌已取得，机器人：机器人 dingrobot/)
  // It has no token that could be asked for.
  expect(part(stdout, '企业微信智能机器人（回调）').split('\n')).toEqual([
    expect.stringMatching(/已配置/),
    expect.stringMatching(/没有填 WECOM_BOT_ID/),
    silent,
  ])
  // A doctor asks and changes nothing: no message went out.
  expect([one.fake.sent, two.fake.sent, three.fake.sent]).toEqual([[], [], []])
})

it('a rotation that is under way is named, without a secret', async () => {
  const keys = { WECOM_BOT_TOKEN: SECRET, WECOM_BOT_AES_KEY: wecomAppConfig.aesKey }
  const before = { WECOM_BOT_TOKEN_OLD: `${SECRET}-before` }
  expect((await doctor(keys)).stdout).not.toMatch(/密钥轮换/)
  expect((await doctor({ ...keys, ...before })).stdout).toMatch(/^密钥轮换：WECOM_BOT_TOKEN_OLD 还设着/m)
})

describe('what is wrong is a line with the place where it is mended, and exit 1', () => {
  const refused = (code: number, more: object = {}) => ({ status: 200, body: { errcode: code, errmsg: 'no', ...more } })
  const cases: [
    what: string,
    platform: string,
    says: RegExp,
    run: () => Promise<{ code: number | null; stdout: string }>,
  ][] = [
    [
      'Lark’s secret',
      '飞书',
      /问题：.*10014：LARK_APP_SECRET 不对：照开发者后台“凭证与基础信息”抄/,
      async () => doctor({ ...(await lark()).env, LARK_APP_SECRET: `${SECRET}-old` }),
    ],
    [
      'a scope that Lark’s app has not',
      '飞书',
      /问题：.*99991672：应用缺少权限 im:message、im:message:send_as_bot 之一：开发者后台“权限管理”开通/,
      async () => {
        const { fake, env } = await lark()
        const msg = 'Access denied. One of the following scopes is required: [im:message, im:message:send_as_bot].'
        fake.fail('/bot/v3/info', { status: 400, body: { code: 99991672, msg } })
        return doctor(env)
      },
    ],
    [
      'Lark’s bot, which is not switched on',
      '飞书',
      /督办\n {2}问题：机器人没有启用：开发者后台“版本管理与发布”/,
      async () => {
        const { fake, env } = await lark()
        fake.bot.activate_status = 0
        return doctor(env)
      },
    ],
    [
      'the address of Lark',
      '飞书',
      /问题：现在问不到 http:\/\/127\.0\.0\.1:1.*检查出网、代理、防火墙和 LARK_DOMAIN/,
      async () => doctor({ ...(await lark()).env, LARK_DOMAIN: 'http://127.0.0.1:1' }),
    ],
    [
      'the secret of WeCom’s app',
      '企业微信自建应用',
      /问题：.*40001：WECOM_SECRET 不对.*应用管理 → 本应用 → Secret/,
      async () => doctor({ ...(await wecom()).env, WECOM_SECRET: `${SECRET}-old` }),
    ],
    [
      'our own address, which WeCom does not trust',
      '企业微信自建应用',
      /问题：.*60020：本机出口IP不在应用的“企业可信IP”里（管理后台 → 应用管理 → 本应用 → 企业可信IP），要加的是 203\.0\.113\.9/,
      async () => {
        const { fake, env } = await wecom()
        fake.fail('agent/get', refused(60020, { errmsg: 'not allow to access from your ip, from ip: 203.0.113.9' }))
        return doctor(env)
      },
    ],
    [
      'the visible range of WeCom’s app',
      '企业微信自建应用',
      /问题：应用的可见范围是空的（管理后台/,
      async () => {
        const { fake, env } = await wecom()
        fake.agent.allow_userinfos.user = []
        return doctor(env)
      },
    ],
    [
      'DingTalk’s secret',
      '钉钉',
      /问题：.*DINGTALK_CLIENT_ID 或 DINGTALK_CLIENT_SECRET 不对/,
      async () => doctor({ ...(await dingtalk()).env, DINGTALK_CLIENT_SECRET: `${SECRET}-old` }),
    ],
    [
      'DingTalk’s way of receiving',
      '钉钉',
      /机器人 dingrobot\n {2}问题：Stream 长连接开不了.*消息接收模式 选“Stream模式”/,
      async () => {
        const { fake, env } = await dingtalk()
        for (let tries = 0; tries < 3; tries++) fake.fail('/v1.0/gateway', { status: 403, body: { code: 'no' } })
        return doctor(env)
      },
    ],
  ]
  it.each(cases)('%s', async (_, platform, says, run) => {
    const { code, stdout } = await run()
    expect(part(stdout, platform)).toMatch(says)
    expect(code).toBe(1)
  })
})

describe('variables that are half there name the missing ones and their places', () => {
  it.each([
    [
      { LARK_APP_ID: 'cli_1' },
      /飞书只设了一半：缺 LARK_APP_SECRET（飞书开放平台 › .*）、LARK_ENCRYPT_KEY（.*加密策略）/,
    ],
    [{ LARK_MODE: 'socket', LARK_APP_ID: 'cli_1' }, /飞书长连接只设了一半：缺 LARK_APP_SECRET（/],
    [{ WECOM_CORP_ID: 'ww1', WECOM_SECRET: SECRET }, /企业微信自建应用只设了一半：缺 WECOM_AGENT_ID（管理后台 › /],
    [
      { WECOM_BOT_ID: 'AIB001' },
      /企业微信智能机器人长连接只设了一半：缺 WECOM_BOT_SECRET（智能机器人 › API模式 › 长连接/,
    ],
    [{ WECOM_BOT_TOKEN: SECRET }, /企业微信智能机器人回调只设了一半：缺 WECOM_BOT_AES_KEY（/],
    [
      { DINGTALK_CLIENT_SECRET: SECRET },
      /钉钉只设了一半：缺 DINGTALK_CLIENT_ID（钉钉开放平台 › .*DINGTALK_ROBOT_CODE（/,
    ],
    [{ WECHATY_PUPPET_SERVICE_TOKEN: SECRET }, /微信（wechaty）只设了一半：缺 WECHATY_PUPPET（/],
  ])('%j', async (env, says) => {
    const { code, stdout, stderr } = await doctor(env)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(says)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('where the platform keeps one connection of us, what the process that holds it wrote down is told', () => {
  const at = (time: string) => Date.parse(`2017-08-21T${time}:00+08:00`)
  const row = (owner: string, since: string, until: string, lost: string) =>
    desk.sql(
      `insert or replace into listeners (office, app, owner, until, at, lost) values ('default', 'wecom:AIB001', '${owner}', ${at(until)}, ${at(since)}, '${lost}')`,
    )
  const said = async () => {
    const { code, stdout } = await doctor(bot)
    return [code, part(stdout, '企业微信智能机器人（长连接）').split('\n')[2]]
  }

  it('and no connection is opened for it', async () => {
    expect(await said()).toEqual([0, '  长连接：现在没有进程连着，启动服务（npm start）以后再看'])
    row('one', '08:00', '09:31', '')
    expect(await said()).toEqual([0, '  长连接：2017-08-21 08:00 起由一个进程连着'])
    // Whoever held it has not said so for longer than it may be held.
    row('one', '08:00', '09:20', '')
    expect(await said()).toEqual([0, '  长连接：现在没有进程连着，启动服务（npm start）以后再看'])
    row('', '09:00', '09:00', 'stopped')
    expect(await said()).toEqual([0, '  长连接：现在没有进程连着，启动服务（npm start）以后再看'])
  })

  it.each([
    ['kicked-out', /问题：长连接 2017-08-21 09:25 断开（另一个程序用同一个机器人连上了/],
    ['refused-853000', /问题：长连接 2017-08-21 09:25 断开（平台不认这个机器人，错误码 853000/],
    ['failed', /问题：长连接 2017-08-21 09:25 断开（出错，见 npm start 的日志）/],
  ])('lost: %s', async (lost, says) => {
    row('', '09:25', '09:35', lost)
    const [code, line] = await said()
    expect([code, line]).toEqual([1, expect.stringMatching(says)])
  })
})

it('the server writes it down: it listens, until somebody else takes the connection', async () => {
  const gateway = await openWecomGateway(() => new Date(), { ...socketConfig, secret: SECRET })
  closing.push(gateway.close)
  const env = { ...bot, WECOM_BOT_SOCKET: gateway.url }
  const serving = desk.start(['serve'], env)
  await serving.said(/督办已启动/)
  await until(gateway.connected)
  const said = async () => part((await desk.run(['doctor'], { env })).stdout, '企业微信智能机器人（长连接）')
  expect(await said()).toMatch(/起由一个进程连着/)
  expect(gateway.seen.connections).toBe(1)
  const rival = new WebSocket(gateway.url)
  closing.push(async () => rival.close())
  await once(rival, 'open')
  const body = { bot_id: socketConfig.botId, secret: SECRET }
  rival.send(JSON.stringify({ cmd: 'aibot_subscribe', headers: { req_id: 'rival' }, body }))
  await expect.poll(said, { timeout: 4000 }).toMatch(/问题：长连接 .* 断开（另一个程序用同一个机器人连上了/)
  // It does not fight for it: whoever came last keeps it.
  expect([gateway.seen.connections, await serving.end('SIGTERM')]).toEqual([2, 0])
})

it('says whether the door for a language model is open, and whether the endpoint answers', async () => {
  expect(part((await doctor({})).stdout, '大模型')).toMatch(/^大模型：没有打开（默认）/)
  const llm = openLanguageModel({ key: SECRET })
  const server = await loopback(llm.fetch, 'http://llm.example.gov.cn')
  const env = { LLM_BASE_URL: `${server.url}/v1`, LLM_MODEL: 'office-7b', LLM_KEY: SECRET }
  llm.answers({ says: '{"ok":true}' })
  const well = await doctor(env)
  expect(part(well.stdout, '大模型')).toMatch(
    /大模型：已打开（office-7b，127\.0\.0\.1:\d+\/v1）[^\n]*\n {2}有回答，用了 \d+ 毫秒/,
  )
  const ill: [Record<string, string>, RegExp][] = [
    [{ LLM_KEY: 'another' }, /它不认密钥（401）：看 LLM_KEY/],
    [{ LLM_BASE_URL: server.url }, /没有这个接口或模型（404）/],
    [{ LLM_BASE_URL: 'http://127.0.0.1:9' }, /连不上：看 LLM_BASE_URL/],
  ]
  for (const [wrong, says] of ill) {
    const { code, stdout } = await doctor({ ...env, ...wrong })
    expect([code, part(stdout, '大模型')]).toEqual([1, expect.stringMatching(says)])
  }
})

it('counts the rooms with a group robot, and has said no secret anywhere', async () => {
  const key = '693a91f6-7aab-4bc4-97a0-0ec2e7c9d001'
  await desk.run(['rooms', 'bind', 'wecom:caizheng', '--unit', '市财政局', '--webhook', key, '--today', '2017-07-12'])
  const { code, stdout } = await doctor({})
  expect([code, part(stdout, '企业微信群机器人')]).toEqual([0, '企业微信群机器人：1 个群'])
  const everything = printed.join('\n')
  for (const secret of [SECRET, key, wecomAppConfig.aesKey, wecomAppConfig.token, 'key-of-events', 'token-of-events'])
    expect(everything).not.toContain(secret)
})
