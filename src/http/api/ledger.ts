import { exportLedger } from '../../flow/console/ledger/export.ts'
import { ledgerChoices, readLedger } from '../../flow/console/ledger.ts'
import { streamOf } from '../../flow/console/workbook.ts'
import { ExportQuery, filterOf, LedgerChoices, LedgerPage, LedgerQuery } from '../shapes/ledger.ts'
import { asWorkbook, workbook } from './file.ts'
import { EVERYONE, json, OFFICE, part, route, who } from './kit.ts'

/** The ledger as a table: rows by page, what there is to choose among, and what is seen as a workbook. */
export const ledgerApi = () =>
  part()
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/ledger',
        request: { query: LedgerQuery },
        responses: { 200: json(LedgerPage, '台账的一页') },
      }),
      async (c) => {
        const { offset, limit, ...look } = c.req.valid('query')
        return c.json(await readLedger(c.get('deps'), who(c).actor, filterOf(look), { offset, limit }), 200)
      },
    )
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/ledger/choices',
        responses: { 200: json(LedgerChoices, '可以选的单位、方案、章节') },
      }),
      async (c) => c.json(await ledgerChoices(c.get('deps'), who(c).actor), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/ledger/export',
        request: { query: ExportQuery },
        responses: { 200: workbook('所见即所得的工作簿') },
      }),
      async (c) => {
        const { columns, ...look } = c.req.valid('query')
        const file = await exportLedger(c.get('deps'), who(c).actor, { filter: filterOf(look), columns })
        return c.body(streamOf(file.pieces), 200, asWorkbook(file.name)) as never
      },
    )
export type LedgerApi = ReturnType<typeof ledgerApi>
