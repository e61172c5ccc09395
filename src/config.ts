import { Environment } from './config/environment.ts'
import { groupRobotsOf, languageModelOf, platformsOf } from './config/platforms.ts'
import { BadInput } from './model/problem.ts'

/** `file:./data/a.db` and `file:///a.db` are paths, `file::memory:` is `:memory:`; a server keeps its URL. */
const databaseOf = (url: string) =>
  url.startsWith('file:')
    ? { kind: 'sqlite' as const, path: url.slice(5).replace(/^\/\/(?=\/)/, '') }
    : { kind: 'postgres' as const, url }

const configOf = (env: Environment) => ({
  database: databaseOf(env.DATABASE_URL),
  port: env.PORT,
  host: env.HOST,
  /** IANA name of the office's time zone. */
  zone: env.TZ_OFFICE,
  dataDir: env.DATA_DIR,
  publicUrl: env.PUBLIC_URL,
  botName: env.BOT_NAME,
  platforms: platformsOf(env),
  /** WeCom's group robots, beside whatever else is on. */
  groupRobots: groupRobotsOf(env),
  officesFile: env.OFFICES_FILE,
  languageModel: languageModelOf(env),
  /** Host suffixes that a report's links may have; empty: any. */
  evidenceHosts: env.EVIDENCE_HOSTS,
  ledgerHash: env.LEDGER_HASH,
  /** Stands for the clock, in scripts. */
  now: env.DUBAN_NOW,
})

/** What the program was told to be. A platform whose variables are absent is undefined: off. */
export type Config = ReturnType<typeof configOf>

const isText = (entry: [string, unknown]): entry is [string, string] =>
  typeof entry[1] === 'string' && entry[1].trim() !== ''

/**
 * Reads the environment (`process.env`, or a Worker's bindings, whose objects are passed over); an empty value is none.
 * @throws BadInput in one line: which variable is wrong or missing and what would be right, never a value.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(env)
      .filter(isText)
      .map(([name, value]) => [name, value.trim()]),
  )
  const read = Environment.safeParse(given)
  if (!read.success)
    throw new BadInput(read.error.issues.map((issue) => `${String(issue.path[0])} 不对：${issue.message}`).join('；'))
  return configOf(read.data)
}
