import type { Intent, Want } from '../model/intent.ts'
import { type Entities, findEntities } from './entities.ts'
import { MARK, normal } from './text.ts'
import type { Context } from './understand.ts'

/** A question of the bot's that waits: the frame that lacks something, what it lacks, and the frames to choose from. */
export interface Asked {
  intent: Intent
  want: Want
  options: readonly Intent[]
}

const YES = /^(?:是|是的|对|对的|好|好的|行|可以|确认|确定|同意|没错|嗯|ok|yes|y)[。.!~了的啊呀吧]*$/i
const NO = /^(?:否|不|不是|不对|不行|不用|不要|取消|算了|先不|别|no|n)[。.!~了的啊呀吧]*$/i

/** Said to a guess, of which nobody knows when it was read: nothing that may be meant for what was said before it. */
const SURE = /^(?:是|是的|对|对的|没错|确认|确定|yes|y|1)[。.!~啊呀]*$/i
const SECOND = /^2[。.]?$/

/** What was said to a guess: yes, no, or neither in so many words (好的); undefined where it is no answer. */
export const guessAnswered = (text: string): 'yes' | 'no' | 'unclear' | undefined => {
  const words = normal(text).trim()
  if (SURE.test(words)) return 'yes'
  if (NO.test(words) || SECOND.test(words)) return 'no'
  return YES.test(words) ? 'unclear' : undefined
}

const FILLER = /[\s,，.。!！~、:：;；]|延期|申请|延|就|是|吧|的|了|呢|哈|请|期次|截止|之?前|那|到|至|报|给|我们?|由/g

/** What an answer says beside what was asked for: nothing, where it is an answer and no new message. */
const beside = (masked: string, marks: readonly string[]): string => {
  const bare = marks.reduce((text, mark) => text.replaceAll(mark, ''), masked)
  return bare.replace(FILLER, '')
}

/** Numbers of tasks with nothing beside them: 1-2、3. */
const BARE = /^[\dR][\d.-]{0,7}(?:[\s、,，和及]+[\dR][\d.-]{0,7}){0,19}$/
const BETWEEN = /[\s、,，和及]+/

const piece = (asked: Asked, said: Entities, text: string): Partial<Record<string, unknown>> | undefined => {
  const numbers = said.tasks.flatMap((task) => task.ids)
  const units = said.units.filter((unit) => unit.of === 'one').flatMap((unit) => unit.units.map((one) => one.name))
  const [time] = said.times
  const alone = (mark: string): boolean => beside(said.masked, [mark]) === ''
  switch (asked.want) {
    case 'until':
      return time && alone(MARK.time) ? { until: time.to } : undefined
    case 'period':
      return time?.periods.length && alone(MARK.time) ? { period: time.periods[0] } : undefined
    case 'unit':
      return units.length > 0 && alone(MARK.unit) ? { units } : undefined
    case 'to':
      return units.length === 1 && alone(MARK.unit) ? { to: units[0] } : undefined
    case 'task': {
      const bare = BARE.test(text) && asked.options.length === 0 ? text.split(BETWEEN) : []
      const tasks = [...new Set([...numbers, ...bare])]
      return tasks.length > 0 && (bare.length > 0 || alone(MARK.task)) ? { tasks } : undefined
    }
    default:
      return undefined
  }
}

/**
 * The frame that an answer to the bot's own question makes: 是 or 否 choose the first or second option, a day, period, unit
 * or number fills what was lacking. undefined where the words say more than that: they are a new message.
 */
export const answerTo = (asked: Asked, text: string, context: Context): Intent | undefined => {
  const words = normal(text).trim()
  if (asked.want === 'confirm')
    return YES.test(words) ? asked.options[0] : NO.test(words) ? asked.options[1] : undefined
  const { registry, asOf, botName, plans = [] } = context
  const filled = piece(asked, findEntities(text, asOf, registry, botName, plans, true), words)
  return filled && ({ ...asked.intent, ...filled } as Intent)
}
