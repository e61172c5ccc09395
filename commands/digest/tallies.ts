import { unitsThatTold } from '../../db/queries/tallies.ts'
import type { Day } from '../../src/model/deadline.ts'
import { monthAsked } from '../../src/register/tally/asked.ts'
import { periodWords } from '../../src/register/tally/words.ts'
import type { Context } from '../command.ts'

/** Units that have not told a month's figures when they are asked for them. */
export interface FiguresAsked {
  month: string
  units: ReadonlySet<string>
}

/** Of these units those that are asked for a month's figures today; undefined where none is. Who has told is never asked. */
export const figuresAsked = async (
  { db, office, today, calendar }: Pick<Context, 'db' | 'office' | 'today' | 'calendar'>,
  units: readonly string[],
  since: Day | '',
): Promise<FiguresAsked | undefined> => {
  const month = monthAsked(today, since, office.settings.registers.tally, calendar)
  if (month === undefined) return undefined
  const told = await unitsThatTold(db, month)
  const left = units.filter((unit) => !told.has(unit))
  return left.length > 0 ? { month, units: new Set(left) } : undefined
}

/** In a line of several: 报2017年7月的数. */
export const figuresWords = ({ month }: FiguresAsked): string => `报${periodWords(month)}的数`

/** In a unit's own digest, with how to say it. */
export const figuresNote = (asked: FiguresAsked): string =>
  `请${figuresWords(asked)}，例：${Number(asked.month.slice(5))}月报数：网站12条，微信30条，微博5条，发布会1场，查阅点3个；没有的不用写。`
