import { factsOf } from '../db/queries/duties.ts'
import { namesOfPeople } from '../db/queries/people.ts'
import type { Line } from '../src/model/card.ts'
import type { DutyFactKind } from '../src/model/life.ts'
import type { Context } from './command.ts'
import { dayWords, firstWords, unitName } from './present.ts'

export type Fact = Awaited<ReturnType<typeof factsOf>>[number]

const LONGEST = 40

/** What was said with it, without the word that announces it (理由：…); empty where nothing was, or it was erased. */
export const wordsSaid = (fact: Fact | undefined, key: 'text' | 'reason'): string => {
  const text = fact?.words?.[key]
  return typeof text === 'string' ? text.replace(/^(?:原因|理由|说明|批示)[是为：:，,\s]*/, '') : ''
}

const said = (fact: Fact, key: 'text' | 'reason'): string => {
  const text = wordsSaid(fact, key)
  return text && `：${firstWords(text, LONGEST)}`
}
const why = (fact: Fact): string => said(fact, 'reason')
const by = (c: Context, { body }: Fact): string => (body.until ? dayWords(String(body.until), c.today) : '')
const to = (c: Context, { body }: Fact): string => (body.to ? unitName(c, String(body.to)) : '')

/** 2018年放假安排公布，到期日由1月9日改为1月12日. */
const recomputedWords = (c: Context, { year, was, dueOn, owedOn }: Fact['body']): string => {
  const why = year ? `${String(year)}年放假安排公布` : '工作日调整'
  const [what, now] = dueOn ? ['到期日', dueOn] : ['原定日期', owedOn]
  if (!now || !was) return `${why}，到期日不变`
  return `${why}，${what}由${dayWords(String(was), c.today)}改为${dayWords(String(now), c.today)}`
}

/** What people read for each thing that happens to a duty. */
const words: Record<DutyFactKind, (c: Context, fact: Fact) => string> = {
  released: () => '下达',
  claimed: () => '认领',
  disclaimed: () => '报不涉及',
  accepted: () => '签收',
  progressed: (_, fact) => `报进展${said(fact, 'text')}`,
  reported: (_, { body }) => `${body.late ? '逾期' : ''}${body.zero ? '零报告' : '反馈'}`,
  withdrawn: () => '撤回反馈',
  cleared: () => '已经保密审查',
  ticked: (_, { body }) => `已交${String(body.proof ?? '')}`,
  approved: () => '审核通过',
  counted: (_, { body }) => `${String(body.activity ?? '')}计入次数`,
  uncounted: (_, { body }) => `${String(body.activity ?? '')}退出计数`,
  returned: (c, fact) => `退回，${by(c, fact)}前重报${why(fact)}`,
  'extension-asked': (c, fact) => `${fact.body.late ? '逾期后' : ''}申请延期到${by(c, fact)}${why(fact)}`,
  'extension-granted': (c, fact) => `同意延期到${by(c, fact)}${why(fact)}`,
  'extension-refused': (_, fact) => `不同意延期${why(fact)}`,
  declined: (c, fact) => `报不属本单位职责${to(c, fact) && `，建议由${to(c, fact)}承办`}${why(fact)}`,
  kept: (_, fact) => `仍由原单位承办${why(fact)}`,
  reassigned: (c, fact) =>
    `转由${to(c, fact)}${fact.body.cause === 'succession' ? '承接（机构调整）' : '承办'}${why(fact)}`,
  merged: (c, { body }) =>
    body.cause === 'carried'
      ? `结转，并入${String(body.code ?? '')}`
      : `并入${unitName(c, String(body.unit ?? ''))}的同一事项`,
  joined: (c, { body }) =>
    body.cause === 'carried'
      ? `由${String(body.code ?? '')}结转并入`
      : `并入${unitName(c, String(body.unit ?? ''))}原来的同一事项`,
  collected: (c, fact) => `牵头单位收配合材料，${by(c, fact)}前`,
  split: (_, { body }) => `分给${Array.isArray(body.parts) ? body.parts.length : 0}个科室`,
  summed: () => '一个科室已交',
  urged: (_, fact) => `催办${said(fact, 'text')}`,
  instructed: (_, fact) => `领导批示${said(fact, 'text')}`,
  suspended: (_, fact) => `中止${why(fact)}`,
  resumed: (_, fact) => `恢复办理${why(fact)}`,
  event: (c, { body }) => `等待的事项已发生${body.dueOn ? `，${dayWords(String(body.dueOn), c.today)}到期` : ''}`,
  amended: (_, { body }) => `调整${body.reason ? `：${String(body.reason)}` : ''}`,
  recomputed: (c, { body }) => recomputedWords(c, body),
  archived: (_, fact) => `方案办结时归档${why(fact)}`,
  carried: (_, { body }) => `由${String(body.code)}结转`,
  waived: (_, fact) => `免予办理${why(fact) || (fact.body.reason ? `：${String(fact.body.reason)}` : '')}`,
}

/** What happened, in words; a kind that nobody knows as it is called. */
export const factWords = (c: Context, fact: Fact): string => (isKind(fact.kind) ? words[fact.kind](c, fact) : fact.kind)

const isKind = (kind: string): kind is DutyFactKind => Object.hasOwn(words, kind)

/** Through which door it came in; on behalf of a unit, how the office was told. */
const doors: Record<string, string> = {
  ...{
    lark: '飞书',
    wecom: '企业微信',
    wechat: '微信',
    dingtalk: '钉钉',
    console: '命令行',
    cli: '命令行',
    web: '网页',
  },
}
const told: Record<string, string> = { phone: '电话', paper: '纸质', oa: 'OA', mail: '邮件' }

/** How it came in: 电话代报, 飞书, 网页; empty where nobody knows. */
export const channelOf = ({ body, via }: Pick<Fact, 'body' | 'via'>): string => {
  const onBehalf = told[String(body.channel ?? '')]
  if (onBehalf) return `${onBehalf}代报`
  // What a button of the console sends goes the way of a message, through a route of its own.
  if (via.startsWith('console:try:')) return '模拟群'
  return via.startsWith('console:web:') ? '网页' : (doors[via.split(':')[0] ?? ''] ?? '')
}

/** Whose each fact was: before a duty came to another unit its facts are the old one's. */
const unitsThen = (
  facts: readonly Fact[],
  duties: readonly { id: string; unit: string }[],
): ((fact: Fact) => string) => {
  const unitOf = new Map(duties.map(({ id, unit }) => [id, unit]))
  const moves = facts.filter(({ kind }) => kind === 'reassigned')
  return ({ id, seq }) =>
    String(moves.find((move) => move.id === id && move.seq >= seq)?.body.from ?? unitOf.get(id) ?? '')
}

/** What happened to the duties since they were handed out, oldest first. */
export const factsSince = async (c: Context, duties: readonly { id: string }[]): Promise<Fact[]> =>
  (
    await factsOf(
      c.db,
      'duty',
      duties.map(({ id }) => id),
    )
  ).filter(({ kind }) => kind !== 'released')

/** The same thing done to many duties at once is one line. */
const onceEach = (facts: readonly Fact[]): Fact[][] => {
  const runs = new Map<string, Fact[]>()
  for (const fact of facts) {
    const key = `${fact.via} ${fact.kind} ${fact.kind === 'recomputed' ? String(fact.body.dueOn ?? '') : ''}`
    const known = runs.get(key)
    if (known) known.push(fact)
    else runs.set(key, [fact])
  }
  return [...runs.values()]
}

/** The last things that happened, with whose duty it was and who did it: 8月15日 · 市财政局 · 反馈 · 周小舟，飞书. */
export const historyLines = async (
  c: Context,
  facts: readonly Fact[],
  duties: readonly { id: string; unit: string }[],
  most: number,
): Promise<Line[]> => {
  const last = onceEach(facts).slice(-most)
  const names = await namesOfPeople(
    c.db,
    last.flatMap(([fact]) => (fact ? [fact.by] : [])),
  )
  const unitThen = unitsThen(facts, duties)
  return last.map((run) => {
    const [fact] = run as [Fact, ...Fact[]]
    const units = [...new Set(run.map(unitThen))].map((id) => unitName(c, id))
    const unit = units.length <= 2 ? units.join('、') : `${units[0]}等${units.length}家`
    const who = [names.get(fact.by), channelOf(fact)].filter(Boolean).join('，')
    const what = factWords(c, fact)
    return { text: [dayWords(String(fact.body.on ?? ''), c.today), unit, what, who].filter(Boolean).join(' · ') }
  })
}
