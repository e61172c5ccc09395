import { Environment } from './config/environment.ts'
import { type ListedOffice, officesIn, type Variables } from './config/offices.ts'
import { groupRobotsOf, languageModelOf, platformsOf, rotationsOf } from './config/platforms.ts'
import { fileOf, withFiles } from './config/secrets.ts'
import { BadInput } from './model/problem.ts'

/** `file:./data/a.db` and `file:///a.db` are paths, `file::memory:` is `:memory:`; a server keeps its URL. */
const databaseOf = (url: string) =>
  url.startsWith('file:')
    ? { kind: 'sqlite' as const, path: url.slice(5).replace(/^\/\/(?=\/)/, '') }
    : { kind: 'postgres' as const, url }

const configOf = (env: Environment) => ({
  database: databaseOf(env.DATABASE_URL),
  /** Connections to a database server at most; the store's own number where absent. */
  connections: env.DATABASE_POOL,
  /** Under which identity columns are sealed, and what it was before; see db/sealing.ts. */
  identityKeys: { key: env.IDENTITY_KEY, old: env.IDENTITY_KEY_OLD },
  port: env.PORT,
  host: env.HOST,
  /** IANA name of the office's time zone. */
  zone: env.TZ_OFFICE,
  dataDir: env.DATA_DIR,
  publicUrl: env.PUBLIC_URL,
  /** The secret of the first administrator's link, where the process cannot print one. */
  firstLink: env.FIRST_LINK_SECRET,
  botName: env.BOT_NAME,
  platforms: platformsOf(env),
  /** WeCom's group robots, beside whatever else is on. */
  groupRobots: groupRobotsOf(env),
  /** Which `_OLD` variables are set: keys that are being rotated. */
  rotations: rotationsOf(env),
  officesFile: env.OFFICES_FILE,
  languageModel: languageModelOf(env),
  /** Host suffixes that a report's links may have; empty: any. */
  evidenceHosts: env.EVIDENCE_HOSTS,
  /** Messages a minute that one sender may send, and that one room may say to the bot; 0: any number. */
  rates: { sender: env.RATE_PER_SENDER, room: env.RATE_PER_ROOM },
  /** Whose word on a client's address is taken: proxies in front of this process. */
  trustedProxy: env.TRUSTED_PROXY,
  mostConnections: env.MAX_CONNECTIONS,
  ledgerHash: env.LEDGER_HASH,
  logLevel: env.LOG_LEVEL,
  metricsToken: env.METRICS_TOKEN,
  drainMs: env.DRAIN_SECONDS * 1000,
  /** Where a backup a night goes, and for how many days it is kept. */
  backup: env.BACKUP_DIR === undefined ? undefined : { folder: env.BACKUP_DIR, keepDays: env.BACKUP_KEEP_DAYS },
  /** Stands for the clock, in scripts. */
  now: env.DUBAN_NOW,
})

/** What the program was told to be. A platform whose variables are absent is undefined: off. */
export type Config = ReturnType<typeof configOf>

const isText = (entry: [string, unknown]): entry is [string, string] =>
  typeof entry[1] === 'string' && entry[1].trim() !== ''

const KNOWN = Object.keys(Environment.shape)

/** What is set, without what is empty; a Worker's bindings hold objects too, which are passed over. */
const setOf = (env: Record<string, string | undefined>): Variables =>
  Object.fromEntries(
    Object.entries(env)
      .filter(isText)
      .map(([name, value]) => [name, value.trim()]),
  )

const configIn = (variables: Variables): Config => {
  const read = Environment.safeParse(variables)
  if (!read.success)
    throw new BadInput(read.error.issues.map((issue) => `${String(issue.path[0])} 不对：${issue.message}`).join('；'))
  return configOf(read.data)
}

/**
 * Reads the environment of one office (`process.env`, or a Worker's bindings); an empty value is none.
 * @throws BadInput in one line: which variable is wrong or missing and what would be right, never a value.
 */
export const readConfig = (env: Record<string, string | undefined>): Config => configIn(setOf(env))

export const DEFAULT_OFFICE = 'default'

export interface Office extends Pick<ListedOffice, 'office' | 'name' | 'above'> {
  config: Config
}

/** What one process serves. */
export interface Installation {
  /** What is the process's own: database, address, folder. */
  config: Config
  offices: readonly Office[]
  /** Are they those of OFFICES_FILE? Then the webhooks' paths end in the office's name. */
  listed: boolean
}

/** An installation of one office, which needs no name. */
const onlyOffice = (config: Config, office = DEFAULT_OFFICE): Installation => ({
  config,
  offices: [{ office, name: '', config }],
  listed: false,
})

/** Whose variables are wrong stands first. @throws BadInput */
const forOffice = <T>(office: string, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    throw error instanceof BadInput ? new BadInput(`OFFICES_FILE 里的 ${office}：${error.message}`) : error
  }
}

/**
 * Reads the environment of a process: the offices of OFFICES_FILE (a path, or the JSON itself), else the only one, which is
 * `office`. `readText` reads a file; where there are none (Workers) it throws. @throws BadInput in one line, see readConfig
 */
export function readInstallation(
  env: Record<string, string | undefined>,
  readText: (path: string) => string,
  office?: string,
): Installation {
  const own = withFiles(setOf(env), KNOWN, readText)
  const { OFFICES_FILE: file, ...shared } = own
  if (file === undefined) return onlyOffice(configIn(own), office)
  const text = file.startsWith('{') ? file : fileOf('OFFICES_FILE', file, readText)
  const offices = officesIn(text, shared, KNOWN).map(({ env: variables, ...each }) => ({
    ...each,
    config: forOffice(each.office, () => configIn(withFiles(variables, KNOWN, readText))),
  }))
  return { config: configIn(shared), offices, listed: true }
}
