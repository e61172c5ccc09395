import { createConsoleAdapter } from '../../adapters/console/index.ts'
import { officeVersion } from '../../db/queries/office.ts'
import { type Config, DEFAULT_OFFICE, type Installation, type Office } from '../config.ts'
import type { Deps } from '../flow/deps.ts'
import { ensureOffice } from '../flow/office.ts'
import { BadInput } from '../model/problem.ts'
import { baseUrl } from '../node/base-url.ts'
import { installationOf } from '../node/environment.ts'
import { openLog } from '../node/log.ts'
import { openDatabase } from '../node/upgrade.ts'
import { nodeDeps } from '../node-deps.ts'
import { atOffice } from '../time/day.ts'
import { dayArg, instantArg, type Shared } from './args.ts'
import { err, out } from './print.ts'

const SHOWN = 20

/** The office that a command is for. @throws BadInput where there are several and none of them is named */
export const chosenOffice = ({ offices, listed }: Installation, name: string | undefined): Office => {
  const only = offices.length === 1 ? offices[0] : undefined
  const found = name === undefined || !listed ? only : offices.find(({ office }) => office === name)
  if (found) return found
  const names = `${offices
    .slice(0, SHOWN)
    .map(({ office }) => office)
    .join('、')}${offices.length > SHOWN ? '…' : ''}`
  throw new BadInput(
    name === undefined
      ? `OFFICES_FILE 里有 ${offices.length} 个机关，请用 --office 指明是哪一个：${names}`
      : `OFFICES_FILE 里没有“${name}”这个机关。有：${names}`,
  )
}

/** The clock of a command: `--now`, else `--today` at 10:00 office time, else DUBAN_NOW, else the real one. */
export const clockOf = (config: Pick<Config, 'now' | 'zone'>, shared: Shared): (() => Date) => {
  if (shared.now !== undefined) {
    const at = instantArg(shared.now, '--now', config.zone)
    return () => at
  }
  if (shared.today !== undefined) {
    const at = atOffice(dayArg(shared.today, '--today'), '10:00', config.zone)
    return () => at
  }
  const fixed = config.now
  return fixed === undefined ? () => new Date() : () => new Date(fixed)
}

/** The clock of a server: where a command's stands still, this one goes on from there, so that what waits comes due. */
export const runningClockOf = (config: Pick<Config, 'now' | 'zone'>, shared: Shared): (() => Date) => {
  const clock = clockOf(config, shared)
  if (shared.now === undefined && shared.today === undefined && config.now === undefined) return clock
  const from = clock().getTime() - performance.now()
  return () => new Date(from + performance.now())
}

/** Everything that a command of this machine's administrator works with; `close` ends it. */
export const openRuntime = async (shared: Shared, env: NodeJS.ProcessEnv = process.env) => {
  const installation = installationOf(env, shared.office)
  const { office, name, config } = chosenOffice(installation, shared.office)
  const now = clockOf(config, shared)
  const store = await openDatabase(config, { now, tell: err })
  const pending = new Set<Promise<unknown>>()
  const log = env.DUBAN_LOG ? openLog({ now, level: config.logLevel }).log : () => undefined
  const deps: Deps = {
    ...nodeDeps({ config, store, now, log, office }, pending),
    adapters: [createConsoleAdapter(out)],
  }
  // Without a list any name is an office: whoever mistyped one sees that an empty one was begun.
  if (!installation.listed && office !== DEFAULT_OFFICE && (await officeVersion(deps.store)) === undefined)
    err(`数据库里原来没有“${office}”这个机关，现在新建了一个空的。如果是名字写错了，请改正 --office`)
  await ensureOffice(deps.store, { name: name || (office === DEFAULT_OFFICE ? '' : office), zone: config.zone })
  const { view } = await deps.cache(deps.store)
  // A demonstration is looked at on this machine.
  if (view.demo && config.publicUrl === undefined) deps.publicUrl = baseUrl(config.host, config.port)
  const close = async () => {
    await Promise.allSettled([...pending])
    await store.close()
  }
  return { config, store, deps, close }
}

export type Runtime = Awaited<ReturnType<typeof openRuntime>>

/** Runs work on an open runtime and closes it whatever happens. */
export const withRuntime = async <T>(shared: Shared, work: (runtime: Runtime) => Promise<T>): Promise<T> => {
  const runtime = await openRuntime(shared)
  try {
    return await work(runtime)
  } finally {
    await runtime.close()
  }
}

/**
 * Runs work for the office that `--office` names, else for every office of the installation one after another, each under
 * its name where there are several. Returns what went wrong: one that fails does not keep the others.
 */
export const forOffices = async (shared: Shared, work: (runtime: Runtime) => Promise<void>): Promise<Error[]> => {
  const { offices, listed } = installationOf(process.env, shared.office)
  const several = listed && shared.office === undefined && offices.length > 1
  const failed: Error[] = []
  for (const { office, name } of several ? offices : offices.slice(0, 1)) {
    if (several) out(`【${name}（${office}）】`)
    try {
      await withRuntime(several ? { ...shared, office } : shared, work)
    } catch (error) {
      if (!several || !(error instanceof Error)) throw error
      failed.push(error)
      err(error.message)
    }
  }
  return failed
}

/** How the command line signs its facts: the machine's administrator. */
export const stampOf = (deps: Pick<Deps, 'now' | 'newId'>) => ({
  by: 'admin:cli',
  via: `cli:${deps.newId()}`,
  at: deps.now(),
})
