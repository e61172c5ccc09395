import type { Context, DraftedPaper } from '../../../commands/command.ts'
import { isOfOneUnit } from '../../../commands/papers/ask.ts'
import { placeOfPaper } from '../../../commands/papers/place.ts'
import { paperRow } from '../../../db/queries/paper-rows.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Day } from '../../model/deadline.ts'
import type { Body } from '../../model/fact.ts'
import { type PaperAsk, type PaperContent, paperColumns } from '../../model/paper-life.ts'
import { BadInput } from '../../model/problem.ts'
import { dayOf } from '../../time/day.ts'
import { digestOf } from '../chain.ts'
import { machineContext } from '../compose.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import { born, happens } from '../subjects.ts'
import { retried } from './again.ts'
import { drafts } from './drafts.ts'
import { mattersNamed } from './matters.ts'

/** The paper as the ledger has it today, with the matters that it names. @throws BadInput where it cannot be drafted so */
export const contentOf = async (c: Context, asked: PaperAsk): Promise<PaperContent> => {
  const { kind, window, plan, units } = asked
  if (kind === 'scores') throw new BadInput('考核得分由考核导出：请到“考核”里下载')
  const [unit] = units
  const paper = await drafts[kind](c, {
    ...window,
    ...(plan && { plan }),
    ...(isOfOneUnit(kind) ? unit !== undefined && { unit } : units.length > 0 && { units }),
  })
  return { ...paper, asked, matters: await mattersNamed(c, paper) }
}

/** By which a row's content is known to be what its facts say. */
export const contentDigest = (deps: Pick<Deps, 'alg'>, content: PaperContent): string => digestOf(deps.alg, [content])

const wordsOf = (content: PaperContent): Body => ({ title: content.title, content }) as unknown as Body

/** Statements of a draft: a new paper, or another content of one that nobody has signed. */
export const draftWrites = (deps: Deps, q: Query, paper: DraftedPaper, on: Day, stamp: Stamp): Write[] => {
  const { id, natural, asked, content, was } = paper
  const { asOf, units, title } = content
  const words = wordsOf(content)
  const digest = contentDigest(deps, content)
  if (was) {
    const body = { on, asOf, units, digest }
    const set = { title, content, ...paperColumns({ kind: 'redrafted', body }) }
    return happens(deps, q, { subject: 'paper', was, facts: [{ kind: 'redrafted', body, words }], set }, stamp)
  }
  const { kind, window, plan } = asked
  const body = { on, kind, natural, asOf, from: window.from, to: window.to, plan, units, digest }
  const row = {
    ...{ kind, title, from: window.from, to: window.to, units, plan, content, natural, at: stamp.at },
    state: 'draft' as const,
  }
  return born(deps, q, { subject: 'paper', id, facts: [{ kind: 'drafted', body, words }], row }, stamp)
}

/**
 * Drafts a paper, or anew the unsigned one of the same kind, stretch, plan and units. Its figures are of today and stay so.
 * `only`: `first`: nothing where there is one already, signed or void (the schedule's).
 */
export const draftPaper = async (
  deps: Deps,
  asked: PaperAsk,
  stamp: Stamp,
  only?: 'first',
): Promise<DraftedPaper | undefined> =>
  retried(deps, async () => {
    const c = machineContext(deps, await deps.cache(deps.store))
    const place = await placeOfPaper(c.db, asked)
    if (only === 'first' && place.all > 0) return undefined
    const content = await contentOf(c, asked)
    const drafted: DraftedPaper = { id: place.was?.id ?? deps.newId(), asked, content, ...place }
    await deps.store.atomic((q) => draftWrites(deps, q, drafted, c.today, stamp))
    return drafted
  })

/**
 * The same paper anew, as of today. @throws BadInput where it is signed or void
 * @returns what it was and is; undefined where another moved it since `version`
 */
export const redraftPaper = async (
  deps: Deps,
  { id, version }: { id: string; version?: number | undefined },
  stamp: Stamp,
): Promise<{ before: PaperContent; after: PaperContent } | undefined> => {
  const row = await paperRow(deps.store, id)
  if (!row) throw new BadInput('没有这份文书')
  if (version !== undefined && row.version !== version) return undefined
  if (row.state === 'signed') throw new BadInput('已经签发的文书不能重新起草：要改正请先作废，再另起草一份')
  if (row.state === 'void') throw new BadInput('已经作废的文书不能重新起草：请另起草一份')
  const c = machineContext(deps, await deps.cache(deps.store))
  const { natural } = row
  const { asked } = row.content
  const after = await contentOf(c, asked)
  await deps.store.atomic((q) =>
    draftWrites(deps, q, { id, natural, asked, content: after, was: row }, dayOf(stamp.at, deps.zone), stamp),
  )
  return { before: row.content, after }
}
