import { factsOf, findDuties } from '../../../../db/queries/duties.ts'
import type { Card } from '../../../model/card.ts'
import type { Intent } from '../../../model/intent.ts'
import type { Actor } from '../../../model/person.ts'
import type { Deps } from '../../deps.ts'
import { act, deedKey } from '../act.ts'
import { contextFor } from '../context.ts'
import { nowWords } from '../review.ts'

type Answer = 'approve' | 'return' | 'grant' | 'refuse'

/** One answer of the office to many reports or extensions that are asked for, each as it was shown. */
export interface ReviewMany {
  /** Made by the browser, so that what is sent again is done once. */
  id: string
  act: Answer
  items: readonly { duty: string; version: number }[]
  /** The reason, of what says no. */
  text: string
  until?: string | undefined
}

export interface Reviewed {
  duty: string
  /** Done (also by the same request sent before); somebody was faster; or the bot said no. */
  outcome: 'done' | 'overtaken' | 'refused'
  words: string
}

const wordsOf = (card: Card | undefined): string => {
  const [first] = card?.blocks ?? []
  return [card?.title, first?.kind === 'text' ? first.text : ''].filter(Boolean).join('：')
}

/** What each answer is in the chat, and the fact that it makes. */
const answers: Record<Answer, { intent: Record<string, unknown> & { intent: string }; fact: string }> = {
  approve: { intent: { intent: 'approve' }, fact: 'approved' },
  return: { intent: { intent: 'return' }, fact: 'returned' },
  grant: { intent: { intent: 'extension', grant: true }, fact: 'extension-granted' },
  refuse: { intent: { intent: 'extension', grant: false }, fact: 'extension-refused' },
}

/** Each report is answered as by a chat message of its own, so that one that cannot be holds up no other. */
export const reviewMany = async (deps: Deps, actor: Actor, many: ReviewMany): Promise<Reviewed[]> => {
  const c = await contextFor(deps, actor)
  const ids = [...new Set(many.items.map(({ duty }) => duty))]
  const duties = new Map((await findDuties(c.db, { ids })).map((duty) => [duty.id, duty]))
  const cards = new Map<string, Card | undefined>()
  const idOf = (duty: string) => `${many.id}:${duty}`
  for (const { duty: id, version } of many.items) {
    const duty = duties.get(id)
    if (!duty || cards.has(id)) continue
    const intent = {
      ...{ ...answers[many.act].intent, tasks: [duty.number], plan: duty.planCode, reports: [`${id}@${version}`] },
      ...(many.act === 'return' && many.until && { until: many.until }),
    } as Intent
    // What agrees takes no words: a day in them would be the day that is granted.
    const text = (many.act === 'return' || many.act === 'refuse') && many.text.trim() !== '' ? `理由：${many.text}` : ''
    cards.set(id, (await act(deps, actor, { id: idOf(id), intent, text })).reply)
  }
  const now = new Map((await findDuties(c.db, { ids })).map((duty) => [duty.id, duty]))
  const facts = await factsOf(c.db, 'duty', ids)
  return Promise.all(
    many.items.map(async ({ duty: id, version }): Promise<Reviewed> => {
      const duty = now.get(id)
      if (!duty) return { duty: id, outcome: 'refused', words: '没有这一项' }
      const key = deedKey(actor, idOf(id))
      const done = facts.some((fact) => fact.id === id && fact.via === key && fact.kind === answers[many.act].fact)
      const words = await nowWords(c, duty, facts)
      if (done) return { duty: id, outcome: 'done', words }
      if (duty.version !== version) return { duty: id, outcome: 'overtaken', words: `现在：${words}` }
      return { duty: id, outcome: 'refused', words: wordsOf(cards.get(id)) }
    }),
  )
}
