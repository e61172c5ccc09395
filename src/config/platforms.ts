import { BadInput } from '../model/problem.ts'
import type { Environment } from './environment.ts'
import { whereToFind } from './where.ts'

type TextName = { [N in keyof Environment]-?: Environment[N] extends string | undefined ? N : never }[keyof Environment]

/**
 * The variables of one platform (or of one of its modes): nothing where none is set, all of `needed` where they are
 * there. `also` are variables that count as set but are not needed; `instead` is another way out than setting what is
 * missing. @throws BadInput naming what is missing.
 */
function whole<N extends TextName>(
  env: Environment,
  what: string,
  needed: readonly N[],
  also: readonly TextName[] = [],
  instead = '',
) {
  const set = [...needed, ...also].filter((name) => env[name] !== undefined)
  if (set.length === 0) return undefined
  const missing = needed.filter((name) => env[name] === undefined)
  if (missing.length > 0)
    throw new BadInput(
      `${what}只设了一半：缺 ${missing.map(whereToFind).join('、')}。请补上${instead}；不用${what}就把 ${set.join('、')} 去掉`,
    )
  return (name: N): string => env[name] ?? ''
}

/** Secrets as they were before, where a rotation is under way. */
const was = <K extends string>(env: Environment, names: Record<K, TextName>): Partial<Record<K, string>> =>
  Object.fromEntries(
    Object.entries<TextName>(names).flatMap(([key, name]) => (env[name] === undefined ? [] : [[key, env[name]]])),
  ) as Partial<Record<K, string>>

/** The variables that keep a rotation open. */
export const rotationsOf = (env: Environment): string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    name.endsWith('_OLD') && name !== 'IDENTITY_KEY_OLD' && value !== undefined ? [name] : [],
  )

const larkHooks = ['LARK_ENCRYPT_KEY', 'LARK_VERIFICATION_TOKEN'] as const

const larkLimits = ({
  LARK_PER_SECOND: perSecond,
  LARK_PER_MINUTE: perMinute,
  LARK_PER_PLACE: perPlace,
}: Environment) => ({
  ...(perPlace !== undefined && { perPlace }),
  ...(perSecond !== undefined && { perSecond }),
  ...(perMinute !== undefined && { perMinute }),
})

function larkOf(env: Environment) {
  const apps = ['LARK_APP_ID', 'LARK_APP_SECRET'] as const
  if (env.LARK_MODE === 'socket') {
    const get = whole(env, '飞书长连接', apps, ['LARK_MODE', ...larkHooks])
    return (
      get && {
        mode: 'socket' as const,
        appId: get('LARK_APP_ID'),
        appSecret: get('LARK_APP_SECRET'),
        domain: env.LARK_DOMAIN,
        ...larkLimits(env),
      }
    )
  }
  // Who has no public address needs no keys of the door.
  const instead = larkHooks.every((name) => env[name] === undefined)
    ? '（没有公网地址就设 LARK_MODE=socket，不要后两个）'
    : ''
  const get = whole(env, '飞书', [...apps, ...larkHooks], ['LARK_MODE'], instead)
  return (
    get && {
      mode: 'webhook' as const,
      appId: get('LARK_APP_ID'),
      appSecret: get('LARK_APP_SECRET'),
      encryptKey: get('LARK_ENCRYPT_KEY'),
      verificationToken: get('LARK_VERIFICATION_TOKEN'),
      ...was(env, { encryptKeyOld: 'LARK_ENCRYPT_KEY_OLD', verificationTokenOld: 'LARK_VERIFICATION_TOKEN_OLD' }),
      domain: env.LARK_DOMAIN,
      ...larkLimits(env),
    }
  )
}

function wecomOf(env: Environment) {
  const get = whole(env, '企业微信自建应用', [
    'WECOM_CORP_ID',
    'WECOM_AGENT_ID',
    'WECOM_SECRET',
    'WECOM_TOKEN',
    'WECOM_AES_KEY',
  ])
  return (
    get && {
      corpId: get('WECOM_CORP_ID'),
      agentId: get('WECOM_AGENT_ID'),
      secret: get('WECOM_SECRET'),
      token: get('WECOM_TOKEN'),
      aesKey: get('WECOM_AES_KEY'),
      ...was(env, { tokenOld: 'WECOM_TOKEN_OLD', aesKeyOld: 'WECOM_AES_KEY_OLD' }),
      apiBase: env.WECOM_API_BASE,
    }
  )
}

/** By callback (token and key), by long connection (id and secret), or both; with a callback the id may stay away. */
function wecomBotOf(env: Environment) {
  const hook = whole(env, '企业微信智能机器人回调', ['WECOM_BOT_TOKEN', 'WECOM_BOT_AES_KEY'])
  const wantsSocket = env.WECOM_BOT_SECRET !== undefined || !hook
  const socket = wantsSocket ? whole(env, '企业微信智能机器人长连接', ['WECOM_BOT_ID', 'WECOM_BOT_SECRET']) : undefined
  if (!hook && !socket) return undefined
  return {
    ...(env.WECOM_BOT_ID !== undefined && { id: env.WECOM_BOT_ID }),
    ...(hook && {
      callback: {
        token: hook('WECOM_BOT_TOKEN'),
        aesKey: hook('WECOM_BOT_AES_KEY'),
        ...was(env, { tokenOld: 'WECOM_BOT_TOKEN_OLD', aesKeyOld: 'WECOM_BOT_AES_KEY_OLD' }),
      },
    }),
    ...(socket && { socket: { secret: socket('WECOM_BOT_SECRET'), url: env.WECOM_BOT_SOCKET } }),
  }
}

/** Group robots have no variables of their own, their keys stand with the rooms: an office may have them and nothing else of WeCom. */
export function groupRobotsOf(env: Environment) {
  const agentId = env.WECOM_AGENT_ID
  return {
    apiBase: env.WECOM_API_BASE,
    tables: env.WECOM_HOOK_TABLES === '1',
    ...(agentId !== undefined && { agentId }),
  }
}

function dingtalkOf(env: Environment) {
  const get = whole(env, '钉钉', ['DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET', 'DINGTALK_ROBOT_CODE'])
  return (
    get && {
      clientId: get('DINGTALK_CLIENT_ID'),
      clientSecret: get('DINGTALK_CLIENT_SECRET'),
      ...was(env, { clientSecretOld: 'DINGTALK_CLIENT_SECRET_OLD' }),
      robotCode: get('DINGTALK_ROBOT_CODE'),
      apiBase: env.DINGTALK_API_BASE,
    }
  )
}

function wechatOf(env: Environment) {
  const service = ['WECHATY_PUPPET_SERVICE_TOKEN', 'WECHATY_PUPPET_SERVICE_ENDPOINT'] as const
  const remote = env.WECHATY_PUPPET === undefined || env.WECHATY_PUPPET === 'wechaty-puppet-service'
  // Without an endpoint the service puppet looks for one in a way that ends the process.
  const get = remote
    ? whole(env, '微信（wechaty）', ['WECHATY_PUPPET', ...service], ['WECHATY_NAME'])
    : whole(env, '微信（wechaty）', ['WECHATY_PUPPET'])
  const { WECHATY_PUPPET_SERVICE_TOKEN: token, WECHATY_PUPPET_SERVICE_ENDPOINT: endpoint, WECHATY_NAME: name } = env
  return (
    get && {
      puppet: get('WECHATY_PUPPET'),
      ...(token !== undefined && { token }),
      ...(endpoint !== undefined && { endpoint }),
      /** Where the login is kept between two starts. */
      ...(name !== undefined && { memory: `${env.DATA_DIR}/${name}` }),
    }
  )
}

/** The language-model door; a model of the house may need no key. */
export function languageModelOf(env: Environment) {
  const get = whole(env, '大模型', ['LLM_BASE_URL', 'LLM_MODEL'], ['LLM_KEY'])
  return (
    get && {
      baseUrl: get('LLM_BASE_URL'),
      model: get('LLM_MODEL'),
      ...(env.LLM_KEY !== undefined && { key: env.LLM_KEY }),
    }
  )
}

export const platformsOf = (env: Environment) => ({
  lark: larkOf(env),
  wecom: wecomOf(env),
  wecomBot: wecomBotOf(env),
  dingtalk: dingtalkOf(env),
  wechat: wechatOf(env),
})

interface PlatformState {
  name: string
  /** The doors of its adapters. */
  doors: string[]
  /** In which mode it is on; absent: off. */
  how?: string
  /** The path that the platform calls; absent where we call it. */
  calls?: string
  /** What tells how to set it up. */
  doc: string
}

/** Every platform that there is, and how it is on. */
export const platformStates = ({ platforms }: { platforms: ReturnType<typeof platformsOf> }): PlatformState[] => {
  const { lark, wecom, wecomBot, dingtalk, wechat } = platforms
  const on = (how: string | false | undefined, door?: string) =>
    how ? { how, ...(door && { calls: `/webhooks/${door}` }) } : {}
  return [
    {
      ...{ name: '飞书', doors: ['lark'], doc: 'docs/platforms/lark.md' },
      ...on(
        lark && `${lark.mode === 'socket' ? '长连接' : '回调'}，${lark.appId}`,
        lark?.mode === 'webhook' ? 'lark' : undefined,
      ),
    },
    {
      ...{ name: '企业微信自建应用', doors: ['wecom'], doc: 'docs/platforms/wecom-app.md' },
      ...on(wecom && `应用 ${wecom.agentId}`, 'wecom'),
    },
    {
      ...{ name: '企业微信智能机器人（回调）', doors: ['wecom-bot'], doc: 'docs/platforms/wecom-bot.md' },
      ...on(wecomBot?.callback && '回调', 'wecom-bot'),
    },
    {
      ...{ name: '企业微信智能机器人（长连接）', doors: ['wecom-bot-socket'], doc: 'docs/platforms/wecom-bot.md' },
      ...on(wecomBot?.socket && `长连接，${wecomBot.id}`),
    },
    {
      ...{ name: '钉钉', doors: ['dingtalk'], doc: 'docs/platforms/dingtalk.md' },
      ...on(dingtalk && `Stream 模式（后台选了 HTTP 模式的用接收地址），机器人 ${dingtalk.robotCode}`, 'dingtalk'),
    },
    {
      ...{ name: '微信（wechaty）', doors: ['wechat'], doc: 'docs/platforms/wechat.md' },
      ...on(wechat && `${wechat.puppet}，非官方接口，有封号风险`),
    },
  ]
}
