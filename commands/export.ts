import { paperRow } from '../db/queries/paper-rows.ts'
import { usualYear } from '../src/annual/due.ts'
import type { Block, Card } from '../src/model/card.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { needsSignature, type PaperKind, paperWords } from '../src/model/paper.ts'
import { type PaperAsk, type PaperContent, paperDifference } from '../src/model/paper-life.ts'
import { isOffice } from '../src/model/person.ts'
import { BadInput } from '../src/model/problem.ts'
import type { Command, Context, DraftedPaper, Outcome } from './command.ts'
import { readScope } from './find.ts'
import { pageUrl } from './page-url.ts'
import { isOfOneUnit, usualWindow } from './papers/ask.ts'
import { holdsWords, paperUrl } from './papers/issued.ts'
import { placeOfPaper } from './papers/place.ts'
import { dayWords, spanWords } from './present.ts'
import { problem } from './problem.ts'

const example = '例：生成三季度通报'

/** What each may have drafted: the office all, a leader the one page, a unit its own list and summary. */
export const mayDraft = ({ actor }: Pick<Context, 'actor'>, kind: PaperKind): boolean =>
  isOffice(actor) || (actor.role === 'leader' ? kind === 'brief' : kind === 'list' || kind === 'summary')

const refusedKind = (c: Context, kind: PaperKind): Outcome => ({
  reply: problem(
    '没有这项权限',
    c.actor.role === 'leader'
      ? `${paperWords[kind]}由主管科室起草，签发前后您都可以在网页版“文书”里看；在这里您可以要一页纸。`
      : `${paperWords[kind]}由主管科室起草；您可以要本单位的任务清单和落实情况总结。`,
    c.actor.role === 'leader' ? '例：生成8月一页纸' : '例：生成落实情况总结',
  ),
  refused: 'role',
})

const link = (c: Context, path: string, label: string): Block[] => {
  const url = pageUrl(c, path)
  return url === undefined
    ? [{ kind: 'note', text: `请到网页版查看：对我说“网页版”。` }]
    : [{ kind: 'link', label, url }]
}

/** The ledger is a workbook of the console's, as it stands when it is downloaded. */
const ledgerCard = (c: Context, { window }: IntentOf<'export'>): Card => ({
  title: '台账导出',
  tone: 'plain',
  blocks: [
    ...(window
      ? [{ kind: 'fields' as const, fields: [['时段', spanWords(window, c.today)] as [string, string]] }]
      : []),
    ...link(c, window ? `/ledger?due=${window.from}..${window.to}` : '/ledger', '到网页版导出台账'),
    { kind: 'note', text: '在台账页选好条件后点“导出”，下载的就是页面上的那些行。' },
  ],
})

/** The report of a year is made when it is downloaded, from cases, tallies and what the office entered. */
const annualCard = (c: Context, { window }: IntentOf<'export'>): Outcome => {
  if (!isOffice(c.actor) && c.actor.role !== 'leader')
    return {
      reply: problem(
        '没有这项权限',
        '政府信息公开年度报告由主管科室编制；您可以要本单位的任务清单和落实情况总结。',
        '例：生成落实情况总结',
      ),
      refused: 'role',
    }
  const thisYear = Number(c.today.slice(0, 4))
  const year = window ? Number(window.from.slice(0, 4)) : usualYear(c.today)
  if (year > thisYear || year < 2008)
    return { reply: problem('没有这一年的年度报告', `年度应在2008到${thisYear}之间。`, `例：导出${thisYear}年年报`) }
  return {
    reply: {
      title: `${year}年政府信息公开年度报告`,
      tone: 'plain',
      blocks: [
        {
          kind: 'text',
          text:
            year === thisYear
              ? `按今天（${dayWords(c.today, c.today)}）的登记和报数随时可以看，下载的是草稿。`
              : '数来自登记、报数和填写的内容，核对后下载草稿。',
        },
        ...link(c, `/annual?year=${year}`, '到网页版核对、下载'),
      ],
    },
  }
}

const elsewhere = (c: Context, title: string, text: string, path: string): Outcome => ({
  reply: { title, tone: 'plain', blocks: [{ kind: 'text', text }, ...link(c, path, '打开网页版')] },
})

/** The one unit of a paper of one: the one named, the speaker's only one; else it is asked. */
const unitsOf = (c: Context, intent: IntentOf<'export'>, kind: PaperKind): { ok: string[] } | { outcome: Outcome } => {
  const scope = readScope(c, intent.units)
  if ('outcome' in scope) return scope
  const named = c.office.units.filter(({ name }) => intent.units?.includes(name)).map(({ id }) => id)
  const own = isOffice(c.actor) || c.actor.role === 'leader' ? [] : c.actor.units
  const units = named.length > 0 ? named : isOfOneUnit(kind) && own.length === 1 ? own : []
  if (!isOfOneUnit(kind) || units.length === 1) return { ok: units }
  return {
    outcome: {
      reply: problem(
        '请写明责任单位',
        `${paperWords[kind]}是一个单位的，要哪个单位的？回复单位名称即可。`,
        '例：生成市水利局任务清单',
      ),
      ask: { intent, want: 'unit', options: [] },
    },
  }
}

/** What it holds is told in numbers: names stand in the paper, behind its link. */
const draftedCard = (c: Context, { id, asked, content, was }: DraftedPaper, before: PaperContent | undefined): Card => {
  const { kind, window } = asked
  const moved = before && paperDifference(before, content)
  const fields: [string, string][] = [
    ['时段', spanWords(window, c.today)],
    ['数据截至', dayWords(content.asOf, c.today)],
    ['内容', holdsWords(content)],
    ['状态', needsSignature(kind) ? '草稿，签发前不得印发' : '草稿'],
    [
      '与上一稿相比',
      moved
        ? moved.added.length + moved.removed.length === 0
          ? '没有变化'
          : `新增${moved.added.length}行，去掉${moved.removed.length}行`
        : '',
    ],
  ]
  const url = paperUrl(c, id)
  const note = needsSignature(kind)
    ? '请在网页版“文书”送签，签发后登记签发人、文号和日期。群里回复“同意”不算签发。'
    : ''
  return {
    title: `${was ? '已重新起草' : '已起草'}：${content.title}`,
    tone: 'good',
    blocks: [
      { kind: 'fields', fields: fields.filter(([, value]) => value !== '') },
      ...(url
        ? [{ kind: 'link' as const, label: '到网页版查看、下载', url }]
        : [{ kind: 'note' as const, text: `编号 ${id}` }]),
      ...(note ? [{ kind: 'note' as const, text: note }] : []),
    ],
  }
}

const drafted = async (c: Context, asked: PaperAsk): Promise<Outcome> => {
  const place = await placeOfPaper(c.db, asked)
  const made = await c.draft?.(asked)
  if (!made) return elsewhere(c, '请到网页版起草', '这里不能起草文书。', '/papers')
  const { all: _, was, natural } = place
  const paper: DraftedPaper = { id: was?.id ?? made.id, natural, asked, content: made.content, ...(was && { was }) }
  const before = was && (await paperRow(c.db, was.id))?.content
  const sign = { intent: 'sign' as const, paper: paper.id }
  return {
    reply: draftedCard(c, paper, before),
    drafted: paper,
    // A 同意 that follows is heard, so that it is told why it is no signature.
    ...(needsSignature(asked.kind) && { ask: { intent: sign, want: 'confirm' as const, options: [sign] } }),
  }
}

/** 生成三季度通报, 导出8月台账: drafts a paper from the ledger as it stands today, for people to look at; it goes to nobody. */
export const exportPaper: Command<'export'> = {
  intent: 'export',
  title: '起草文书',
  usage: '生成 时段 通报/调度情况/一页纸；生成 某单位 督办通知单/任务清单/落实情况总结；导出台账；导出2017年年报',
  example: '生成落实情况总结',
  officeExample: '生成三季度通报',
  roles: ['liaison', 'head', 'leader', 'office', 'admin'],
  run: async (c, intent) => {
    const what = intent.what ?? 'ledger'
    if (what === 'ledger') return { reply: ledgerCard(c, intent) }
    if (what === 'annual') return annualCard(c, intent)
    if (!mayDraft(c, what)) return refusedKind(c, what)
    if (what === 'scores') return elsewhere(c, '考核得分', '考核得分表在网页版“考核”里核对、导出。', '/assessments')
    const units = unitsOf(c, intent, what)
    if ('outcome' in units) return units.outcome
    const plan = c.office.plans.find(({ code }) => code === intent.plan)?.id ?? ''
    const window = intent.window ?? usualWindow(what, c.today)
    try {
      return await drafted(c, { kind: what, window, plan, units: units.ok })
    } catch (error) {
      if (error instanceof BadInput) return { reply: problem('没有起草', `${error.message}。`, example) }
      throw error
    }
  },
}
