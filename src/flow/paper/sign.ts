import { codeOf, dayWords } from '../../../commands/present.ts'
import { findDuties } from '../../../db/queries/duties.ts'
import { numberIsFree, type PaperRow, paperNumbered, paperRow } from '../../../db/queries/paper-rows.ts'
import { secretTasks } from '../../../db/queries/plans.ts'
import type { Day } from '../../model/deadline.ts'
import type { Body } from '../../model/fact.ts'
import { needsSignature, paperWords } from '../../model/paper.ts'
import { type PaperFacts, paperColumns, paperMay, wordsOfBlock } from '../../model/paper-life.ts'
import { BadInput } from '../../model/problem.ts'
import { dayOf, isDay } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { officeMoves, type Stamp } from '../ledger.ts'
import { machineContext } from '../machine.ts'
import { addedId, addedWrites } from '../opened.ts'
import { happens } from '../subjects.ts'
import { retried } from './again.ts'
import { withRectifyDay } from './bulletin.ts'
import { contentDigest } from './draft.ts'
import { saysMatter } from './figures.ts'
import { keptPaper } from './file.ts'
import { rectifyOutlook, rectifyTasks } from './rectify.ts'

/** A signature as the office records it: who signed, under which 文号, on which day; `until`: the day of the 整改 that it opens. */
export interface Signature {
  id: string
  /** The version that was looked at; what has moved since is not signed. */
  version?: number | undefined
  signer: string
  number: string
  on: Day
  until?: Day | undefined
}

export interface Signed {
  /** Codes and units of the 整改 that it opened. */
  opened: { code: string; unit: string }[]
  skipped: PaperFacts['signed']['skipped']
  until: Day | null
}

const LONGEST = 40

const named = (text: string, what: string): string => {
  const name = text.trim()
  if (name === '' || name.length > LONGEST) throw new BadInput(`请写明${what}（不超过${LONGEST}字）`)
  return name
}

/** 某督[2017]3号 is written 某督〔2017〕3号, so that one number is one number. */
const numberIn = (text: string): string =>
  named(text, '文号，例如 某督〔2017〕3号')
    .replace(/\s+/g, '')
    .replace(/[[［(（【]/g, '〔')
    .replace(/[\]］)）】]/g, '〕')

/** The row as it stands, or why nothing can be done to it. @throws BadInput */
export const paperOf = async (deps: Pick<Deps, 'store'>, id: string): Promise<PaperRow> => {
  const row = await paperRow(deps.store, id)
  if (!row) throw new BadInput('没有这份文书：用 duban paper list 看编号')
  return row
}

const refuseState = ({ kind, state }: PaperRow): void => {
  if (!needsSignature(kind)) throw new BadInput(`${paperWords[kind]}不需要签发，可以直接导出`)
  if (state === 'signed') throw new BadInput('这份文书已经签发，不能再签一次')
  if (!paperMay('signed', state)) throw new BadInput('这份文书已经作废，不能签发')
}

/** A signature stands on a day: not before what it signs was there, and not in the future. @throws BadInput */
const refuseDay = (deps: Deps, row: PaperRow, on: Day): void => {
  const today = dayOf(deps.now(), deps.zone)
  if (!isDay(on)) throw new BadInput(`签发日期应是日期，例如 2017-08-15，而不是“${on}”`)
  if (on > today) throw new BadInput(`签发日期 ${on} 还没有到，请写实际签发的日期`)
  if (on < row.content.asOf)
    throw new BadInput(
      `签发日期 ${on} 早于成文：这份${paperWords[row.kind]}的数据截至 ${row.content.asOf}，签的不会是这一稿。请写 ${row.content.asOf} 或以后的日期`,
    )
}

/** What was set 内部 since it was drafted stands in it in full: it would go out under the signature. @throws BadInput */
const refuseSecrets = async ({ store }: Deps, { content }: PaperRow): Promise<void> => {
  const tasks = await secretTasks(store)
  const text = content.blocks.flatMap(wordsOfBlock).join('\n')
  const told = (await findDuties(store, { tasks: [...tasks] })).filter((duty) => saysMatter(text, duty))
  const codes = [...new Set(told.map(codeOf))]
  if (codes.length > 0)
    throw new BadInput(`起草以后${codes.join('、')}设为了内部，这一稿里还写着内容：请重新起草再签发`)
}

/**
 * Records a signature. The docx is rendered once and kept: what is downloaded from then on is those bytes. Each matter that
 * the paper names opens a 整改, but what is done by now and what has one open.
 * @returns undefined where the paper has moved since `version`
 * @throws BadInput for what cannot be signed so; nothing is stored
 */
export const signPaper = (deps: Deps, signature: Signature, stamp: Stamp): Promise<Signed | undefined> =>
  retried(deps, async () => {
    const { id, version, on } = signature
    const row = await paperOf(deps, id)
    if (version !== undefined && row.version !== version) return undefined
    refuseState(row)
    await refuseSecrets(deps, row)
    const [signer, number] = [named(signature.signer, '签发人'), numberIn(signature.number)]
    refuseDay(deps, row, on)
    const other = await paperNumbered(deps.store, number, on.slice(0, 4), id)
    if (other) throw new BadInput(`文号 ${number} 今年已经用于《${other.title}》，请换一个文号`)
    const c = machineContext(deps, await deps.cache(deps.store))
    const foreseen = row.kind === 'bulletin' ? await rectifyOutlook(deps.store, row.content.matters) : []
    const until = signature.until ?? c.calendar.addWorkdays(c.today, c.office.settings.papers.rectify)
    if (!isDay(until) || until <= c.today) throw new BadInput(`整改期限应在今天（${dayWords(c.today, c.today)}）以后`)
    const tasks = await rectifyTasks(c, { paper: id, number, until }, foreseen)
    const content = row.kind === 'bulletin' ? withRectifyDay(row.content, until) : row.content
    const kept = await keptPaper(deps, content, { state: 'signed', number, signer, signedOn: on })
    const skipped = foreseen.flatMap(({ matter, skip }) => (skip ? [{ duty: matter.duty, why: skip }] : []))
    const body: PaperFacts['signed'] = {
      ...{ on: c.today, signedOn: on, number, digest: contentDigest(deps, content), hash: kept?.hash ?? null },
      until: tasks.length > 0 ? until : null,
      opened: tasks.map(({ duty, task }) => ({ duty, task: addedId(deps, task) })),
      skipped,
    }
    const fact = { kind: 'signed', body: body as unknown as Body, words: { signer } }
    await deps.store.atomic((q) => [
      numberIsFree(deps.store, q, number, on, id),
      ...happens(
        deps,
        q,
        { subject: 'paper', was: row, facts: [fact], set: { ...paperColumns(fact), signer, content } },
        stamp,
      ),
      ...(kept ? [kept.write(q)] : []),
      ...addedWrites(
        deps,
        q,
        tasks.map(({ task }) => task),
        stamp,
      ),
      ...(tasks.length > 0 ? [officeMoves(deps, q)] : []),
    ])
    return { opened: tasks.map(({ code, unit }) => ({ code, unit })), skipped, until: body.until }
  })

/** Asked to be signed (待签发). @returns false where it moved since `version` @throws BadInput */
export const submitPaper = (
  deps: Deps,
  { id, version }: { id: string; version?: number | undefined },
  stamp: Stamp,
): Promise<boolean> =>
  retried(deps, async () => {
    const row = await paperOf(deps, id)
    if (version !== undefined && row.version !== version) return false
    refuseState(row)
    if (!paperMay('submitted', row.state)) throw new BadInput('这份文书已经在待签发')
    const fact = { kind: 'submitted', body: { on: dayOf(stamp.at, deps.zone) } }
    await deps.store.atomic((q) =>
      happens(deps, q, { subject: 'paper', was: row, facts: [fact], set: paperColumns(fact) }, stamp),
    )
    return true
  })

/** Void, with its reason; a signed one keeps its bytes and its number, and what it opened stays open. @throws BadInput */
export const voidPaper = (
  deps: Deps,
  { id, version, reason: said }: { id: string; version?: number | undefined; reason: string },
  stamp: Stamp,
): Promise<boolean> =>
  retried(deps, async () => {
    const row = await paperOf(deps, id)
    if (version !== undefined && row.version !== version) return false
    if (!paperMay('voided', row.state)) throw new BadInput('这份文书已经作废')
    const reason = said.trim()
    if (reason === '' || reason.length > 500) throw new BadInput('请写明作废的理由（不超过500字）')
    const fact = { kind: 'voided', body: { on: dayOf(stamp.at, deps.zone) }, words: { reason } }
    await deps.store.atomic((q) =>
      happens(deps, q, { subject: 'paper', was: row, facts: [fact], set: paperColumns(fact) }, stamp),
    )
    return true
  })
