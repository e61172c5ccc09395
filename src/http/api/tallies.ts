import type { Done } from '../../flow/console/plans/deeds.ts'
import { enterFigures, tallyUnit, tallyYear } from '../../flow/console/tallies.ts'
import { streamOf } from '../../flow/console/workbook.ts'
import { exportTallies } from '../../flow/tally/export.ts'
import type { Role } from '../../model/person.ts'
import { TallyEntered, TallyEntry, TallyQuery, TallyUnit, TallyYear } from '../shapes/tallies.ts'
import { asWorkbook, workbook } from './file.ts'
import { body, EVERYONE, json, OFFICE, part, Refusal, route, who, z } from './kit.ts'

/** Id of a unit; `area` is the whole area. */
const UnitId = z.object({ unit: z.string().max(64) })
const unitIn = ({ unit }: z.infer<typeof UnitId>): string => (unit === 'area' ? '' : unit)

const TELLERS: readonly Role[] = ['liaison', ...OFFICE]

const none = () => new Refusal(404, '没有这个单位')

const settled = <T>(made: Done<T> | undefined): T => {
  if (!made) throw none()
  if ('stale' in made) throw new Refusal(409, '这些数别人刚改过：请看一下现在的数，再改一次', made.stale)
  return made.done
}

/** 报数: figures by unit, month, channel and theme. */
export const talliesApi = () =>
  part()
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/tallies',
        request: { query: TallyQuery },
        responses: { 200: json(TallyYear, '一年的报数：合计、对不上的地方、各单位各月') },
      }),
      async (c) => c.json(await tallyYear(c.get('deps'), who(c).actor, c.req.valid('query')), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/tallies/export',
        request: { query: TallyQuery.pick({ year: true }).required() },
        responses: { 200: workbook('一年的报数，一份 xlsx') },
      }),
      async (c) => {
        const file = await exportTallies(c.get('deps'), who(c).actor, c.req.valid('query').year)
        return c.body(streamOf(file.pieces), 200, asWorkbook(file.name)) as never
      },
    )
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/tallies/units/{unit}',
        request: { params: UnitId, query: TallyQuery },
        responses: { 200: json(TallyUnit, '一个单位一年的数，和改动记录') },
      }),
      async (c) => {
        const unit = unitIn(c.req.valid('param'))
        const found = await tallyUnit(c.get('deps'), who(c).actor, unit, c.req.valid('query'))
        if (!found) throw none()
        return c.json(found, 200)
      },
    )
    .openapi(
      route(TELLERS, {
        method: 'put',
        path: '/tallies/units/{unit}',
        summary: '填报、更正、撤回',
        request: { params: UnitId, body: body(TallyEntry) },
        responses: { 200: json(TallyEntered, '存了几个数；要先核对的，一个也不存') },
      }),
      async (c) => {
        const unit = unitIn(c.req.valid('param'))
        return c.json(settled(await enterFigures(c.get('deps'), who(c).actor, unit, c.req.valid('json'))), 200)
      },
    )
export type TalliesApi = ReturnType<typeof talliesApi>
