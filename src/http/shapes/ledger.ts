import { z } from 'zod'
import { Day } from '../../model/deadline.ts'
import { LedgerColumn, type LedgerFilter, LedgerRow, LedgerSet, LedgerSort, LedgerState } from '../../model/ledger.ts'
import { listed, Paging } from './shared.ts'

/** Rows of one page of the ledger, as the address counts them. */
export const PAGE = 100
/** Rows that are printed at most. */
export const PRINTED = 2000

const several = <T extends string>(one: z.ZodType<T, string>) =>
  listed.pipe(z.array(one)).describe('几个之间用逗号隔开')

/** `DAY..DAY`, `DAY..` or `..DAY` */
const days = z
  .string()
  .regex(/^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/, '应写成 2026-04-01..2026-04-30')
  .optional()
  .transform((text, context) => {
    if (text === undefined) return undefined
    const [from = '', to = ''] = text.split('..')
    for (const day of [from, to])
      if (day && !Day.safeParse(day).success) {
        context.issues.push({ code: 'custom', message: `没有 ${day} 这一天`, input: text })
        return z.NEVER
      }
    return { ...(from && { from }), ...(to && { to }) }
  })

const filters = {
  unit: listed,
  plan: z.string().max(64).optional(),
  state: several(LedgerState),
  light: several(z.enum(['red', 'yellow', 'green'])),
  due: days,
  closed: days,
  reported: days,
  round: z.string().max(32).optional(),
  theme: z.string().max(200).optional(),
  role: z.enum(['lead', 'support']).optional(),
  q: z.string().max(100).optional(),
  year: z.coerce.number().int().min(1990).max(2200).optional(),
  set: LedgerSet.optional(),
  sort: LedgerSort.default('code'),
}

/** What stands in the ledger's address, without the page: which rows, in which order. */
export const LedgerLook = z.object(filters)
export const LedgerQuery = z.object({ ...filters, ...Paging.shape })
/** `columns`: those that are seen, in the ledger's own order; absent: all. */
export const ExportQuery = z.object({ ...filters, columns: several(LedgerColumn) })

export const filterOf = ({ unit, state, light, ...rest }: z.output<typeof LedgerLook>): LedgerFilter => ({
  ...rest,
  ...{ units: unit, states: state, lights: light },
})

export const LedgerPage = z.object({ total: z.number().int(), rows: z.array(LedgerRow), asOf: z.iso.datetime() })
export type LedgerPage = z.infer<typeof LedgerPage>

export const LedgerChoices = z.object({
  units: z.array(z.object({ id: z.string(), name: z.string() })),
  plans: z.array(z.object({ id: z.string(), code: z.string(), title: z.string() })),
  themes: z.array(z.string()),
})
export type LedgerChoices = z.infer<typeof LedgerChoices>
