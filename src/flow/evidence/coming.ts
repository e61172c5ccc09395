import type { Context, NewEvidence, Outcome } from '../../../commands/command.ts'
import { codeOf, roundWords, unitName } from '../../../commands/present.ts'
import { problem } from '../../../commands/problem.ts'
import { type DutyView, findDuties } from '../../../db/queries/duties.ts'
import { reportedBy } from '../../../db/queries/evidence.ts'
import type { Block, Card } from '../../model/card.ts'
import type { EvidenceKind } from '../../model/evidence.ts'
import type { IntentOf } from '../../model/intent.ts'
import { Address, type Attached, addressKey, type Incoming } from '../../model/message.ts'
import { isOffice } from '../../model/person.ts'
import type { Deps } from '../deps.ts'
import { type Brought, brought, keepsFiles, type Named } from './taking.ts'

/** So long after a report what its liaison sends there belongs to it. */
const AFTER_MS = 10 * 60_000
/** Links of one report that are looked at. */
const MOST_LINKS = 10

/** A report: the duty, and its fact's number. */
interface Report {
  duty: string
  seq: number
}

/** The reports that these happenings are, numbered as their facts will be. */
const reportsIn = ({ facts = [] }: Outcome): (Report & { links: string[] })[] => {
  const seqs = new Map<string, number>()
  return facts.flatMap(({ row, kind, body }) => {
    const seq = (seqs.get(row.id) ?? row.version) + 1
    seqs.set(row.id, seq)
    return row.subject === 'duty' && kind === 'reported'
      ? [{ duty: row.id, seq, links: (body.links ?? []) as string[] }]
      : []
  })
}

const kindOf = ({ kind }: Attached): EvidenceKind => (kind === 'image' ? 'picture' : 'file')

const rowsOf = (deps: Deps, { room }: Incoming, { duty, seq }: Report, files: readonly Named[]): NewEvidence[] =>
  files.map(({ file, name }) => ({
    ...{ id: deps.newId(), duty, report: seq, kind: kindOf(file), name },
    source: { v: 1, file, room },
  }))

const linkRows = (deps: Deps, { room }: Incoming, { duty, seq, links }: Report & { links: string[] }): NewEvidence[] =>
  [...new Set(links)].slice(0, MOST_LINKS).map((name) => ({
    ...{ id: deps.newId(), duty, report: seq, kind: 'link' as const, name },
    source: { v: 1, room },
  }))

const withNotes = (card: Card, notes: readonly string[]): Card =>
  notes.length === 0
    ? card
    : { ...card, blocks: [...card.blocks, ...notes.map((text): Block => ({ kind: 'note', text }))] }

const refusedWords = ({ refused }: Brought): string[] =>
  refused.length === 0 ? [] : [`没有保存：${refused.map(({ name, why }) => `${name}（${why}）`).join('、')}`]

const UNKEPT = '随附的图片、文件没有保存；佐证请写公开链接。'
const OF_NO_DUTY = '随附的图片、文件没有保存：自评的佐证请写在文字里，或写公开链接；材料请送主管科室。'
const SECRET = '这一项的材料不在这里传，随附的图片、文件没有保存，请送办公室。'

const secretOf = async (c: Context, duties: readonly string[]): Promise<Set<string>> =>
  new Set((await findDuties(c.db, { ids: [...new Set(duties)] })).flatMap(({ id, secret }) => (secret ? [id] : [])))

/**
 * What comes with a report: its links are looked at, its pictures and files are fetched, both behind its back. Of 工作秘密
 * nothing is; what is not kept is said, so that nobody takes it for kept.
 */
export const withEvidence = async (c: Context, message: Incoming, decided: Outcome, deps: Deps): Promise<Outcome> => {
  const { files = [] } = message
  const { reply, facts = [], scored } = decided
  if (reply && scored && files.length > 0) return { ...decided, reply: withNotes(reply, [OF_NO_DUTY]) }
  if (!reply || facts.length === 0) return decided
  const reports = reportsIn(decided)
  const looks = deps.checkLink !== undefined && reports.some(({ links }) => links.length > 0)
  const keeps = files.length > 0 && reports.length > 0 && keepsFiles(deps, message)
  if (!looks && !keeps) return files.length > 0 ? { ...decided, reply: withNotes(reply, [UNKEPT]) } : decided
  const secret = await secretOf(
    c,
    reports.map(({ duty }) => duty),
  )
  const open = reports.filter(({ duty }) => !secret.has(duty))
  const came: Brought = keeps && open.length > 0 ? brought(message) : { files: [], refused: [] }
  const notes =
    files.length === 0
      ? []
      : !keeps
        ? [UNKEPT]
        : open.length === 0
          ? [SECRET]
          : [
              ...(came.files.length > 0 ? [`随附的${came.files.length}个图片、文件正在保存，存好在这里告诉您。`] : []),
              ...refusedWords(came),
            ]
  const evidence = open.flatMap((report) => [
    ...(looks ? linkRows(deps, message, report) : []),
    ...rowsOf(deps, message, report, came.files),
  ])
  return { ...decided, reply: withNotes(reply, notes), ...(evidence.length > 0 && { evidence }) }
}

/** What the speaker has reported here a moment ago, and has not taken back: each duty's latest report. */
const justReported = async (c: Context): Promise<Report[]> => {
  const facts = await reportedBy(c.db, c.actor.id, new Date(c.now.getTime() - AFTER_MS))
  const here = addressKey(c.place.address)
  const standing = new Map<string, number[]>()
  for (const { duty, seq, kind, words } of facts) {
    const seqs = standing.get(duty) ?? []
    standing.set(duty, seqs)
    const room = Address.safeParse(words?.room)
    if (kind === 'withdrawn') seqs.pop()
    else if (room.success && addressKey(room.data) === here) seqs.push(seq)
  }
  return [...standing].flatMap(([duty, seqs]) => {
    const seq = seqs.at(-1)
    return seq === undefined ? [] : [{ duty, seq }]
  })
}

/** Words with which people hand in files and say nothing else. */
const MATERIALS =
  /^(?:以上|如下|补充|补交|补发|附|附件|附上|报送|提交|发|相关|有关|佐证|证明|印证|支撑|材料|资料|照片|图片|截图|文件|见|如|下|是|的|在|为|了|这|请|查收|查看|[:：，,。.！!\s])+$/

/** Files alone, or with nothing said but that they are the materials. */
export const isMaterials = ({ text, files = [], button, happened }: Incoming): boolean =>
  !button &&
  !happened &&
  (text === ''
    ? files.length > 0
    : text.length <= 20 && MATERIALS.test(text) && (files.length > 0 || /材料|资料|佐证|附件|照片|截图/.test(text)))

const named = (c: Context, duty: DutyView): string =>
  [
    c.actor.units.length > 1 || isOffice(c.actor) ? unitName(c, duty.unit) : '',
    codeOf(duty),
    roundWords(duty.round, c.today),
  ]
    .filter(Boolean)
    .join(' ')

const choice = (duty: DutyView, evidence: readonly NewEvidence[]): IntentOf<'report'> => ({
  ...{ intent: 'report', tasks: [duty.number], plan: duty.planCode, reports: [duty.id] },
  evidence: evidence.map(({ id }) => id),
})

const NONE = problem(
  '图片和文件没有保存',
  '近10分钟内没有您在这里报的任务，不知道是哪一项的佐证。',
  '先报完成（例：1-2 7月的已公开），再把材料发来。',
)

/**
 * Pictures and files that follow a report of the same liaison in the same place: they are its evidence. Undefined where
 * they are none: nothing was reported there a moment ago, or nothing is kept here.
 */
export const filesAfter = async (c: Context, message: Incoming, deps: Deps): Promise<Outcome | undefined> => {
  if (!keepsFiles(deps, message)) return undefined
  const { files = [] } = message
  const reports = await justReported(c)
  const duties = (await findDuties(c.db, { ids: reports.map(({ duty }) => duty) })).filter(
    // Whom the office has taken the unit from meanwhile brings it nothing.
    ({ unit }) => isOffice(c.actor) || c.actor.units.includes(unit),
  )
  const open = duties.filter(({ secret }) => !secret)
  const [first] = open
  if (!first)
    return duties.length > 0
      ? { reply: problem('没有保存', SECRET) }
      : c.actor.role === 'liaison' && message.addressed && files.length > 0
        ? { reply: NONE }
        : undefined
  if (files.length === 0)
    return {
      reply: {
        title: '请把材料发在这里',
        tone: 'plain',
        blocks: [
          {
            kind: 'text',
            text: `10分钟内发来的图片、文件附在${open.map((duty) => named(c, duty)).join('、')}的反馈后面。`,
          },
        ],
      },
    }
  const came = brought(message)
  const told = refusedWords(came)
  if (came.files.length === 0) return { reply: problem('没有保存', told.join('')) }
  if (open.length === 1) {
    const report = reports.find(({ duty }) => duty === first.id)
    const evidence = report ? rowsOf(deps, message, report, came.files) : []
    const starts = deps.adapters.some(
      ({ platform, route, canStart }) =>
        platform === message.platform && route === message.route && canStart[message.room.kind],
    )
    // Whom the bot can write to is told once, when it is known what was kept.
    if (starts && told.length === 0) return { evidence }
    const text = `${came.files.length}个图片、文件附在${named(c, first)}的反馈后面，正在保存。`
    return {
      evidence,
      reply: withNotes({ title: '收到材料', tone: 'plain', blocks: [{ kind: 'text', text }] }, told),
    }
  }
  const evidence = rowsOf(deps, message, { duty: '', seq: 0 }, came.files)
  const options = open.slice(0, 9).map((duty) => choice(duty, evidence))
  const [intent] = options
  if (!intent) return undefined
  return {
    evidence,
    ask: { intent, want: 'task', options },
    reply: withNotes(
      {
        title: '这些材料是哪一项的？',
        tone: 'plain',
        blocks: [
          { kind: 'list', lines: open.slice(0, 9).map((duty, i) => ({ text: `${i + 1}. ${named(c, duty)}` })) },
          { kind: 'note', text: '回复序号即可；10分钟内不回复，材料不归到任何一项。' },
        ],
      },
      told,
    ),
  }
}
