import { findDuties } from '../db/queries/duties.ts'
import { broughtBy, evidenceNamed, reportedBy } from '../db/queries/evidence.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { isOffice } from '../src/model/person.ts'
import type { Context, Outcome } from './command.ts'
import { codeOf, roundWords } from './present.ts'
import { problem } from './problem.ts'

/** A question is open for ten minutes after files that came within ten of their report. */
const LATEST_MS = 30 * 60_000

const over: Outcome = { reply: problem('没有归到这一项', '这些材料已经归好，或时间已过。请再发一次。') }

/** Materials that waited to be told which of several reports they are for: the speaker's own, for the speaker's own report. */
export const place = async (c: Context, { evidence = [], reports = [] }: IntentOf<'report'>): Promise<Outcome> => {
  const [id = ''] = reports
  const rows = (await evidenceNamed(c.db, evidence)).filter(({ duty }) => duty === '')
  const by = await broughtBy(
    c.db,
    rows.map((row) => row.id),
  )
  const own = rows.filter((row) => by.get(row.id) === c.actor.id)
  const [duty] = await findDuties(c.db, { ids: [id] })
  const facts = await reportedBy(c.db, c.actor.id, new Date(c.now.getTime() - LATEST_MS))
  const report = facts.filter((fact) => fact.duty === id).at(-1)
  const theirs = duty !== undefined && (isOffice(c.actor) || c.actor.units.includes(duty.unit))
  if (!theirs || duty.secret || own.length === 0 || report?.kind !== 'reported') return over
  const where = [codeOf(duty), roundWords(duty.round, c.today)].filter(Boolean).join(' ')
  return {
    reply: {
      title: '已归到这一项',
      tone: 'good',
      blocks: [{ kind: 'text', text: `${own.map(({ name }) => name).join('、')}：附在${where}的反馈后面。` }],
    },
    placed: own.map(({ id: one, version, head }) => ({ id: one, version, head, duty: id, report: report.seq })),
  }
}
