import type { Card } from '../src/model/card.ts'
import type { Day } from '../src/model/deadline.ts'
import type { Context } from './command.ts'
import { dayWords } from './present.ts'

/** A card that says what is wrong and gives one example of the right form. */
export const problem = (title: string, text: string, example?: string): Card => ({
  title,
  tone: 'warn',
  blocks: [{ kind: 'text', text }, ...(example ? [{ kind: 'note' as const, text: example }] : [])],
})

/** A limit that is set into the past. */
export const dayGone = (c: Context, day: Day, example: string): Card =>
  problem('日期已过', `${dayWords(day, c.today)}已经过去，请写今天以后的日期，本次没有登记。`, example)
