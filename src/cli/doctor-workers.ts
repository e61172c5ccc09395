import { existsSync, readFileSync } from 'node:fs'
import { platformStates } from '../config/platforms.ts'
import type { Config, Installation } from '../config.ts'
import { installationOf } from '../node/environment.ts'
import { out } from './print.ts'

/** A thing that was looked at: `well` false where it cannot run on Workers as it is set. */
export interface Finding {
  well: boolean
  text: string
}

const fine = (text: string): Finding => ({ well: true, text })
const wrong = (text: string): Finding => ({ well: false, text })

/** What Cloudflare keeps in one variable. */
const MOST_VARIABLE = 5000

/** By the doors of a platform that is on: can it run there, and what else could. */
const verdictOf = (door: string, config: Config): Finding => {
  if (door === 'lark')
    return config.platforms.lark?.mode === 'socket'
      ? wrong('长连接要常驻进程：改用回调（LARK_MODE=webhook，补上 LARK_ENCRYPT_KEY、LARK_VERIFICATION_TOKEN）')
      : fine('能用（回调）')
  if (door === 'wecom-bot-socket')
    return wrong('长连接要常驻进程：改用回调（WECOM_BOT_TOKEN、WECOM_BOT_AES_KEY），群里的推送用群机器人')
  if (door === 'wecom')
    return new URL(config.groupRobots.apiBase).hostname === 'qyapi.weixin.qq.com'
      ? wrong(
          '收得到，发不出：Workers 没有固定的出口 IP，填不了“企业可信IP”（60020）。把 WECOM_API_BASE 指到一台有固定 IP 的反向代理，代理的 IP 填进可信 IP',
        )
      : fine(`能用，经 ${config.groupRobots.apiBase} 发出；把它的出口 IP 填进“企业可信IP”`)
  if (door === 'wechat') return wrong('要常驻进程，Workers 上不能用：改用 Node')
  if (door === 'dingtalk') return fine('只有 HTTP 模式能用：机器人的消息接收模式不要选 Stream')
  return fine('能用（回调）')
}

const platformsOf = (config: Config): Finding[] =>
  platformStates(config)
    .filter(({ how }) => how !== undefined)
    .map(({ name, doors: [door = ''] }) => {
      const { well, text } = verdictOf(door, config)
      return { well, text: `${name}：${text}` }
    })

const officeFindings = (config: Config): Finding[] => {
  const platforms = platformsOf(config)
  return [
    ...(platforms.length > 0 ? platforms : [fine('没有接任何平台：只有网页版')]),
    config.publicUrl === undefined
      ? wrong(
          '没有设 PUBLIC_URL：机器人给不出网页版的登录链接。设成 Worker 的地址，如 https://duban.您的子域.workers.dev',
        )
      : fine(`网页版：${config.publicUrl}`),
    config.firstLink === undefined
      ? wrong(
          '没有设 FIRST_LINK_SECRET：第一次登录网页版要用它（登录过以后可以去掉）。用 openssl rand -base64 24 | tr +/ -_ 生成',
        )
      : fine(
          '第一次登录：打开 PUBLIC_URL/signin#机关.FIRST_LINK_SECRET 的值（只有一个机关时，机关写 default），有人登录过就作废',
        ),
    ...(config.languageModel ? [fine('大模型：Workers 只连得到公网，接口在单位内网的用不了')] : []),
  ]
}

/** What wrangler.toml says of the database and the bucket; the file is the one of the repository, whose lines are known. */
const tomlFindings = (toml: string): Finding[] => [
  /^database_id = "[0-9a-f]{8}-[0-9a-f-]{27}"/m.test(toml)
    ? fine('wrangler.toml：数据库已填')
    : wrong('wrangler.toml 的 database_id 还没有填：npx wrangler d1 create duban 会打印'),
  /^\[\[r2_buckets\]\]/m.test(toml)
    ? fine('wrangler.toml：存档桶已填')
    : wrong('wrangler.toml 没有 r2_buckets：方案的原文件、佐证和签发的文书都不存。建好桶，去掉那三行前的 #'),
]

const variableFindings = (env: Record<string, string | undefined>): Finding[] => {
  const files = Object.keys(env).filter((name) => /^(LARK|WECOM|DINGTALK|LLM)_\w+_FILE$/.test(name) && env[name])
  const long = Object.entries(env).filter(
    ([name, value]) => /^OFFICES_FILE(_\d+)?$/.test(name) && Buffer.byteLength(value ?? '') > MOST_VARIABLE,
  )
  return [
    ...files.map((name) =>
      wrong(`${name}：Workers 上没有文件，用 npx wrangler secret put ${name.replace(/_FILE$/, '')}`),
    ),
    ...long.map(([name]) =>
      wrong(
        `${name} 超过 5 KB，Cloudflare 一个变量放不下：拆成 OFFICES_FILE、OFFICES_FILE_2、OFFICES_FILE_3…，按次序接起来是整个 JSON`,
      ),
    ),
  ]
}

/** What of this installation runs on Cloudflare Workers, and what would instead; `toml` is wrangler.toml, where there is one. */
export const workersFindings = (
  { offices, listed }: Installation,
  env: Record<string, string | undefined>,
  toml: string | undefined,
): Finding[] => [
  ...(toml === undefined ? [wrong('这里没有 wrangler.toml：请在程序的目录里运行')] : tomlFindings(toml)),
  ...variableFindings(env),
  ...offices.flatMap(({ name, office, config }) =>
    officeFindings(config).map(({ well, text }) => ({ well, text: listed ? `${name}（${office}）${text}` : text })),
  ),
  fine('Workers 上没有的：长连接、微信、卡片和文书里的图、命令行（导入、导出、登记人员都在网页版）'),
  fine('读方案：Word、Excel、OFD 8MB，PDF 4MB，网页和文本 1.5MB 以内；更大的在电脑上另存、精简后再上传'),
]

/** Prints it; exit 1 where something that is set cannot run there. */
export const tellWorkers = (office: string | undefined): void => {
  const toml = existsSync('wrangler.toml') ? readFileSync('wrangler.toml', 'utf8') : undefined
  const findings = workersFindings(installationOf(process.env, office), process.env, toml)
  for (const { well, text } of findings) out(well ? text : `问题：${text}`)
  if (findings.some(({ well }) => !well)) process.exitCode = 1
}
