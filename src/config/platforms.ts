import { BadInput } from '../model/problem.ts'
import type { Environment } from './environment.ts'

type TextName = { [N in keyof Environment]-?: Environment[N] extends string | undefined ? N : never }[keyof Environment]

/**
 * The variables of one platform (or of one of its modes): nothing where none is set, all of `needed` where they are
 * there. `also` are variables that count as set but are not needed. @throws BadInput naming what is missing.
 */
function whole<N extends TextName>(
  env: Environment,
  what: string,
  needed: readonly N[],
  also: readonly TextName[] = [],
) {
  const set = [...needed, ...also].filter((name) => env[name] !== undefined)
  if (set.length === 0) return undefined
  const missing = needed.filter((name) => env[name] === undefined)
  if (missing.length > 0)
    throw new BadInput(`${what}只设了一半：缺 ${missing.join('、')}。请补上；不用${what}就把 ${set.join('、')} 去掉`)
  return (name: N): string => env[name] ?? ''
}

const larkHooks = ['LARK_ENCRYPT_KEY', 'LARK_VERIFICATION_TOKEN'] as const

const larkLimits = ({ LARK_PER_SECOND: perSecond, LARK_PER_MINUTE: perMinute }: Environment) => ({
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
  const get = whole(env, '飞书', [...apps, ...larkHooks], ['LARK_MODE'])
  return (
    get && {
      mode: 'webhook' as const,
      appId: get('LARK_APP_ID'),
      appSecret: get('LARK_APP_SECRET'),
      encryptKey: get('LARK_ENCRYPT_KEY'),
      verificationToken: get('LARK_VERIFICATION_TOKEN'),
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
    ...(hook && { callback: { token: hook('WECOM_BOT_TOKEN'), aesKey: hook('WECOM_BOT_AES_KEY') } }),
    ...(socket && { socket: { secret: socket('WECOM_BOT_SECRET'), url: env.WECOM_BOT_SOCKET } }),
  }
}

function dingtalkOf(env: Environment) {
  const get = whole(env, '钉钉', ['DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET', 'DINGTALK_ROBOT_CODE'])
  return (
    get && {
      clientId: get('DINGTALK_CLIENT_ID'),
      clientSecret: get('DINGTALK_CLIENT_SECRET'),
      robotCode: get('DINGTALK_ROBOT_CODE'),
      apiBase: env.DINGTALK_API_BASE,
    }
  )
}

function wechatOf(env: Environment) {
  const remote = env.WECHATY_PUPPET === undefined || env.WECHATY_PUPPET === 'wechaty-puppet-service'
  const get = remote
    ? whole(env, '微信（wechaty）', ['WECHATY_PUPPET', 'WECHATY_PUPPET_SERVICE_TOKEN'])
    : whole(env, '微信（wechaty）', ['WECHATY_PUPPET'])
  const token = env.WECHATY_PUPPET_SERVICE_TOKEN
  return get && { puppet: get('WECHATY_PUPPET'), ...(token !== undefined && { token }) }
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
