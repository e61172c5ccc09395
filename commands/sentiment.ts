import { type CaseRow, caseNumbered, casesOf, nextCaseNumber } from '../db/queries/cases.ts'
import type { Block, Card, Line } from '../src/model/card.ts'
import type { Clock } from '../src/model/clock.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { type Decided, decide, open } from '../src/register/decide.ts'
import { incident } from '../src/register/incident.ts'
import { notTaken } from './case-said.ts'
import { basisOf, caseNumber, clockWords, isOver, runningOf } from './case-words.ts'
import { caseIn, heirOf, mayDo, readsCase, registerView, unitsRead, viewOf } from './cases.ts'
import type { Command, Context, Outcome } from './command.ts'
import { asOf, unitName } from './present.ts'
import { problem } from './problem.ts'
import { runsOf } from './said.ts'
import { type IncidentSaid, incidentSaid } from './sentiment-said.ts'

type Action = NonNullable<IntentOf<'sentiment'>['action']>

const FORM = '例：登记舆情 市民热线反映城东停水 重大 8:30 https://… （等级：特别重大、重大、其他；不写时间就是现在）'
const EXAMPLES: Record<Action, string> = {
  register: FORM,
  statement: '例：舆情3号权威信息已发布 https://…',
  conference: '例：舆情3号发布会已开 https://…',
  hand: '例：舆情3号转市水利局 6小时内反馈',
  feedback: '例：舆情3号已反馈：已抢修，预计18时恢复',
  raise: '例：舆情3号提高为重大',
  finish: '例：舆情3号办结：已恢复供水',
  list: '例：舆情有哪些没回应',
}

/** Each end with its source, below the times. */
const basisNote = (clocks: readonly Clock[]): Block[] => {
  const bases = [...new Set(clocks.map(basisOf))].filter(Boolean)
  return bases.length > 0 ? [{ kind: 'note', text: `依据：${bases.join('；')}。` }] : []
}

const stands = (c: Context, { next }: Decided, title: string): Card => {
  const view = incident.view(next, registerView(c))
  const running = runningOf(view.clocks)
  const state = incident.states[view.state] ?? ''
  return {
    title: `${caseNumber(next)} ${title}`,
    tone: 'good',
    blocks: [
      {
        kind: 'fields',
        fields: [
          ['事由', view.title],
          ...view.facts.filter(([label]) => label === '等级' || label === '监测发现'),
          ...(view.unit ? ([['承办单位', unitName(c, view.unit)]] as [string, string][]) : []),
          ['状态', state],
          ...running.map((clock, i): [string, string] => [i === 0 ? '时限' : '', clockWords(c, clock)]),
        ],
      },
      ...basisNote(running),
    ],
  }
}

const register = async (c: Context, { rest, level, at, links }: IncidentSaid): Promise<Outcome> => {
  if (!mayDo(incident.opening, c.actor, ''))
    return {
      reply: problem('没有这项权限', '舆情由主管科室登记，本次没有登记。', EXAMPLES.list),
      refused: 'role',
    }
  if (rest === '' || !level) {
    const lack = rest === '' ? '事由' : '等级'
    return { reply: problem(`请写明${lack}`, `登记舆情要写事由和等级，还缺${lack}，本次没有登记。`, FORM) }
  }
  const year = Number((at ?? c.today).slice(0, 4))
  const [link] = links
  const input = { title: rest, level, ...(at && { at }), ...(link && { link }) }
  try {
    const ord = await nextCaseNumber(c.db, 'incident', year)
    const decided = open(incident, input, { year, ord }, registerView(c))
    return { reply: stands(c, decided, '已登记'), cases: [{ id: c.newId(), decided }] }
  } catch (error) {
    return notTaken(error, FORM)
  }
}

/** The deed that is meant and what of the message goes into it. */
const deedOf = (c: Context, action: Action, row: CaseRow, said: IncidentSaid): [name: string, input: object] => {
  const [link, more] = said.links
  const at = said.at ? { at: said.at } : {}
  const view = viewOf(row, registerView(c))
  const words = /[:：]\s*(.+)$/s.exec(said.rest)?.[1]
  switch (action) {
    case 'hand':
      return ['handed', { unit: runsOf(c, said.rest)[0]?.units[0], ...(said.hours && { hours: said.hours }), ...at }]
    case 'raise':
      return ['raised', { level: /特别重大/.test(said.rest) || said.level === 'gravest' ? 'gravest' : 'grave', ...at }]
    case 'finish':
      return ['finished', { ...(words && { reason: words }), ...at }]
    case 'feedback':
      return ['reported', { ...(words && { text: words }), ...at }]
    case 'conference':
      return ['conference', { ...(link && { link }), ...at }]
    default: {
      const isAnswer = /回应|回复/.test(said.rest) && view.clocks.some(({ name }) => name === 'response')
      if (isAnswer) return ['responded', { ...(link && { link }), ...at }]
      if (/继续|后续|再次|最新/.test(said.rest)) return ['continued', { ...(link && { link }), ...at }]
      return ['statement', { ...(link && { link }), ...(more && { more }), ...at }]
    }
  }
}

const named = async (c: Context, number: IncidentSaid['number']): Promise<CaseRow | undefined> => {
  if (!number) return undefined
  const year = Number(c.today.slice(0, 4))
  const found = (of: number) => caseNumbered(c.db, 'incident', of, number.ord)
  // Early in the year an old number is last year's.
  return number.year ? found(number.year) : ((await found(year)) ?? (await found(year - 1)))
}

const act = async (c: Context, action: Action, said: IncidentSaid): Promise<Outcome> => {
  const row = await named(c, said.number)
  if (!row || !readsCase(c, row))
    return {
      reply: problem(
        said.number ? `没有舆情${said.number.ord}号` : '请写明编号',
        said.number ? '没有这一号，或者不是转给本单位的，本次没有登记。' : '要办的是哪一件？本次没有登记。',
        EXAMPLES[action],
      ),
      ...(row && { refused: 'other-unit' }),
    }
  try {
    const [name, input] = deedOf(c, action, row, said)
    const decided = decide(incident, caseIn(row), name, input as Record<string, unknown>, registerView(c))
    if (!mayDo(decided.deed, heirOf(c), row.unit))
      return {
        reply: problem('没有这项权限', `“${decided.deed.title}”由主管科室办理，本次没有登记。`, EXAMPLES.statement),
        refused: 'role',
      }
    const { id, version, head } = row
    return { reply: stands(c, decided, decided.deed.title), cases: [{ id, was: { version, head }, decided }] }
  } catch (error) {
    return notTaken(error, EXAMPLES[action])
  }
}

const SHOWN = 10

const lineOf = (c: Context, row: CaseRow): Line => {
  const running = runningOf(viewOf(row, registerView(c)).clocks)
  const parts = [
    `${caseNumber(row)} ${row.title}`,
    row.unit ? unitName(c, row.unit) : '',
    incident.states[row.state] ?? '',
    ...running.map((clock) => clockWords(c, clock)),
  ]
  const late = running.some(({ due }) => due !== null && isOver(c, due))
  return { text: parts.filter(Boolean).join(' · '), ...(running.length > 0 && { light: late ? 'red' : 'yellow' }) }
}

const list = async (c: Context, text: string): Promise<Outcome> => {
  const units = unitsRead(c)
  const open = await casesOf(c.db, { kinds: ['incident'], open: true, ...(units && { units }) })
  const unanswered = /没回应|未回应|待回应|没处置|没处理|未处理/.test(text)
  const rows = unanswered ? open.filter(({ state }) => state !== 'answered') : open
  const title = unanswered ? '没有回应完的舆情' : '没有办结的舆情'
  if (rows.length === 0) return { reply: { title, tone: 'good', blocks: [{ kind: 'text', text: `${asOf(c)}没有。` }] } }
  const more = rows.length - SHOWN
  const clocks = rows.flatMap((row) => runningOf(viewOf(row, registerView(c)).clocks))
  return {
    reply: {
      title: `${title}${rows.length}件`,
      tone: 'plain',
      blocks: [
        { kind: 'list', lines: rows.slice(0, SHOWN).map((row) => lineOf(c, row)) },
        ...(more > 0 ? [{ kind: 'note' as const, text: `另有${more}件，在网页版“办件”里看全部。` }] : []),
        ...basisNote(clocks),
      ],
    },
  }
}

/** 舆情: the office registers, hands on and closes; the unit that has one says what it has published or answered. */
export const sentiment: Command<'sentiment'> = {
  intent: 'sentiment',
  title: '舆情',
  usage: '舆情编号 权威信息已发布/发布会已开/已反馈 / 舆情有哪些没回应',
  example: '舆情3号权威信息已发布 https://…',
  officeExample: '登记舆情 市民热线反映城东停水 重大 8:30 https://…',
  roles: ['liaison', 'head', 'leader', 'office', 'admin'],
  run: async (c, { action = 'list' }) => {
    if (action === 'list') return list(c, c.message.text)
    const said = incidentSaid(c, c.message.text)
    return action === 'register' ? register(c, said) : act(c, action, said)
  },
}
