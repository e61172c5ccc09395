import type { Context } from '../../../commands/command.ts'
import { mayDraft } from '../../../commands/export.ts'
import { isOfOneUnit, usualWindow } from '../../../commands/papers/ask.ts'
import { codeOf, dayWords, unitName } from '../../../commands/present.ts'
import { talkFacts, talksOf, talkWords } from '../../../commands/talk.ts'
import { factsOf } from '../../../db/queries/duties.ts'
import { factsOfKind, type PaperHead, type PaperRow, paperHeads, paperRow } from '../../../db/queries/paper-rows.ts'
import type { Day } from '../../model/deadline.ts'
import { stateWords } from '../../model/duty.ts'
import { kindWords } from '../../model/fact-words.ts'
import { needsSignature, PaperKind, paperWords } from '../../model/paper.ts'
import { type PaperAsk, paperDifference, paperMay, skipWords } from '../../model/paper-life.ts'
import { type Actor, isOffice } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, officeMoves } from '../ledger.ts'
import { draftPaper, redraftPaper } from '../paper/draft.ts'
import { paperBytes } from '../paper/file.ts'
import { issuePaper } from '../paper/issue.ts'
import { lightOfRectification, rectifications, rectifyOutlook } from '../paper/rectify.ts'
import { signPaper, submitPaper, voidPaper } from '../paper/sign.ts'
import { whyNotTaken } from '../secrecy.ts'
import { contextFor } from './context.ts'
import { doersOf } from './duty/facts.ts'
import { settingsNow } from './pushes/ahead.ts'
import { personHappens, sessionStamp } from './sign-in.ts'

/** What a leader reads beside the office: what is signed by them or made for them. */
const leaders: readonly PaperKind[] = ['bulletin', 'notice', 'dispatch', 'brief']

/**
 * Whose a paper is to read: the office's all, a leader's those for leaders, a unit's own list and summary, and of what
 * names it only what is signed.
 */
export const mayRead = (actor: Actor, row: Pick<PaperHead, 'kind' | 'state' | 'units'>): boolean => {
  if (isOffice(actor)) return true
  if (actor.role === 'leader') return leaders.includes(row.kind)
  if (needsSignature(row.kind)) return row.state === 'signed' && row.units.some((unit) => actor.units.includes(unit))
  return isOfOneUnit(row.kind) && row.units.length > 0 && row.units.every((unit) => actor.units.includes(unit))
}

const lineOf = (deps: Deps, row: PaperHead | PaperRow, issued: ReadonlyMap<string, Day>) => {
  const { id, kind, state, title, from, to, number, signer, signedOn, at } = row
  return {
    ...{ id, kind, state, title, from, to, number, signer, signedOn },
    ...{ draftedOn: dayOf(at, deps.zone), issuedOn: issued.get(id) ?? null },
  }
}

const issuedDays = async (deps: Deps): Promise<Map<string, Day>> =>
  new Map((await factsOfKind(deps.store, 'paper', 'issued')).map(({ id, body }) => [id, String(body.on)]))

const living = (c: Context, actor: Actor) =>
  c.office.units
    .filter(({ kind, succession }) => kind === 'unit' && !succession)
    .filter(({ id }) => isOffice(actor) || actor.role === 'leader' || actor.units.includes(id))
    .map(({ id, name }) => ({ id, name }))

/** Papers that whoever asks may read, the newest first, and what a new one can be about. */
export const paperList = async (deps: Deps, actor: Actor) => {
  const c = await contextFor(deps, actor)
  const issued = await issuedDays(deps)
  return {
    asOf: c.now.toISOString(),
    papers: (await paperHeads(deps.store)).filter((row) => mayRead(actor, row)).map((row) => lineOf(deps, row, issued)),
    may: PaperKind.options.filter((kind) => kind !== 'scores' && mayDraft(c, kind)),
    units: living(c, actor),
    plans: c.office.plans.filter(({ state }) => state === 'released').map(({ id, code }) => ({ id, code })),
    settings: isOffice(actor) ? await paperSettings(deps) : null,
  }
}

const readable = async (deps: Deps, actor: Actor, id: string): Promise<PaperRow | undefined> => {
  const row = await paperRow(deps.store, id)
  return row && mayRead(actor, row) ? row : undefined
}

type DeedName = 'redraft' | 'submit' | 'sign' | 'void' | 'push'

const deedsOf = (actor: Actor, row: PaperRow, issued: boolean): DeedName[] => {
  const signs = needsSignature(row.kind)
  if (actor.role === 'leader') return signs && paperMay('signed', row.state) ? ['sign'] : []
  if (!isOffice(actor)) return []
  const may: [DeedName, boolean][] = [
    ['redraft', paperMay('redrafted', row.state)],
    ['submit', signs && paperMay('submitted', row.state)],
    ['sign', signs && paperMay('signed', row.state)],
    ['push', signs && paperMay('issued', row.state) && !issued],
    ['void', paperMay('voided', row.state)],
  ]
  return may.filter(([, is]) => is).map(([deed]) => deed)
}

const historyOf = async (c: Context, id: string) => {
  const facts = await factsOf(c.db, 'paper', [id])
  const doer = await doersOf(c, facts)
  return facts.map((fact) => ({
    what: kindWords[fact.kind] ?? fact.kind,
    who: doer(fact),
    at: fact.at.toISOString(),
    words: String(fact.words?.reason ?? fact.words?.signer ?? ''),
  }))
}

/** 整改 that signed papers opened, as they stand; of one paper, or all that whoever asks may see. */
export const rectificationList = async (deps: Deps, actor: Actor, paper?: string) => {
  const c = await contextFor(deps, actor)
  const papers = new Map((await paperHeads(deps.store)).map((row) => [row.id, row]))
  return (await rectifications(deps.store, paper)).flatMap((one) => {
    const worst = lightOfRectification(c, one)
    const row = papers.get(one.paper)
    if (!worst || !row) return []
    const { duty } = worst
    if (!isOffice(actor) && actor.role !== 'leader' && !actor.units.includes(duty.unit)) return []
    return [
      {
        ...{ paper: one.paper, paperTitle: row.title, number: row.number, code: codeOf(duty), duty: duty.id },
        ...{ about: one.about ? codeOf(one.about) : '', aboutDuty: one.duty, unit: unitName(c, duty.unit) },
        ...{ dueOn: duty.dueOn, state: stateWords[worst.state], light: worst.light, reason: worst.reason },
      },
    ]
  })
}

/** One paper with its content as it was drafted; undefined where there is none for whoever asks. */
export const paperPage = async (deps: Deps, actor: Actor, id: string) => {
  const row = await readable(deps, actor, id)
  if (!row) return undefined
  const c = await contextFor(deps, actor)
  const issued = await issuedDays(deps)
  const wide = isOffice(actor) || actor.role === 'leader'
  const unsigned = row.kind === 'bulletin' && paperMay('signed', row.state)
  const foreseen = wide && unsigned ? await rectifyOutlook(deps.store, row.content.matters) : []
  const { asked: _asked, matters: _matters, ...whole } = row.content
  const deeds = deedsOf(actor, row, issued.has(id))
  // What whoever may do something with it must see to before it goes out.
  const content = { ...whole, remarks: deeds.length > 0 && row.state !== 'signed' ? whole.remarks : [] }
  const talks = wide && row.units.length > 0 ? await talksOf(c, row.units) : []
  return {
    ...lineOf(deps, row, issued),
    ...{ version: row.version, content, unitNames: row.units.map((unit) => unitName(c, unit)) },
    deeds,
    outlook: foreseen.map(({ matter, now, skip }) => ({
      ...{ code: matter.code, unit: unitName(c, now?.unit ?? matter.unit), skip: skip ? skipWords[skip] : '' },
    })),
    until: c.calendar.addWorkdays(c.today, c.office.settings.papers.rectify),
    rectifications: row.state === 'signed' || row.state === 'void' ? await rectificationList(deps, actor, id) : [],
    talks: talks.map((talk) => `${dayWords(talk.day, c.today)} ${unitName(c, talk.unit)} ${talkWords(talk)}`),
    history: wide ? await historyOf(c, id) : [],
  }
}

/** The docx; that somebody took it is a fact of theirs. */
export const paperFile = async (deps: Deps, actor: Actor, id: string) => {
  const row = await readable(deps, actor, id)
  if (!row) return undefined
  const bytes = await paperBytes(deps, row)
  await personHappens(deps, actor.id, 'exported', { what: 'paper', paper: id, state: row.state })
  const name = `${row.title}${row.state === 'signed' ? '' : '（未签发）'}`.replace(/[\\/:*?"<>|]/g, '')
  return { name: `${name}.docx`, bytes }
}

const refuseMarked = (words: string): void => {
  if (whyNotTaken(words)) throw new BadInput('这里带有密级标志：涉密内容不能放到这里，没有保存')
}

/** Drafts what was asked for, within what whoever asks may have. @throws BadInput */
export const paperDraft = async (
  deps: Deps,
  actor: Actor,
  { kind, window, plan, units }: Omit<PaperAsk, 'window'> & { window?: PaperAsk['window'] | undefined },
) => {
  const c = await contextFor(deps, actor)
  if (!mayDraft(c, kind)) return undefined
  const wide = isOffice(actor) || actor.role === 'leader'
  if (!wide && units.some((unit) => !actor.units.includes(unit))) return undefined
  const [only] = actor.units
  const own = !wide && units.length === 0 && actor.units.length === 1 && only !== undefined ? [only] : units
  if (isOfOneUnit(kind) && own.length !== 1) throw new BadInput(`${paperWords[kind]}是一个单位的：请选一个责任单位`)
  const asked = { kind, window: window ?? usualWindow(kind, c.today), plan, units: own }
  if (asked.window.from > asked.window.to) throw new BadInput('起始日应不晚于截止日')
  const made = await draftPaper(deps, asked, sessionStamp(deps, actor.id))
  return { id: made?.id ?? '', notes: made?.was ? ['已有同一时段的草稿，已按今天的数据重新起草'] : [] }
}

/** What one deed came to, told to whoever did it; undefined: the paper has moved since it was looked at. */
type Done = { id: string; notes: string[] } | undefined

export const paperRedraft = async (deps: Deps, actor: Actor, id: string, version: number): Promise<Done> => {
  const made = await redraftPaper(deps, { id, version }, sessionStamp(deps, actor.id))
  if (!made) return undefined
  const { added, removed } = paperDifference(made.before, made.after)
  if (added.length + removed.length === 0) return { id, notes: ['与上一稿相比没有变化'] }
  const lines = [...removed.map((line) => `去掉：${line}`), ...added.map((line) => `新增：${line}`)]
  return {
    id,
    notes: [`与上一稿相比新增${added.length}行，去掉${removed.length}行`, ...lines.slice(0, 20)],
  }
}

export const paperSubmit = async (deps: Deps, actor: Actor, id: string, version: number): Promise<Done> =>
  (await submitPaper(deps, { id, version }, sessionStamp(deps, actor.id))) ? { id, notes: [] } : undefined

export const paperVoid = async (
  deps: Deps,
  actor: Actor,
  id: string,
  { version, reason }: { version: number; reason: string },
): Promise<Done> => {
  refuseMarked(reason)
  return (await voidPaper(deps, { id, version, reason }, sessionStamp(deps, actor.id))) ? { id, notes: [] } : undefined
}

/** The office records whose signature it is; a leader signs for themself and nobody else. */
export const paperSign = async (
  deps: Deps,
  actor: Actor,
  id: string,
  signature: { version: number; signer: string; number: string; on: Day; until?: Day | undefined },
): Promise<Done> => {
  refuseMarked([signature.signer, signature.number].join('\n'))
  const signer = actor.role === 'leader' ? actor.name : signature.signer
  const signed = await signPaper(deps, { id, ...signature, signer }, sessionStamp(deps, actor.id))
  if (!signed) return undefined
  const c = await contextFor(deps, actor)
  const { opened, skipped, until } = signed
  return {
    id,
    notes: [
      ...(opened.length > 0 ? [`开出整改${opened.length}项${until ? `，${dayWords(until, c.today)}前` : ''}`] : []),
      ...skipped.map(({ why }) => `有1项没有开整改：${skipWords[why]}`),
    ],
  }
}

export const paperPush = async (deps: Deps, actor: Actor, id: string, version: number): Promise<Done> => {
  const done = await issuePaper(deps, { id, version }, sessionStamp(deps, actor.id))
  if (!done) return undefined
  const c = await contextFor(deps, actor)
  const lost = done.unreached.map((unit) => unitName(c, unit))
  return {
    id,
    notes: [
      `将在推送时段告知${done.told.length}个单位`,
      ...(lost.length > 0 ? [`送不到：${lost.join('、')}（没有群，也没有绑定联络员）`] : []),
    ],
  }
}

/** 约谈 on record: a unit sees its own. */
export const talkList = async (deps: Deps, actor: Actor) => {
  const c = await contextFor(deps, actor)
  const wide = isOffice(actor) || actor.role === 'leader'
  const talks = await talksOf(c, wide ? undefined : actor.units)
  return {
    talks: talks.map((talk) => ({ unit: unitName(c, talk.unit), day: talk.day, words: talkWords(talk) })),
    units: living(c, actor),
  }
}

/** Records a talk, a fact of each unit. @throws BadInput for a day to come or a unit that is none */
export const talkRecord = async (
  deps: Deps,
  actor: Actor,
  {
    units,
    day,
    tasks,
    ...words
  }: { units: string[]; day: Day; tasks: string[]; by: string; whom: string; text: string },
): Promise<void> => {
  refuseMarked([words.by, words.whom, words.text, ...tasks].join('\n'))
  const c = await contextFor(deps, actor)
  if (day > c.today) throw new BadInput('约谈的日期还没有到：约谈以后再记')
  const facts = await talkFacts(c, { units: [...new Set(units)], day, tasks, words })
  if (facts.length !== new Set(units).size) throw new BadInput('其中有单位不在通讯录上')
  await deps.store.atomic((q) => [
    ...happeningWrites(deps, q, facts, sessionStamp(deps, actor.id)),
    officeMoves(deps, q),
  ])
}

/** When papers are drafted by themselves, and how long a 整改 is given. */
export const paperSettings = async (deps: Deps) => {
  const { version, settings } = await settingsNow(deps)
  return { version, papers: settings.papers }
}
