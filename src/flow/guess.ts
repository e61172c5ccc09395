import type { Context, Outcome } from '../../commands/command.ts'
import { offeredTo } from '../../commands/help.ts'
import { commandFor, groups } from '../../commands/index.ts'
import { DIALOGUE_MS, dialogueOf, replaceDialogue } from '../../db/queries/inbox.ts'
import { type Guessable, guessIn, isEverGuessed, isGuessable, questionOf } from '../chat/guess.ts'
import type { Context as Chat } from '../chat/understand.ts'
import type { Card } from '../model/card.ts'
import type { Intent, IntentName } from '../model/intent.ts'
import { addressKey, type Incoming } from '../model/message.ts'
import type { GuessRecipe } from '../model/recipe.ts'
import type { Deps } from './deps.ts'
import { guessCard } from './guess-card.ts'
import { chatOf, plansIn } from './meant.ts'
import { notUnderstood } from './unheard.ts'

/**
 * The door for a language model (off unless the office opens it): a sentence that was said to the bot and that the rules
 * cannot read is guessed at, and the guess is put to whoever spoke as a question. Nothing is done but by their yes.
 */

const guessable = ({ intent, title, example }: Guessable): Guessable => ({ intent, title, example })

/** What this person may ask for here, of what may be guessed at all. */
const offeredIn = (context: Context): Guessable[] =>
  offeredTo(context, groups)
    .flatMap(({ commands }) => [...commands])
    .filter(({ intent }) => isEverGuessed(intent))
    .map(guessable)

const offeredAs = (intents: readonly IntentName[]): Guessable[] =>
  intents.flatMap((intent) => {
    const command = commandFor(intent)
    return command ? [guessable(command)] : []
  })

/** May an answer that takes longer than the platform waits still reach the place? */
const comesLater = ({ adapters }: Deps, { platform, route, room, replyBy }: Incoming): boolean => {
  const adapter = adapters.find((one) => one.platform === platform && one.route === route)
  return adapter !== undefined && (replyBy !== undefined || adapter.canStart[room.kind])
}

const guessOf = async (
  { askModel }: Deps,
  said: string,
  chat: Chat,
  offered: readonly Guessable[],
): Promise<Intent | undefined> => {
  const answer = await askModel?.(questionOf(said, chat, offered))
  return answer === undefined ? undefined : guessIn(answer, said, chat, offered)
}

/** The frames of a question that was guessed: 是, 不是. */
const optionsOf = (guess: Intent): Intent[] => [guess, { intent: 'none' }]

const titleOf = ({ intent }: Intent): string => commandFor(intent)?.title ?? ''

const pending = { intent: { intent: 'none' as const }, want: 'confirm' as const, options: [] }

/** Asked while whoever spoke waits for it: at the terminal and the console, which hang up on nobody. */
const guessedAtOnce = async (deps: Deps, context: Context, chat: Chat): Promise<Outcome | undefined> => {
  const { key: question, text: said } = context.message
  const guess = await guessOf(deps, said, chat, offeredIn(context))
  return (
    guess && {
      reply: guessCard(guess, { title: titleOf(guess), said, question, today: context.today }),
      ask: { intent: guess, want: 'confirm', options: optionsOf(guess), guess: question },
    }
  )
}

/** In a message that follows: the platform hangs up sooner than a model answers. */
const guessedLater = (context: Context, { self, asOf }: Chat): Outcome => {
  const { key: message } = context.message
  const { address } = context.place
  const intents = offeredIn(context).map(({ intent }) => intent)
  const recipe: GuessRecipe = {
    ...{ kind: 'guess', room: addressKey(address), person: context.actor.id, message },
    ...{ role: self.role, units: self.units, day: asOf, intents },
  }
  return {
    ask: { ...pending, guess: message },
    notices: [{ cause: `guess:${message}`, to: { address }, tasks: [], answers: true, recipe }],
  }
}

/**
 * What a sentence comes to that the rules made nothing of; undefined where no model is to be asked: the door is shut, it was
 * not said to the bot, nobody knows who spoke, it is no request, or no later answer would arrive. `waits`: whoever spoke
 * waits for the answer.
 */
export const guessed = async (
  deps: Deps,
  context: Context,
  message: Incoming,
  intent: Intent | undefined,
  waits: boolean,
): Promise<Outcome | undefined> => {
  if (!deps.askModel || intent?.intent !== 'none' || !message.addressed || message.button || message.happened)
    return undefined
  if (context.actor.role === 'unknown') return undefined
  const chat = chatOf(deps, context)
  if (!isGuessable(context.message.text, chat)) return undefined
  if (waits) return guessedAtOnce(deps, context, chat)
  return comesLater(deps, message) ? guessedLater(context, chat) : undefined
}

/**
 * The answer that was owed, composed when it is sent: the question, which waits for that person from now on, or that
 * nothing was understood. Whoever went on speaking meanwhile is not asked any more.
 */
export const guessMade = async (deps: Deps, recipe: GuessRecipe): Promise<Card> => {
  const { room, person, message, role, units, day, intents } = recipe
  const open = await dialogueOf(deps.store, room, person)
  const said = open?.ask.guess === message && open.expiresAt > deps.now() ? open.ask.said : undefined
  if (!open || said === undefined) return notUnderstood()
  const card = (guess: Intent) => guessCard(guess, { title: titleOf(guess), said, question: message, today: day })
  const [before] = open.ask.options
  if (before) return card(before)
  const office = await deps.cache(deps.store)
  const chat = {
    registry: office.registry,
    self: { role, units },
    asOf: day,
    botName: deps.botName,
    plans: plansIn(office.view),
  }
  const guess = await guessOf(deps, said, chat, offeredAs(intents))
  const now = deps.now()
  const asked = await replaceDialogue(deps.store, {
    ...{ room, person, was: open.expiresAt },
    ask: guess
      ? { v: 1, intent: guess, want: 'confirm', options: optionsOf(guess), said, guess: message }
      : { v: 1, ...pending },
    expiresAt: new Date(now.getTime() + (guess ? DIALOGUE_MS : 0)),
  })
  return guess && asked ? card(guess) : notUnderstood()
}
