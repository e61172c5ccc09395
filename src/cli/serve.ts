import { openStore } from '../../db/open.ts'
import { platformStates } from '../config/platforms.ts'
import { type Config, DEFAULT_OFFICE, type Office } from '../config.ts'
import { installationOf } from '../node/environment.ts'
import { openLog, tellCrash } from '../node/log.ts'
import { troubleOf } from '../node/misfit.ts'
import { openDatabase } from '../node/upgrade.ts'
import { serveNode, serveOffices } from '../node.ts'
import { readArgs } from './args.ts'
import { databaseFile } from './database-file.ts'
import { startNightly } from './nightly.ts'
import { err, out } from './print.ts'
import { chosenOffice, runningClockOf } from './runtime.ts'

const usage = 'serve [--demo]'

/** What is on for an office, and where each platform that calls has to call. */
const tellPlatforms = ({ office, name, config }: Office, listed: boolean): void => {
  const on = platformStates(config).filter(({ how }) => how !== undefined)
  if (listed) out(`${name}（${office}）`)
  if (on.length === 0) out('没有接任何平台：只能在命令行里用。怎么接见 docs/platforms/README.md')
  const end = listed ? `/${office}` : ''
  for (const { name: platform, how, calls } of on)
    out(`${platform}：${how}${calls ? `；接收地址 https://您的域名${calls}${end}` : ''}`)
}

/** Ends on SIGTERM or SIGINT, when what was under way is settled. */
const untilStopped = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => done())
  })

/** A clock that goes on from that of the process, and can be put forward. */
const movable = (base: () => Date) => {
  let ahead = 0
  const now = () => new Date(base().getTime() + ahead)
  const moveTo = (at: Date): void => {
    ahead += Math.max(0, at.getTime() - now().getTime())
  }
  return { now, moveTo }
}

/**
 * The demonstration: on a database of its own, with the simulated group and a clock that can be put forward. Begun anew, it is
 * served again at the same address on a fresh database.
 */
const serveDemo = async (config: Config, office: string, base: () => Date, stopped: Promise<void>): Promise<void> => {
  const { emptyDemo, fillDemo, lastMoment, whatToTry } = await import('./demo.ts')
  const path = `${config.dataDir}/demo.db`
  let { port } = config
  for (let first = true, anew = true; anew; first = false) {
    if (!first) await emptyDemo(path)
    const { now, moveTo } = movable(base)
    const store = await openStore(`file:${path}`)
    try {
      await fillDemo({ config, store, now })
      moveTo(await lastMoment(store))
      const { log } = openLog({ now, level: config.logLevel })
      let again = (): void => undefined
      const asked = new Promise<void>((done) => {
        again = done
      })
      const given = { config: { ...config, port }, store, now, log, office }
      const serving = await serveNode(given, undefined, { moveTo, again })
      port = Number(new URL(serving.url).port)
      out(first ? `督办已启动：${serving.url}` : '演示已重新开始')
      if (first) out(whatToTry(serving.url, path))
      anew = await Promise.race([asked.then(() => true), stopped.then(() => false)])
      await serving.stop()
    } finally {
      await store.close()
    }
  }
}

export const run = async (argv: string[]): Promise<void> => {
  const { values } = readArgs(argv, { demo: { type: 'boolean' } }, usage)
  const installation = installationOf(process.env, values.office)
  const { config, listed } = installation
  // One of several may be served alone.
  const offices = values.office === undefined ? installation.offices : [chosenOffice(installation, values.office)]
  const chosen = (process.env.DATABASE_URL ?? '').trim() !== ''
  const anything = chosen || listed || platformStates(config).some(({ how }) => how !== undefined)
  const now = runningClockOf(config, values)
  // From here on, so that a signal during the start ends it in good order too.
  const stopped = untilStopped()
  if (values.demo === true && !anything) return serveDemo(config, values.office ?? DEFAULT_OFFICE, now, stopped)
  // What is backed up each night is a file: said before anything is begun.
  if (config.backup) databaseFile(config, '备份')
  const lines = openLog({ now, level: config.logLevel })
  tellCrash(lines.log)
  const store = await openDatabase(config, { now, tell: err })
  const trouble = troubleOf(store.dialect)
  if (trouble) err(trouble)
  try {
    const serving = await serveOffices(
      offices.map((each) => ({ ...each, store, now, log: listed ? lines.of(each.office) : lines.log })),
      undefined,
      undefined,
      lines.log,
    )
    out(`督办已启动：${serving.url}`)
    if (serving.firstLink) out(`网页版（十分钟内有效，只能用一次）：${serving.firstLink}`)
    for (const office of offices) tellPlatforms(office, listed)
    const endNightly = startNightly({ config, store, office: offices[0]?.office ?? '', now, log: lines.log })
    await stopped
    endNightly()
    await serving.stop()
  } finally {
    await store.close()
  }
}
