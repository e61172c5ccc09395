import { z } from 'zod'

const text = z.string().optional()
const one = (pattern: RegExp, right: string) => z.string().regex(pattern, right)
const many = one(/^[1-9]\d{0,8}$/, '应为大于零的整数').transform(Number)
const count = one(/^(0|[1-9]\d{0,8})$/, '应为整数，0 为不限').transform(Number)
const web = one(/^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/, '应为 http:// 或 https:// 开头的网址').transform((url) =>
  url.replace(/\/+$/, ''),
)
const aesKey = one(/^[A-Za-z0-9+/]{43}$/, '应为 43 位字母和数字，照管理后台的 EncodingAESKey 抄').optional()
const sm4Key = one(/^[0-9a-fA-F]{32}$/, '应为 32 位十六进制数字，如 openssl rand -hex 16 打印的')
  .transform((key) => key.toLowerCase())
  .optional()

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

const hosts = (list: string) =>
  list.split(/[,，;；\s]+/).flatMap((host) => host.toLowerCase().replace(/^\*?\./, '') || [])

/** Every variable of the environment, with what would be right where one is wrong. No secret has a default. */
export const Environment = z.object({
  DATABASE_URL: one(
    /^(file:(?!\/\/[^/]).+|postgres(ql)?:\/\/\S+)$/,
    '应为 file:./data/duban.db、file::memory: 或 postgres://…',
  ).default('file:./data/duban.db'),
  /** Connections of one process to PostgreSQL at most. */
  DATABASE_POOL: one(/^([1-9]\d?|1\d\d|200)$/, '应为 1 到 200 的整数，如 8')
    .transform(Number)
    .optional(),
  /** Seals identity columns at rest (SM4), and the one before while it is being changed. */
  IDENTITY_KEY: sm4Key,
  IDENTITY_KEY_OLD: sm4Key,
  PORT: one(/^\d{1,5}$/, '应为 0 到 65535 的整数，如 8787')
    .transform(Number)
    .refine((port) => port <= 65535, '应为 0 到 65535 的整数，如 8787')
    .default(8787),
  HOST: one(/^[\w.:[\]-]+$/, '应为主机名或 IP 地址，如 127.0.0.1').default('127.0.0.1'),
  TZ_OFFICE: z.string().refine(isZone, '应为时区名，如 Asia/Shanghai').default('Asia/Shanghai'),
  DATA_DIR: z.string().default('./data'),
  PUBLIC_URL: web.optional(),
  FIRST_LINK_SECRET: one(
    /^[\w-]{32}$/,
    '应为 32 位字母、数字、- 和 _，如 openssl rand -base64 24 | tr +/ -_ 打印的',
  ).optional(),
  BOT_NAME: one(/^[^\s@]{1,32}$/, '应为不带空格和 @ 的名字，如 督办').default('督办'),
  LARK_APP_ID: text,
  LARK_APP_SECRET: text,
  LARK_ENCRYPT_KEY: text,
  LARK_VERIFICATION_TOKEN: text,
  /** What each secret of a door was before: taken too while a rotation is under way. */
  LARK_ENCRYPT_KEY_OLD: text,
  LARK_VERIFICATION_TOKEN_OLD: text,
  LARK_DOMAIN: web.default('https://open.feishu.cn'),
  /** A private edition has limits of its own. */
  LARK_PER_SECOND: many.optional(),
  LARK_PER_MINUTE: many.optional(),
  LARK_PER_PLACE: many.optional(),
  LARK_MODE: z.enum(['webhook', 'socket'], '应为 webhook 或 socket').optional(),
  WECOM_CORP_ID: text,
  WECOM_AGENT_ID: one(/^\d+$/, '应为数字，照应用详情页的 AgentId 抄').optional(),
  WECOM_SECRET: text,
  WECOM_TOKEN: text,
  WECOM_AES_KEY: aesKey,
  WECOM_TOKEN_OLD: text,
  WECOM_AES_KEY_OLD: aesKey,
  WECOM_API_BASE: web.default('https://qyapi.weixin.qq.com'),
  WECOM_HOOK_TABLES: z.enum(['0', '1'], '应为 1（群机器人发表格）或 0').default('0'),
  WECOM_BOT_ID: text,
  WECOM_BOT_SECRET: text,
  WECOM_BOT_TOKEN: text,
  WECOM_BOT_AES_KEY: aesKey,
  WECOM_BOT_TOKEN_OLD: text,
  WECOM_BOT_AES_KEY_OLD: aesKey,
  WECOM_BOT_SOCKET: one(/^wss?:\/\/\S+$/, '应为 wss:// 开头的长连接地址').default('wss://openws.work.weixin.qq.com'),
  DINGTALK_CLIENT_ID: text,
  DINGTALK_CLIENT_SECRET: text,
  DINGTALK_CLIENT_SECRET_OLD: text,
  DINGTALK_ROBOT_CODE: text,
  DINGTALK_API_BASE: web.default('https://api.dingtalk.com'),
  WECHATY_PUPPET: text,
  WECHATY_PUPPET_SERVICE_TOKEN: text,
  WECHATY_PUPPET_SERVICE_ENDPOINT: one(/^[\w.-]+:\d{1,5}$/, '应为 主机:端口，如 127.0.0.1:18990').optional(),
  WECHATY_NAME: one(/^[\w-]{1,40}$/, '应为字母、数字、- 和 _，如 liaison').optional(),
  OFFICES_FILE: text,
  LLM_BASE_URL: web.optional(),
  LLM_MODEL: text,
  LLM_KEY: text,
  EVIDENCE_HOSTS: z.string().default('').transform(hosts),
  LEDGER_HASH: z.enum(['sm3', 'sha256'], '应为 sm3 或 sha256').default('sm3'),
  /** Who asks for /metrics says it as a bearer; without one the figures are told only to who asks this process directly. */
  METRICS_TOKEN: one(/^[\w.~+/-]{16,200}=*$/, '应为 16 个以上的字母、数字和 . _ ~ + / -').optional(),
  /** Messages a minute of one sender, and said to the bot in one room; 0 takes any number. */
  RATE_PER_SENDER: count.default(60),
  RATE_PER_ROOM: count.default(240),
  /** Addresses of the proxies in front, whose X-Forwarded-For is believed. */
  TRUSTED_PROXY: z.string().default('').transform(hosts),
  MAX_CONNECTIONS: many.default(2000),
  /** How long a process that is told to end says so on /readyz before it takes no more. */
  DRAIN_SECONDS: one(/^([0-9]|[1-5]\d|60)$/, '应为 0 到 60 的整数')
    .default('0')
    .transform(Number),
  /** A folder for a backup a night; SQLite alone. */
  BACKUP_DIR: text,
  BACKUP_KEEP_DAYS: many.default(30),
  /** What is less than this is not logged. */
  LOG_LEVEL: z.enum(['error', 'warn', 'info'], '应为 error、warn 或 info').default('info'),
  DUBAN_NOW: one(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/,
    '应为带时区的时间，如 2017-08-21T09:00:00+08:00',
  )
    .refine((time) => !Number.isNaN(Date.parse(time)), '应为存在的时间，如 2017-08-21T09:00:00+08:00')
    .transform((time) => new Date(time))
    .optional(),
})
export type Environment = z.infer<typeof Environment>
