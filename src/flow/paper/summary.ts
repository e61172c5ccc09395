import type { Context } from '../../../commands/command.ts'
import { type Fact, wordsSaid } from '../../../commands/history.ts'
import { codeOf, dueWords, type Seen, unitName } from '../../../commands/present.ts'
import { factsOf } from '../../../db/queries/duties.ts'
import { ledgerSections, ledgerTasks } from '../../../db/queries/ledger.ts'
import type { Paper, PaperBlock } from '../../model/paper.ts'
import { themesIn } from '../../plan/themes.ts'
import { dayOf } from '../../time/day.ts'
import { fatesOf, linksIn } from '../console/duty/facts.ts'
import { type Asked, counted, fullDay, fullSpan, oneUnit, planTitle, type Scope, scopeOf } from './asked.ts'
import { figuresOf, matterOf, overallText } from './figures.ts'
import { dutiesOfYear } from './list.ts'

/** A report that stands: approved, or waiting for the office. */
interface Reported {
  item: Seen
  fact: Fact
  fate: 'approved' | 'waiting'
}

const reportsOf = async (c: Context, items: readonly Seen[]): Promise<Reported[]> => {
  const facts = await factsOf(
    c.db,
    'duty',
    items.map(({ duty }) => duty.id),
  )
  return items.flatMap((item) => {
    const own = facts.filter(({ id }) => id === item.duty.id).sort((a, b) => a.seq - b.seq)
    const fates = fatesOf(own)
    return own.flatMap((fact) => {
      const fate = fates.get(fact.seq)
      return fate === 'approved' || fate === 'waiting' ? [{ item, fact, fate }] : []
    })
  })
}

/** What it said, in its own words; what was erased, or never said, is a gap for the unit to fill. */
const quoted = (fact: Fact): string => {
  const text = wordsSaid(fact, 'text').trim()
  if (text !== '') return `报送“${text}”`
  const erased = fact.words === null && fact.wordsDigest !== ''
  return erased ? '报送（原话已清除，此处请补充）' : '报送（没有文字说明，此处请补充）'
}

const reportWords = (c: Context, { item, fact, fate }: Reported): string => {
  const day = fullDay(dayOf(fact.at, c.zone))
  const links = linksIn(fact)
  const late = fact.body.late ? '（逾期报送）' : ''
  const zero = fact.body.zero ? '（零报告）' : ''
  const at = links.length > 0 ? `，公开地址：${links.join(' ')}` : ''
  const waits = fate === 'waiting' && item.state === 'review' ? '（待审核）' : ''
  return `${day}${late}${quoted(fact)}${zero}${at}${waits}。`
}

interface Theme {
  name: string
  reports: Reported[]
}

/** Reports by the headings of their plans; what stands under none comes last. */
const byTheme = async (c: Context, reports: readonly Reported[]): Promise<Theme[]> => {
  const tasks = new Map(
    (await ledgerTasks(c.db, [...new Set(reports.map(({ item }) => item.duty.task))])).map((task) => [task.id, task]),
  )
  const sections = await ledgerSections(c.db)
  const themes = new Map<string, Reported[]>()
  for (const { id } of c.office.plans) {
    const themeOf = themesIn(sections.filter(({ plan }) => plan === id))
    for (const report of reports.filter(({ item }) => item.duty.plan === id)) {
      const name = themeOf(tasks.get(report.item.duty.task)?.section ?? [])?.name ?? ''
      themes.set(name, [...(themes.get(name) ?? []), report])
    }
  }
  const plain = (name: string) => name.replace(/^[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*/, '') || '其他工作'
  return [...themes].map(([name, own]) => ({ name: plain(name), reports: own }))
}

/** Each task with what was said of it, report by report. */
const themeBlocks = (c: Context, { name, reports }: Theme, n: number): PaperBlock[] => {
  const tasks = new Map<string, Reported[]>()
  for (const report of reports) {
    const { task } = report.item.duty
    tasks.set(task, [...(tasks.get(task) ?? []), report])
  }
  return [
    { kind: 'heading', level: 2, text: `（${counted(n)}）${name}` },
    ...[...tasks.values()].flatMap((own): PaperBlock[] => {
      const [first] = own
      if (!first) return []
      const code = codeOf(first.item.duty)
      const words = own.map((report) => reportWords(c, report)).join('')
      return [
        {
          kind: 'text',
          text: `${code} ${matterOf({ ...first.item, duty: { ...first.item.duty, round: '' } })}：${words}`,
          codes: [code],
        },
      ]
    }),
  ]
}

const openWords = (c: Context, item: Seen): string => `${codeOf(item.duty)} ${matterOf(item)}：${dueWords(c, item)}`

const section = (n: number, title: string, blocks: PaperBlock[]): PaperBlock[] => [
  { kind: 'heading', level: 1, text: `${counted(n)}、${title}` },
  ...blocks,
]

const blank = (text: string): PaperBlock => ({ kind: 'blank', text: `（此处请补充：${text}）` })

/** Within the window by the day of the report. */
const within = ({ c, window }: Scope, fact: Fact): boolean => {
  const day = dayOf(fact.at, c.zone)
  return !window || (day >= window.from && day <= window.to)
}

/**
 * 落实情况总结 of one unit, as a draft from its own facts: what it reported and when, in its own words, by the plan's
 * headings. What only people know is left blank, and of 工作秘密 duties there is nothing but how many.
 */
export const summary = async (c: Context, asked: Asked): Promise<Paper> => {
  const unit = oneUnit(asked, '落实情况总结')
  const year = Number((asked.from ?? c.today).slice(0, 4))
  const days = asked.from === undefined ? { from: `${year}-01-01`, to: `${year}-12-31` } : {}
  const scope = scopeOf(c, { ...asked, ...days })
  const items = await dutiesOfYear(scope, year)
  const told = items.filter(({ duty }) => !duty.secret)
  const secret = items.length - told.length
  const reports = (await reportsOf(c, told)).filter(({ fact }) => within(scope, fact))
  const themes = await byTheme(c, reports)
  const owed = told.filter(({ state }) => state === 'open' || state === 'returned')
  const name = unitName(c, unit)
  const title = `${name}${fullSpan(scope.window)}${planTitle(scope) || '重点任务'}落实情况总结`
  const figures = await figuresOf(scope)
  return {
    ...{ v: 1, kind: 'summary', title, to: '', asOf: c.today, issuer: name },
    blocks: [
      ...section(1, '总体情况', [
        { kind: 'text', text: overallText(scope, figures) },
        ...(secret > 0 ? [{ kind: 'text' as const, text: `另有工作秘密事项${secret}项，不在本总结中列示。` }] : []),
        blank('组织领导、机制建设等总体情况'),
      ]),
      ...section(
        2,
        '任务落实情况',
        themes.length > 0
          ? themes.flatMap((theme, i) => themeBlocks(c, theme, i + 1))
          : [{ kind: 'text', text: '台账中没有报送记录。' }, blank('任务落实情况')],
      ),
      ...section(
        3,
        '尚未完成的任务',
        owed.length > 0
          ? owed.map((item): PaperBlock => ({ kind: 'text', text: openWords(c, item), codes: [codeOf(item.duty)] }))
          : [{ kind: 'text', text: '没有尚未完成的任务。' }],
      ),
      ...section(4, '存在的问题', [blank('存在的主要问题及原因')]),
      ...section(5, '下一步打算', [blank('下一步工作打算')]),
    ],
    ...{ units: [unit], duties: [] },
    remarks: ['这是依台账记录生成的草稿：引号内是本单位报送时的原话；标黄的空白请本单位填写，核对后再用印。'],
  }
}
