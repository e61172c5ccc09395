import type { Query, Write } from '../../../db/store.ts'
import { BadInput } from '../../model/problem.ts'
import type { Tallied } from '../../register/tally/tell.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import { whyNotTaken } from '../secrecy.ts'
import { born, happens } from '../subjects.ts'

/** What happened to a figure: it was told, corrected, or taken back. */
const kindOf = ({ was, count }: Tallied): string =>
  count === null ? 'dropped' : was === null || was.count === null ? 'told' : 'corrected'

/** Statements of figures that are told; a theme's name is a word of people's and stands in no body. @throws BadInput, conflict */
export const tallyWrites = (deps: Deps, q: Query, tallied: readonly Tallied[], stamp: Stamp): Write[] =>
  tallied.flatMap((one) => {
    const { unit, period, channel, theme, count, on, was, part } = one
    if (whyNotTaken(theme)) throw new BadInput('这里带有密级标志：涉密内容不能放到这里，没有保存')
    const body = {
      on,
      unit,
      period,
      channel,
      count,
      was: was?.count ?? null,
      themed: theme !== '',
      ...(part && { duty: part.duty, own: part.count }),
    }
    const facts = [{ kind: kindOf(one), body, ...(theme && { words: { theme } }) }]
    return was
      ? happens(deps, q, { subject: 'tally', was, facts, set: { count, on } }, stamp)
      : born(
          deps,
          q,
          { subject: 'tally', id: deps.newId(), facts, row: { unit, period, channel, theme, count, on } },
          stamp,
        )
  })
