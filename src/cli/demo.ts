import { readFile } from 'node:fs/promises'
import type { Store } from '../../db/store.ts'
import type { Config } from '../config.ts'
import { importPlan, releasePlan } from '../flow/import.ts'
import { ensureOffice } from '../flow/office.ts'
import { applyRoster } from '../flow/roster.ts'
import { nodeDeps } from '../node-deps.ts'
import { readPlanFile } from '../plan/parse-file.ts'
import { dayOf } from '../time/day.ts'
import { readRosterJson } from '../unit/roster.ts'
import { DEFAULT_OFFICE, stampOf } from './runtime.ts'

const example = (name: string): Promise<Buffer> => readFile(new URL(`../../examples/${name}`, import.meta.url))

/** Puts the example plan and its roster into the demo database, unless they are there; what broke off goes on. */
export const fillDemo = async ({
  config,
  store,
  now,
}: {
  config: Config
  store: Store
  now(): Date
}): Promise<void> => {
  const deps = nodeDeps({ config, store, now, log: () => undefined, office: DEFAULT_OFFICE }, new Set())
  if ((await deps.cache(deps.store)).view.plans.some((plan) => plan.state !== 'draft')) return
  await ensureOffice(deps.store, { name: '云岭市', zone: config.zone, demo: true })
  await applyRoster(deps, readRosterJson(JSON.parse((await example('roster.json')).toString('utf8'))), stampOf(deps))
  const today = dayOf(now(), config.zone)
  const bytes = new TextEncoder().encode(
    ofYear((await example('plan.txt')).toString('utf8'), Number(today.slice(0, 4))),
  )
  const { draft, lines } = await readPlanFile(bytes, { name: 'plan.txt' })
  const { plan } = await importPlan(deps, draft, bytes, stampOf(deps), { lines })
  await releasePlan(deps, plan, stampOf(deps), today)
}

/** The year for which the example is written. */
const EXAMPLE_YEAR = 2026

/** The example as if written for the year, so that a demonstration always has something due. */
const ofYear = (text: string, year: number): string =>
  text.replace(/(?<!\d)20\d\d(?!\d)/g, (written) => String(Number(written) + year - EXAMPLE_YEAR))

export const whatToTry = (path: string): string => `这是演示：示例方案和通讯录已导入 ${path}，没有连接任何平台。
另开一个终端试试：
  export DATABASE_URL=file:${path}
  npm run -s duban -- say '本月有哪些到期任务' --as leader
  npm run -s duban -- say '帮助' --as liaison:市财政局
  npm run -s duban -- chat --as office
Ctrl+C 结束。`
