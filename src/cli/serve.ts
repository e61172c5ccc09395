import { openStore } from '../../db/open.ts'
import { platformStates } from '../config/platforms.ts'
import { type Config, readConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { serveNode } from '../node.ts'
import { readArgs } from './args.ts'
import { linesTo } from './lines.ts'
import { out } from './print.ts'
import { DEFAULT_OFFICE, databaseUrl, runningClockOf } from './runtime.ts'

const usage = 'serve [--demo]'

/** What is on, and where each platform that calls has to call. */
const tellPlatforms = (config: Config): void => {
  const on = platformStates(config).filter(({ how }) => how !== undefined)
  if (on.length === 0) out('没有接任何平台：只能在命令行里用。怎么接见 docs/platforms/README.md')
  for (const { name, how, calls } of on) out(`${name}：${how}${calls ? `；接收地址 https://您的域名${calls}` : ''}`)
}

/** Ends on SIGTERM or SIGINT, when what was under way is settled. */
const untilStopped = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => done())
  })

export const run = async (argv: string[]): Promise<void> => {
  const { values } = readArgs(argv, { demo: { type: 'boolean' } }, usage)
  const config = readConfig(process.env)
  const chosen = (process.env.DATABASE_URL ?? '').trim() !== ''
  const anything = chosen || platformStates(config).some(({ how }) => how !== undefined)
  const demo = values.demo === true && !anything
  const now = runningClockOf(config, values)
  const demoPath = `${config.dataDir}/demo.db`
  const store = await openStore(demo ? `file:${demoPath}` : databaseUrl(config))
  const log = createLog(linesTo(process.stderr), now)
  // From here on, so that a signal during the start ends it in good order too.
  const stopped = untilStopped()
  try {
    if (demo) await (await import('./demo.ts')).fillDemo({ config, store, now })
    const serving = await serveNode({ config, store, now, log, office: values.office ?? DEFAULT_OFFICE })
    out(`督办已启动：${serving.url}`)
    if (serving.firstLink) out(`管理页面（十分钟内有效，只能用一次）：${serving.firstLink}`)
    if (!demo) tellPlatforms(config)
    if (demo) out((await import('./demo.ts')).whatToTry(demoPath))
    await stopped
    await serving.stop()
  } finally {
    await store.close()
  }
}
