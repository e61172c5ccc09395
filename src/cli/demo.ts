import { readFile, rm } from 'node:fs/promises'
import { max } from 'drizzle-orm'
import type { Store } from '../../db/store.ts'
import { type Config, DEFAULT_OFFICE } from '../config.ts'
import { importPlan, releasePlan } from '../flow/import.ts'
import { ensureOffice } from '../flow/office.ts'
import { applyRoster } from '../flow/roster.ts'
import type { Day } from '../model/deadline.ts'
import { nodeDeps } from '../node-deps.ts'
import { readPlanFile } from '../plan/parse-file.ts'
import { addMonths, atOffice, dayOf, startOf } from '../time/day.ts'
import { readRosterJson } from '../unit/roster.ts'
import { enterCast } from './demo/cast.ts'
import { fillPast } from './demo/past.ts'
import { stampOf } from './runtime.ts'

const example = (name: string): Promise<Buffer> => readFile(new URL(`../../examples/${name}`, import.meta.url))

interface Given {
  config: Config
  store: Store
  now(): Date
}

/**
 * Puts the example plan and its roster into the demo database, with what became of its duties in the month before, unless it
 * is there. Everything is entered as of its own day.
 */
export const fillDemo = async ({ config, store, now }: Given): Promise<void> => {
  const until = now()
  let at = until
  const deps = nodeDeps({ config, store, now: () => at, log: () => undefined, office: DEFAULT_OFFICE }, new Set())
  if ((await deps.cache(deps.store)).view.plans.some((plan) => plan.state !== 'draft')) return
  const today = dayOf(until, config.zone)
  const { year, issuedOn } = editionOn(today)
  const from = beginOn(today, issuedOn)
  at = atOffice(from, '09:00', config.zone)
  if (at > until) at = until
  await ensureOffice(deps.store, { name: '云岭市', zone: config.zone, demo: true })
  await applyRoster(deps, readRosterJson(JSON.parse((await example('roster.json')).toString('utf8'))), stampOf(deps))
  await enterCast(deps)
  const bytes = new TextEncoder().encode(edited((await example('plan.txt')).toString('utf8'), year, issuedOn))
  const { draft, lines } = await readPlanFile(bytes, { name: 'plan.txt' })
  const { plan } = await importPlan(deps, draft, bytes, stampOf(deps), { lines })
  await releasePlan(deps, plan, stampOf(deps), from)
  await fillPast(deps, from, until, (moment) => {
    at = moment
  })
}

/** Takes the demo's database away, with what SQLite keeps beside it. */
export const emptyDemo = async (path: string): Promise<void> => {
  for (const end of ['', '-wal', '-shm']) await rm(`${path}${end}`, { force: true })
}

/** The latest moment that the demo has seen: its clock may have been moved, and never goes back behind that. */
export const lastMoment = async (store: Store): Promise<Date> => {
  const { q, t } = store.of(DEFAULT_OFFICE)
  const [facts] = await q.select({ at: max(t.facts.at) }).from(t.facts)
  const [seals] = await q.select({ at: max(t.seals.at) }).from(t.seals)
  return new Date(Math.max(facts?.at?.getTime() ?? 0, seals?.at?.getTime() ?? 0))
}

/** The year for which the example is written, and the day on which it is issued. */
const EXAMPLE_YEAR = 2026
const ISSUED = { month: 3, date: 20 }

/**
 * The edition of the example that has something due and something past on that day: last year's in January, in spring one
 * that was issued in January, from then on the one of the year as it is written.
 */
const editionOn = (today: Day): { year: number; issuedOn: Day } => {
  const year = Number(today.slice(0, 4))
  if (today < `${year}-02-01`) return { year: year - 1, issuedOn: `${year - 1}-03-20` }
  return { year, issuedOn: today < `${year}-04-20` ? `${year}-01-04` : `${year}-03-20` }
}

/** From the first of the month before, so that something has happened, and not before the day of issue. */
const beginOn = (today: Day, issuedOn: Day): Day => {
  const before = addMonths(startOf(today, 'month'), -1)
  return before < issuedOn ? issuedOn : before
}

/** The example as if written for the year and issued on that day. */
const edited = (text: string, year: number, issuedOn: Day): string =>
  text
    .replace(/(?<!\d)20\d\d(?!\d)/g, (written) => String(Number(written) + year - EXAMPLE_YEAR))
    .replaceAll(`${ISSUED.month}月${ISSUED.date}日`, `${Number(issuedOn.slice(5, 7))}月${Number(issuedOn.slice(8))}日`)

export const whatToTry = (
  url: string,
  path: string,
): string => `这是演示：示例方案和通讯录已导入 ${path}，没有连接任何平台。在浏览器里打开：
  模拟群    ${url}/try      选一个身份，和机器人说话；可以把日期往后调，看推送
  网页版    ${url}/signin   选一个身份进入
也可以另开一个终端试试：
  export DATABASE_URL=file:${path}
  npm run -s duban -- say '本月有哪些到期任务' --as leader
  npm run -s duban -- say '帮助' --as liaison:市财政局
  npm run -s duban -- chat --as office
Ctrl+C 结束。`
