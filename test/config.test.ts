import { describe, expect, it } from 'vitest'
import { type Config, readConfig } from '../src/config.ts'
import { BadInput } from '../src/model/problem.ts'

type Variables = Record<string, string | undefined>

function problemOf(env: Variables): string {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof BadInput) return error.message
    throw error
  }
  return ''
}

const key = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const lark = { LARK_APP_ID: 'cli_a1', LARK_APP_SECRET: 'lark-secret' }
const larkHook = { ...lark, LARK_ENCRYPT_KEY: 'lark-key', LARK_VERIFICATION_TOKEN: 'lark-token' }
const wecom = {
  WECOM_CORP_ID: 'ww12',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'wecom-secret',
  WECOM_TOKEN: 'wecom-token',
  WECOM_AES_KEY: key,
}
const botHook = { WECOM_BOT_TOKEN: 'bot-token', WECOM_BOT_AES_KEY: key }
const botSocket = { WECOM_BOT_ID: 'aib1', WECOM_BOT_SECRET: 'bot-secret' }
const dingtalk = { DINGTALK_CLIENT_ID: 'ding1', DINGTALK_CLIENT_SECRET: 'ding-secret', DINGTALK_ROBOT_CODE: 'ding1' }
const wechat = {
  WECHATY_PUPPET: 'wechaty-puppet-service',
  WECHATY_PUPPET_SERVICE_TOKEN: 'puppet-token',
  WECHATY_PUPPET_SERVICE_ENDPOINT: '127.0.0.1:18990',
}

describe('an empty environment', () => {
  it('is a whole configuration with every platform off', () => {
    expect(readConfig({})).toEqual({
      database: { kind: 'sqlite', path: './data/duban.db' },
      identityKeys: {},
      port: 8787,
      host: '127.0.0.1',
      rotations: [],
      rates: { sender: 60, room: 240 },
      trustedProxy: [],
      mostConnections: 2000,
      zone: 'Asia/Shanghai',
      dataDir: './data',
      botName: '督办',
      platforms: {},
      groupRobots: { apiBase: 'https://qyapi.weixin.qq.com', tables: false },
      evidenceHosts: [],
      ledgerHash: 'sm3',
      drainMs: 0,
      logLevel: 'info',
    })
  })
  it('is also one whose variables are empty, and one with a Worker’s bindings in it', () => {
    expect(readConfig({ PORT: '', LARK_APP_ID: ' ', BOT_NAME: undefined })).toEqual(readConfig({}))
    const bindings = { DB: { prepare: () => undefined }, BOT_NAME: '小督' } as unknown as Variables
    expect(readConfig(bindings).botName).toBe('小督')
  })
})

describe('values', () => {
  const right: [env: Variables, seen: Partial<Config>][] = [
    [{ DATABASE_URL: 'file::memory:' }, { database: { kind: 'sqlite', path: ':memory:' } }],
    [{ DATABASE_URL: 'file:./a b/c.db' }, { database: { kind: 'sqlite', path: './a b/c.db' } }],
    [{ DATABASE_URL: 'file:///srv/c.db' }, { database: { kind: 'sqlite', path: '/srv/c.db' } }],
    [{ DATABASE_URL: 'postgres://u:p@h/d' }, { database: { kind: 'postgres', url: 'postgres://u:p@h/d' } }],
    [{ DATABASE_URL: 'postgresql://h/d' }, { database: { kind: 'postgres', url: 'postgresql://h/d' } }],
    [{ PORT: '0' }, { port: 0 }],
    [
      { LOG_LEVEL: 'warn', DRAIN_SECONDS: '15' },
      { logLevel: 'warn', drainMs: 15_000 },
    ],
    [{ BACKUP_DIR: '/backup' }, { backup: { folder: '/backup', keepDays: 30 } }],
    [{ PORT: ' 65535\n' }, { port: 65535 }],
    [{ HOST: '::1' }, { host: '::1' }],
    [{ TZ_OFFICE: 'Asia/Urumqi' }, { zone: 'Asia/Urumqi' }],
    [{ PUBLIC_URL: 'https://duban.example.cn/gov/' }, { publicUrl: 'https://duban.example.cn/gov' }],
    [
      { EVIDENCE_HOSTS: '.gov.cn, *.example.cn；News.Example.com' },
      { evidenceHosts: ['gov.cn', 'example.cn', 'news.example.com'] },
    ],
    [{ LEDGER_HASH: 'sha256' }, { ledgerHash: 'sha256' }],
    [{ IDENTITY_KEY: 'AB'.repeat(16) }, { identityKeys: { key: 'ab'.repeat(16), old: undefined } }],
    [{ DUBAN_NOW: '2026-08-21T09:00:00+08:00' }, { now: new Date('2026-08-21T01:00:00Z') }],
    [{ OFFICES_FILE: './offices.json' }, { officesFile: './offices.json' }],
    [
      { LLM_BASE_URL: 'http://127.0.0.1:8000/v1', LLM_MODEL: 'm' },
      { languageModel: { baseUrl: 'http://127.0.0.1:8000/v1', model: 'm' } },
    ],
  ]
  it.each(right)('%j', (env, seen) => {
    expect(readConfig(env)).toMatchObject(seen)
  })

  const wrong: [env: Variables, named: string, right: string][] = [
    [{ DATABASE_URL: 'mysql://h/d' }, 'DATABASE_URL', 'postgres://'],
    [{ DATABASE_URL: 'data/duban.db' }, 'DATABASE_URL', 'file:./data/duban.db'],
    [{ DATABASE_URL: 'file://data/duban.db' }, 'DATABASE_URL', 'file:./data/duban.db'],
    [{ PORT: '65536' }, 'PORT', '65535'],
    [{ PORT: 'http' }, 'PORT', '8787'],
    [{ PORT: '-1' }, 'PORT', '8787'],
    [{ HOST: 'http://localhost' }, 'HOST', '127.0.0.1'],
    [{ TZ_OFFICE: 'Beijing' }, 'TZ_OFFICE', 'Asia/Shanghai'],
    [{ PUBLIC_URL: 'duban.example.cn' }, 'PUBLIC_URL', 'https://'],
    [{ PUBLIC_URL: 'https://a b' }, 'PUBLIC_URL', 'https://'],
    [{ LARK_DOMAIN: 'open.feishu.cn' }, 'LARK_DOMAIN', 'https://'],
    [{ LARK_MODE: 'polling' }, 'LARK_MODE', 'socket'],
    [{ ...wecom, WECOM_AES_KEY: 'short' }, 'WECOM_AES_KEY', '43'],
    [{ ...wecom, WECOM_AGENT_ID: 'agent' }, 'WECOM_AGENT_ID', '数字'],
    [{ ...botSocket, WECOM_BOT_SOCKET: 'https://h' }, 'WECOM_BOT_SOCKET', 'wss://'],
    [{ LEDGER_HASH: 'md5' }, 'LEDGER_HASH', 'sm3'],
    [{ IDENTITY_KEY: '0123' }, 'IDENTITY_KEY', '32 位十六进制'],
    [{ DUBAN_NOW: '2026-08-21 09:00' }, 'DUBAN_NOW', '+08:00'],
    [{ DUBAN_NOW: '2026-13-21T09:00:00Z' }, 'DUBAN_NOW', '+08:00'],
    [{ BOT_NAME: '督 办' }, 'BOT_NAME', '督办'],
  ]
  it.each(wrong)('%j is named with what would be right', (env, named, right) => {
    const problem = problemOf(env)
    expect(problem).toContain(named)
    expect(problem).toContain(right)
    expect(problem).not.toContain('\n')
  })

  it('several wrong ones are told in one line', () => {
    expect(problemOf({ PORT: 'x', LEDGER_HASH: 'y' })).toMatch(/^PORT .*；LEDGER_HASH .*$/)
  })
})

describe('platforms', () => {
  it('are on when they are whole', () => {
    const { platforms } = readConfig({ ...larkHook, ...wecom, ...botHook, ...botSocket, ...dingtalk, ...wechat })
    expect(platforms).toEqual({
      lark: {
        mode: 'webhook',
        appId: 'cli_a1',
        appSecret: 'lark-secret',
        encryptKey: 'lark-key',
        verificationToken: 'lark-token',
        domain: 'https://open.feishu.cn',
      },
      wecom: {
        corpId: 'ww12',
        agentId: '1000002',
        secret: 'wecom-secret',
        token: 'wecom-token',
        aesKey: key,
        apiBase: 'https://qyapi.weixin.qq.com',
      },
      wecomBot: {
        id: 'aib1',
        callback: { token: 'bot-token', aesKey: key },
        socket: { secret: 'bot-secret', url: 'wss://openws.work.weixin.qq.com' },
      },
      dingtalk: {
        clientId: 'ding1',
        clientSecret: 'ding-secret',
        robotCode: 'ding1',
        apiBase: 'https://api.dingtalk.com',
      },
      wechat: { puppet: 'wechaty-puppet-service', token: 'puppet-token', endpoint: '127.0.0.1:18990' },
    })
  })

  it('an address alone switches nothing on', () => {
    const addresses = { LARK_DOMAIN: 'http://127.0.0.1:9', WECOM_API_BASE: 'http://127.0.0.1:9/' }
    expect(readConfig({ ...addresses, DINGTALK_API_BASE: 'http://127.0.0.1:9' }).platforms).toEqual({})
    expect(readConfig({ ...addresses, ...larkHook }).platforms.lark?.domain).toBe('http://127.0.0.1:9')
  })

  it('Lark’s long connection needs no encrypt key', () => {
    expect(readConfig({ ...lark, LARK_MODE: 'socket' }).platforms.lark).toEqual({
      mode: 'socket',
      appId: 'cli_a1',
      appSecret: 'lark-secret',
      domain: 'https://open.feishu.cn',
    })
  })

  it('WeCom’s group robots need no other configuration', () => {
    const hookOf = (env: Record<string, string>) => readConfig(env).groupRobots
    expect(hookOf({})).toEqual({ apiBase: 'https://qyapi.weixin.qq.com', tables: false })
    expect(hookOf({ WECOM_HOOK_TABLES: '1', WECOM_API_BASE: 'http://127.0.0.1:9' })).toEqual({
      apiBase: 'http://127.0.0.1:9',
      tables: true,
    })
  })

  it('WeCom’s smart bot takes callback or long connection', () => {
    expect(readConfig(botHook).platforms.wecomBot).toEqual({ callback: { token: 'bot-token', aesKey: key } })
    expect(readConfig({ ...botHook, WECOM_BOT_ID: 'aib1' }).platforms.wecomBot?.socket).toBeUndefined()
    expect(readConfig(botSocket).platforms.wecomBot?.callback).toBeUndefined()
  })

  it('a puppet on this machine needs no service token', () => {
    expect(readConfig({ WECHATY_PUPPET: 'wechaty-puppet-mock' }).platforms.wechat).toEqual({
      puppet: 'wechaty-puppet-mock',
    })
    expect(readConfig({ WECHATY_PUPPET: 'wechaty-puppet-mock', WECHATY_NAME: 'liaison' }).platforms.wechat).toEqual({
      puppet: 'wechaty-puppet-mock',
      memory: './data/liaison',
    })
  })

  const without = (env: Variables, name: string): Variables => ({ ...env, [name]: undefined })
  const eachMissing = (env: Variables) =>
    Object.keys(env).map((name): [string, Variables] => [name, without(env, name)])
  const half: [missing: string, env: Variables][] = [
    ...eachMissing(larkHook),
    ...eachMissing({ ...lark, LARK_MODE: 'socket' }).filter(([name]) => name !== 'LARK_MODE'),
    ['LARK_ENCRYPT_KEY', lark],
    ['LARK_APP_ID', { LARK_MODE: 'socket' }],
    ...eachMissing(wecom),
    ...eachMissing(botHook),
    ...eachMissing(botSocket),
    ['WECOM_BOT_ID', { ...botHook, WECOM_BOT_SECRET: 'bot-secret' }],
    ...eachMissing(dingtalk),
    ...eachMissing(wechat),
    ['LLM_MODEL', { LLM_BASE_URL: 'http://127.0.0.1:8000' }],
    ['LLM_BASE_URL', { LLM_KEY: 'llm-secret' }],
  ]
  it.each(half)('half-set: %s is named (%j)', (missing, env) => {
    const problem = problemOf(env)
    expect(problem).toMatch(new RegExp(`缺 [A-Z_、]*${missing}\\b`))
    expect(problem).not.toContain('\n')
  })

  it('no problem tells a value', () => {
    for (const [, env] of half) expect(problemOf(env)).not.toMatch(/secret|-token|-key/)
    expect(problemOf({ DATABASE_URL: 'mysql://user:password@host/db' })).not.toContain('password')
    expect(problemOf({ ...wecom, WECOM_AES_KEY: 'a-secret' })).not.toContain('a-secret')
  })
})
