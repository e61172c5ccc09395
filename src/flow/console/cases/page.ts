import { unitName } from '../../../../commands/present.ts'
import type { CaseRow } from '../../../../db/queries/cases.ts'
import { factsOf } from '../../../../db/queries/duties.ts'
import type { Case } from '../../../model/case.ts'
import type { Basis, Clock, DayRun, Step } from '../../../model/clock.ts'
import { kindWords } from '../../../model/fact-words.ts'
import { type Actor, isOffice } from '../../../model/person.ts'
import { registers } from '../../../register/index.ts'
import { deedTitle, eventWords, secretWords, textWords } from '../../../register/told.ts'
import { dayOf, daysBetween, momentOf } from '../../../time/day.ts'
import { mayDo } from '../../case/act.ts'
import { caseIn } from '../../case/context.ts'
import type { Deps } from '../../deps.ts'
import { deedsShown, type Look, lineOf, openLook, readable } from '../cases.ts'
import { doersOf } from '../duty/facts.ts'
import { clockStateWords, doesWords, leftOf, momentTold, spanTold } from './due.ts'

const runTold = ({ from, to, why }: DayRun) => ({ from, to, days: daysBetween(from, to) + 1, why })

const basisTold = ({ law, article, confirmed }: Basis) => ({
  words: article.startsWith('第') ? `${law}${article}` : [law, article].filter(Boolean).join('：'),
  unread: confirmed === false,
})

const stepTold = (step: Step) => {
  const { event, at, does, span, counts, due, movedFrom, paused, basis } = step
  return {
    ...{ event, at: momentTold(at), does: doesWords[does], span: spanTold(span) },
    ...{ counts: momentTold(counts), due: momentTold(due), movedFrom: momentTold(movedFrom) },
    from: momentTold(step.from),
    paused: paused ? spanTold({ n: paused, type: span?.type ?? 'day' }) : '',
    ...{ skipped: (step.skipped ?? []).map(runTold), worked: (step.worked ?? []).map(runTold) },
    ...{ basis: basisTold(basis), counting: (step.counting ?? []).map(basisTold) },
  }
}

const clockTold = ({ c }: Look, { name, title, state, due, provisional, steps }: Clock) => ({
  ...{ name, title, stateWord: clockStateWords[state], due: momentTold(due) },
  ...leftOf(c, state === 'running' ? due : null),
  ...{ provisional: provisional && state === 'running', steps: steps.map(stepTold) },
})

/** What was done, the newest first. Texts that were written with it are the office's alone to read. */
const timelineOf = async ({ c, actor }: Look, { id, kind }: CaseRow) => {
  const register = registers[kind]
  const facts = await factsOf(c.db, kind, [id])
  const doer = await doersOf(c, facts)
  const named = (unit: string) => unitName(c, unit)
  return facts
    .map((fact) => {
      const body = fact.body as Case['events'][number]['body']
      return {
        ...{ seq: fact.seq, what: deedTitle(register, fact.kind) ?? kindWords[fact.kind] ?? fact.kind },
        at: typeof body.at === 'string' ? momentTold(body.at) : '',
        entered: momentOf(fact.at, c.zone).replace('T', ' '),
        ...{ who: doer(fact), told: eventWords(register, { kind: fact.kind, body }, named) },
        said: isOffice(actor) ? textWords(register, fact.kind, fact.words ?? {}) : [],
        erased: fact.words === null && fact.wordsDigest !== '',
      }
    })
    .reverse()
}

const pageOf = async (look: Look, row: CaseRow) => {
  const { c, rc, actor } = look
  const register = registers[row.kind]
  const it = caseIn(row)
  const inside = isOffice(actor)
  // What nobody outside the office reads is not there when the page is made for them.
  const view = register.view(inside ? it : { ...it, secret: {} }, rc)
  const deeds = register.deeds.filter((deed) => mayDo(deed, actor, row.unit) && deed.fits(it, rc))
  return {
    ...lineOf(look, row),
    ...{ asOf: c.now.toISOString(), version: row.version, today: dayOf(c.now, c.zone) },
    clocks: view.clocks.map((clock) => clockTold(look, clock)),
    facts: view.facts,
    ...(inside && { secret: secretWords(register, it.secret) }),
    erased: row.secret === null,
    timeline: await timelineOf(look, row),
    deeds: await deedsShown(look, deeds),
    papers: [],
  }
}

/** One case with its clocks' work shown; undefined where there is none for whoever asks. */
export const casePage = async (deps: Deps, actor: Actor, id: string) => {
  const look = await openLook(deps, actor)
  const row = await readable(look, id)
  return row && pageOf(look, row)
}
