import { describe, expect, it } from 'vitest'
import { dueCalendarOf, provisionalOf } from '../../src/flow/console/overview/days.ts'
import { movementOf } from '../../src/flow/console/overview/moved.ts'
import { type Narrowing, scopeOf } from '../../src/flow/console/overview/scope.ts'
import { themesOf } from '../../src/flow/console/overview/themes.ts'
import { overviewOf } from '../../src/flow/console/overview.ts'
import { openTown } from '../town/town.ts'
import type { Office } from './store.ts'

const leader = { id: 'l', name: '', role: 'leader' as const, units: [], charge: [] }

/** What the console's first page counts is counted alike by all stores, however it is narrowed. */
export const overview = (office: Office): void => {
  describe('the overview', () => {
    it('counts by unit, heading, day and movement', async () => {
      const town = await openTown(office())
      town.on('2017-08-15')
      await town.as('liaison:市财政局').says('1-2 6月的已公开')
      await town.as('office').says('通过 1-2')
      const { view } = await town.deps.cache(town.deps.store)
      const unit = view.units.find(({ name }) => name === '市财政局')?.id ?? ''
      const [plan] = view.plans
      const looked = async (asked: Partial<Narrowing>) => {
        const scope = await scopeOf(town.deps, leader, { unit: [], ...asked })
        if (!scope) throw new Error('a leader sees all')
        const { figures, lights } = await overviewOf(scope)
        const { themes } = await themesOf(scope)
        const { days } = await dueCalendarOf(scope, 2017)
        const moved = (await movementOf(scope)).days.map(({ day, units }) => [
          day,
          ...units.flatMap(({ name, moved, rows }) => [
            name,
            ...moved.map(({ kind, n }) => `${kind} ${n}`),
            ...rows.map(({ code }) => code),
          ]),
        ])
        const { years } = await provisionalOf(scope)
        return {
          figures: [figures.due, figures.done, figures.doneLate, figures.overdue, figures.standing],
          lights: [lights.red, lights.yellow, lights.green],
          themes: themes.map(({ theme, due, done, doneLate, overdue }) => [theme, due, done, doneLate, overdue]),
          days: days.length,
          moved,
          years,
        }
      }
      const own = {
        figures: [2, 1, 1, 1, 1],
        lights: [1, 0, 9],
        themes: [
          ['（一）围绕稳增长推进公开', 1, 1, 1, 0],
          ['三、保障措施', 1, 0, 0, 1],
        ],
        days: 8,
        moved: [['2017-08-15', '市财政局', 'reported 1', 'approved 1', '公开17-1-2', '公开17-1-2']],
        years: [],
      }
      expect(await looked({ unit: [unit] })).toEqual(own)
      expect(await looked({ unit: [unit], plan: plan?.id, year: 2017 })).toMatchObject({ ...own, lights: [1, 0, 8] })
      const all = await looked({})
      expect(all).toMatchObject({ figures: [13, 1, 1, 12, 3], moved: own.moved })
      expect((await looked({ plan: plan?.id })).figures).toEqual(all.figures)
      expect((await looked({ year: 2016 })).figures).toEqual([0, 0, 0, 0, 3])
    })
  })
}
