import type { Context, Outcome } from '../../commands/command.ts'
import { type Dialogue, tasksQuoted } from '../../db/queries/inbox.ts'
import { answerTo, guessAnswered } from '../chat/answer.ts'
import { findTasks } from '../chat/tasks.ts'
import { normal } from '../chat/text.ts'
import { findTimes } from '../chat/times.ts'
import { type Context as Chat, understand } from '../chat/understand.ts'
import type { Card } from '../model/card.ts'
import { completedBy } from '../model/form.ts'
import type { Intent, IntentOf } from '../model/intent.ts'
import type { Incoming } from '../model/message.ts'
import { channelWords } from '../model/tally.ts'
import { byNumber } from './by-number.ts'
import type { Deps } from './deps.ts'
import { notAsked, notMeant, sayWhich } from './guess-card.ts'
import { numbersAfter } from './spoken.ts'
import { together } from './together.ts'

/** What no database of the three can hold is taken out, so that a broken sign does not make a message unanswerable. */
export const storable = (text: string): string => text.replace(/[\0\p{Cs}]/gu, '')

/** What a button carries, its texts made storable. */
const carried = (button: unknown): Intent =>
  JSON.parse(JSON.stringify(button), (_, value: unknown) => (typeof value === 'string' ? storable(value) : value))

/** How a form calls its slots. */
const slotNames: Record<string, string> = {
  ...{ period: '期次', links: '链接', reviewer: '保密审查人', note: '说明' },
  ...channelWords,
}

const wrongForm = (slots: readonly string[]): Card => ({
  title: '这张表没有登记',
  tone: 'warn',
  blocks: [
    { kind: 'text', text: `填得不对：${slots.map((name) => slotNames[name] ?? name).join('、')}。` },
    {
      kind: 'note',
      text: '每一栏不超过1000字，链接用空格隔开，保密审查人只写姓名，数字只写数；改好后再提交，或直接回复。',
    },
  ],
})

/** What a button means, with what was put into its form. */
const pressedBy = ({ button, filled, text }: Incoming): Meant => {
  const intent = carried(button)
  if (!filled) return { intent, words: text }
  const done = completedBy(intent, filled)
  return 'wrong' in done
    ? { intent: { intent: 'none' }, words: text, instead: { reply: wrongForm(done.wrong), refused: 'form' } }
    : { intent: carried(done.intent), words: text }
}

/** The tasks that a quoted message of the bot's spoke of: by its id, or by the codes in its words. */
const tasksIn = async (deps: Deps, message: Incoming, { office }: Context): Promise<string[]> => {
  const codes = message.quotes ? await tasksQuoted(deps.store, message.quotes) : []
  const words = message.quoted ?? ''
  const said = office.plans.flatMap((plan) => numbersAfter(words, plan.code))
  const numbers = codes.flatMap((code) =>
    office.plans.flatMap((plan) => (code.startsWith(`${plan.code}-`) ? [code.slice(plan.code.length + 1)] : [])),
  )
  return [...new Set([...numbers, ...said])]
}

const goesOn = (option: Intent | undefined): boolean =>
  option !== undefined && 'offset' in option && option.offset !== undefined

/** “更多” goes on with a list and a number chooses among what was asked; neither stands for the other. */
const chosen = (pick: string, options: readonly Intent[]): Intent | undefined => {
  const option = options[pick === '更多' ? 0 : Number(pick) - 1]
  return goesOn(option) === (pick === '更多') ? option : undefined
}

/** Longer words begin something new. */
const LONGEST_ANSWER = 80

type Ask = Dialogue['ask']

/** Does the question wait for a number? The offer to show more of a list does not. */
const asksByNumber = (open: Ask | undefined): boolean => open?.options.some((option) => !goesOn(option)) ?? false

const openQuestion = (open: Dialogue | undefined, { now }: Context): Ask | undefined =>
  open && open.expiresAt > now && open.ask.intent.intent !== 'none' ? open.ask : undefined

/** A frame, and the words that it came from: of a choice those that had led to the question. */
export interface Meant {
  intent: Intent
  words: string
  /** Numbers of tasks that the words name and the frame leaves out: what was said of them is not done. */
  left?: string[]
  /** Instead of a frame: it cannot be done as it was put in, or the words are none. */
  instead?: Outcome
  /** The question of a guess that it answers. */
  settles?: Dialogue
}

/** Several of the options at once: 1、3. */
const SEVERAL = /^\d{1,2}(?:[\s、,，;；.。和及]+\d{1,2})+[.。]?$/

/** One number, several of them, or 更多. */
const picked = (text: string, options: readonly Intent[]): Intent | undefined => {
  const pick = /^(\d{1,2}|更多)[.。]?$/.exec(text)?.[1]
  if (pick !== undefined) return chosen(pick, options)
  if (!SEVERAL.test(text)) return undefined
  const some = (text.match(/\d+/g) ?? []).map((number) => chosen(number, options))
  return some.every((option) => option !== undefined) ? together(some) : undefined
}

/** What the open question chooses or lacks, said in a few words; undefined where the message begins something new. */
const answered = (ask: Ask, text: string, chat: Chat): Meant | undefined => {
  const option = picked(text, ask.options)
  if (option) return { intent: option, words: ask.said ?? text }
  const intent = answerTo(ask, text, chat)
  return intent && { intent, words: [ask.said, text].filter(Boolean).join('，') }
}

/** 是 does what was asked, in the words that it was guessed from; 不是 does nothing. */
const settled = (asked: Dialogue, yes: boolean): Meant => ({
  settles: asked,
  words: asked.ask.said ?? '',
  ...(yes ? { intent: asked.ask.intent } : { intent: { intent: 'none' }, instead: { reply: notMeant } }),
})

/** A button of a guess answers the question that waits for whoever pressed it, and no other. */
const pressedAnswer = ({ question, yes }: IntentOf<'answer'>, asked: Dialogue | undefined, c: Context): Meant => {
  const open = openQuestion(asked, c)
  if (asked && open?.guess !== undefined && open.guess === question && typeof yes === 'boolean')
    return settled(asked, yes)
  return {
    intent: { intent: 'none' },
    words: '',
    instead: { reply: notAsked, refused: 'question', waits: true },
  }
}

/** What is said to the bot of a guess that waits for its answer. */
const saidOfGuess = (asked: Dialogue, words: string): Meant | undefined => {
  const said = guessAnswered(words)
  if (said === undefined) return undefined
  if (said !== 'unclear') return settled(asked, said === 'yes')
  return { intent: { intent: 'none' }, words, instead: { reply: sayWhich, waits: true } }
}

/** What a unit says of its duties; elsewhere a number may be a part of the words that are passed on. */
const ofDuties = ['report', 'progress', 'accept', 'withdraw', 'extend', 'decline', 'claim', 'secrecy', 'tick', 'split']

const LINK = /https?:\/\/\S+/g

const numbersLeft = (intent: Intent, text: string, { asOf, plans = [] }: Chat): string[] => {
  if (!ofDuties.includes(intent.intent)) return []
  const frame = intent as { tasks?: string[]; not?: string[] }
  const taken = new Set([...(frame.tasks ?? []), ...(frame.not ?? [])])
  const { masked } = findTimes(normal(text).replace(LINK, ' '), asOf)
  const said = findTasks(masked, plans).tasks.flatMap((task) => task.ids)
  return taken.size === 0 ? [] : [...new Set(said)].filter((number) => !taken.has(number))
}

/** What people say instead of a reason: that they have heard, or that they would rather not. */
const NO_REASON =
  /^(?:取消|算了|不用|不要|不必|先不|不了|好的?|收到|嗯+|是的?|对的?|知道了?|谢谢|ok|yes|no)[了吧啊哈，,。.!！~\s]*$/i

const withMark = (reason: string): string => (/^(?:理由|原因)/.test(reason) ? reason : `理由：${reason}`)

/** Short names of plans, the longest first: 公开17 stands at the head of 公开17乙 too. */
export const plansIn = ({ plans }: Pick<Context['office'], 'plans'>): string[] =>
  plans.map(({ code }) => code).sort((a, b) => b.length - a.length)

/** What the rules know of who speaks and when. */
export const chatOf = ({ botName }: Deps, { office, registry, actor, today }: Context): Chat => ({
  registry,
  self: {
    role: actor.role,
    units: actor.units.flatMap((id) => office.units.find((unit) => unit.id === id)?.name ?? []),
  },
  asOf: today,
  botName,
  plans: plansIn(office),
})

/**
 * The frame: what a button carries, what the answer to an open question makes, or what the words say. `asked` is the
 * question that stands in the database for whoever speaks there.
 */
export const meant = async (
  deps: Deps,
  message: Incoming,
  context: Context,
  asked: Dialogue | undefined,
): Promise<Meant> => {
  if (message.button?.intent === 'answer') return pressedAnswer(message.button, asked, context)
  if (message.button !== undefined) return pressedBy(message)
  const words = (deps.botName ? message.text.replaceAll(`@${deps.botName}`, '') : message.text).trim()
  const chat = chatOf(deps, context)
  const waiting = words.length <= LONGEST_ANSWER ? openQuestion(asked, context) : undefined
  const guess = asked && waiting?.guess !== undefined && message.addressed ? saidOfGuess(asked, words) : undefined
  if (guess) return guess
  const open = waiting?.guess === undefined ? waiting : undefined
  const answer = open && answered(open, words, chat)
  if (answer) return answer
  // A number that the open question does not offer is not taken for an older message's.
  const pressed = asksByNumber(waiting) ? undefined : await byNumber(deps, message, context, words)
  if (pressed && 'button' in pressed) return { intent: carried(pressed.button.intent), words: '' }
  if (pressed) return { intent: { intent: 'none' }, words: '', instead: { reply: pressed.unheard, waits: true } }
  const quoted = await tasksIn(deps, message, context)
  const intent = understand(message.text, { ...chat, ...(quoted.length > 0 && { quoted: { tasks: quoted } }) })
  // A reason may be any words that are no command of their own.
  if (open?.want === 'reason' && intent.intent === 'none' && !NO_REASON.test(words))
    return { intent: open.intent, words: [open.said, withMark(words)].filter(Boolean).join('，') }
  return { intent, words: message.text, left: numbersLeft(intent, message.text, chat) }
}
