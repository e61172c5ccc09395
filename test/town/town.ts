import { expect } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import { renderText } from '../../adapters/console/index.ts'
import type { OfficeStore } from '../../db/store.ts'
import { actorOf, turn } from '../../src/cli/turn.ts'
import type { Deps } from '../../src/flow/deps.ts'
import type { Turn } from '../../src/flow/dispatch.ts'
import { importPlan, releasePlan } from '../../src/flow/import.ts'
import { createOfficeCache, ensureOffice } from '../../src/flow/office.ts'
import { applyRoster } from '../../src/flow/roster.ts'
import { parse } from '../../src/plan/parse.ts'
import type { Notices } from '../../src/time/calendar.ts'
import { atOffice } from '../../src/time/day.ts'
import { readRosterJson } from '../../src/unit/roster.ts'
import { townDeps, ZONE } from './deps.ts'
import { townPlan, townRoster } from './plan.ts'

export { townDeps }

const stamp = (deps: Deps) => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })

/** Most towns open with one and the same plan. */
const parsed = new Map<string, ReturnType<typeof parse>>()
const parsedOnce = (text: string, bytes: Uint8Array): ReturnType<typeof parse> => {
  const known = parsed.get(text) ?? parse(bytes)
  parsed.set(text, known)
  return structuredClone(known)
}

interface TownOptions {
  plan?: string
  roster?: unknown
  adapters?: Adapter[]
  /** The day on which it is released; the day of issue of the town's own plan where absent. */
  day?: string
  /** The holiday notices that are out. */
  notices?: Notices
}

/** An office with the town's roster and plan, released on the day of issue. */
export const openTown = async (store: OfficeStore, options: TownOptions = {}) => {
  const clock = { now: atOffice(options.day ?? '2017-07-11', '10:00', ZONE) }
  const deps = townDeps(store, clock, options.adapters, options.notices)
  await ensureOffice(store, { name: '云溪市', zone: ZONE })
  if (options.roster !== null) await applyRoster(deps, readRosterJson(options.roster ?? townRoster), stamp(deps))
  const text = options.plan ?? townPlan
  const bytes = new TextEncoder().encode(text)
  const imported = await importPlan(deps, parsedOnce(text, bytes), bytes, stamp(deps))
  await releasePlan(deps, imported.plan, stamp(deps))

  const on = (day: string, time = '10:00') => {
    clock.now = atOffice(day, time, ZONE)
  }
  return {
    deps,
    /** A server whose program came with other notices, on the same database and clock. */
    withNotices: (notices: Notices) => ({ ...deps, cache: createOfficeCache(ZONE, notices) }),
    code: imported.code,
    on,
    /** `town.as('liaison:市财政局').says('…')` gives what the bot answered. */
    as: (who: string, room?: string) => ({
      says: async (text: string) => hearing(await turn({ deps }, await actorOf({ deps }, who), text, room)),
    }),
  }
}

export type Town = Awaited<ReturnType<typeof openTown>>

const hearing = (done: Turn) => {
  const text = done.reply ? renderText(done.reply) : ''
  return {
    ...done,
    text,
    codes: done.rows.map((row) => row.task),
    hears(...patterns: (RegExp | string)[]) {
      for (const pattern of patterns) expect(text).toMatch(pattern)
      return this
    },
    misses(...patterns: RegExp[]) {
      for (const pattern of patterns) expect(text).not.toMatch(pattern)
      return this
    },
  }
}
