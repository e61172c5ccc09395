import { z } from 'zod'
import { BadInput } from '../model/problem.ts'
import { placeWords, wrongWords } from '../model/wrong-value.ts'

/** Of the whole process: no office has its own. */
const PROCESS = [
  ...['DATABASE_URL', 'DATABASE_POOL', 'PORT', 'HOST', 'DATA_DIR', 'LEDGER_HASH', 'DUBAN_NOW', 'OFFICES_FILE'],
  ...['LOG_LEVEL', 'METRICS_TOKEN', 'DRAIN_SECONDS', 'BACKUP_DIR', 'BACKUP_KEEP_DAYS'],
  ...['TRUSTED_PROXY', 'MAX_CONNECTIONS', 'IDENTITY_KEY', 'IDENTITY_KEY_OLD'],
]
/** What the environment says holds for every office that says nothing else. */
const INHERITED = [
  'TZ_OFFICE',
  'BOT_NAME',
  'PUBLIC_URL',
  'LLM_BASE_URL',
  'LLM_MODEL',
  'LLM_KEY',
  'EVIDENCE_HOSTS',
  'RATE_PER_SENDER',
  'RATE_PER_ROOM',
]
/** Who is called there: two offices under one of them would take each other's messages. */
const ACCOUNTS = [
  ...['LARK_APP_ID', 'WECOM_AGENT_ID', 'WECOM_BOT_ID', 'WECOM_BOT_TOKEN'],
  ...['DINGTALK_CLIENT_ID', 'WECHATY_PUPPET_SERVICE_TOKEN', 'WECHATY_NAME'],
]

export type Variables = Readonly<Record<string, string>>

/** An office's name in addresses and on the command line, and of its folder. */
const officeName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, '应为小写字母、数字和 -，至多 32 个，如 yunling')

const Listed = z.strictObject({
  office: officeName,
  name: z.string().trim().min(1, '应写机关的名称').max(60, '至多 60 字'),
  zone: z.string().optional(),
  /** The office above, and which of its units this office is: its duties come down, the report goes up as one. */
  above: z
    .strictObject({ office: officeName, unit: z.string().trim().min(1, '应写上级通讯录里的单位名称') })
    .optional(),
  env: z.record(z.string(), z.string()).default({}),
})
type Listed = z.infer<typeof Listed>
const OfficesFile = z.strictObject({ offices: z.array(Listed).min(1, '至少写一个机关') })

const wrong = (what: string): never => {
  throw new BadInput(`OFFICES_FILE 不对：${what}`)
}

const twice = (values: readonly string[]): string | undefined => values.find((value, i) => values.indexOf(value) < i)

/** Its account on a platform; WeCom's agents are numbered within a corporation. */
const accountsOf = ({ env }: Listed): string[] =>
  ACCOUNTS.flatMap((name) =>
    env[name] ? `${name}=${name === 'WECOM_AGENT_ID' ? `${env.WECOM_CORP_ID} ` : ''}${env[name]}` : [],
  )

const checkVariables = (offices: readonly Listed[], known: readonly string[]): void => {
  for (const { office, env } of offices)
    for (const name of Object.keys(env)) {
      const own = name.replace(/_FILE$/, '')
      if (PROCESS.includes(name) || PROCESS.includes(own)) wrong(`${office} 的 env 里不能有 ${name}：它是整个进程的`)
      if (!known.includes(own)) wrong(`${office} 的 env 里的 ${name} 不认得`)
    }
}

/** From an office upward nobody comes twice. */
const checkAbove = (offices: readonly Listed[]): void => {
  const byName = new Map(offices.map((each) => [each.office, each]))
  for (const { office, above } of offices) {
    const seen = [office]
    for (let next = above; next; next = byName.get(next.office)?.above) {
      if (!byName.has(next.office)) wrong(`${office} 的上级 ${next.office} 不在文件里`)
      if (seen.includes(next.office)) wrong(`${office} 的上级绕回了 ${next.office}`)
      seen.push(next.office)
    }
  }
  const places = offices.flatMap(({ above }) => (above ? `${above.office} 的 ${above.unit}` : []))
  const double = twice(places)
  if (double) wrong(`有两个机关都是 ${double}`)
}

const parsed = (text: string): Listed[] => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return wrong('不是 JSON，写法见 docs/offices.md')
  }
  const read = OfficesFile.safeParse(json)
  if (read.success) return read.data.offices
  const [issue] = read.error.issues
  return wrong(`${placeWords(issue?.path ?? [])} ${issue ? wrongWords(issue) : ''}`)
}

/** An office of the file with all the variables that hold for it, those of the process among them. */
export interface ListedOffice extends Pick<Listed, 'office' | 'name' | 'above'> {
  env: Variables
}

/**
 * The offices of OFFICES_FILE, `text` being its JSON and `shared` the process's environment; `known` are the variables that
 * there are. @throws BadInput in one line that names the office and never a value
 */
export function officesIn(text: string, shared: Variables, known: readonly string[]): ListedOffice[] {
  const offices = parsed(text)
  const double = twice(offices.map(({ office }) => office)) ?? twice(offices.flatMap(accountsOf))?.split('=')[0]
  if (double) wrong(`有两个机关的 ${double} 相同`)
  checkVariables(offices, known)
  checkAbove(offices)
  const bases = (name: string) => [name, name.replace(/_FILE$/, '')]
  const astray = Object.keys(shared).find(
    (name) =>
      bases(name).some((base) => known.includes(base)) &&
      ![...PROCESS, ...INHERITED].some((own) => bases(name).includes(own)),
  )
  if (astray) wrong(`设了 OFFICES_FILE，${astray} 就应写在文件里它的那个机关下面`)
  return offices.map(({ zone, env, ...office }) => ({
    ...office,
    env: { ...shared, ...env, ...(zone !== undefined && { TZ_OFFICE: zone }) },
  }))
}
