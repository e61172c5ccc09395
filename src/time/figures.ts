/**
 * Does a rule without a day of its own publish the figures of a period? Those exist only after the period (July's
 * revenue comes out in August), while a meeting, a check or a piece of news happens in it.
 */

/** Words that say the thing is made known to somebody; 发布会 is a meeting, 政务公开 a field of work. */
const publishing = /公开|公布|发布(?!会)|公示|通报(?!会|批评)|报送|上报|披露|更新/
const fieldsOfWork = /政务公开|信息公开|五公开|依申请公开|[村厂校党院]务公开|财务公开/g

/** What a period leaves behind when it is over. */
const figures =
  /收支|收入|支出|数据|指标|指数|统计|情况|状况|监测|结果|效益|成效|进展|进度|水质|空气质量|环境质量|人数|金额|余额|均价|价格|总量|产量|排名|报表|台账|总结|[月季年]报|年度报告/

/** What is done within the period; 检查情况 is a figure again, not a check. */
const activity =
  /(?:召开|举办|举行|组织|开展|研究|听取|抽查|检查|督查|督导|巡查|巡检|监测|抽检|演练|培训|轮训|调研|座谈|宣讲|宣传|解读|走访|学习|例会|会议|活动|普查|排查|清理|评估|考核|汇报)(?!情况|结果|数据|信息|报告|工作情况|进展|成效)/

/** A meeting that exists to tell the figures: 运行情况新闻发布会. */
const tellingMeeting = /(?:情况|数据|指标|状况|统计)(?:新闻)?(?:发布会|通气会|通报会)/

const clauseEnds = /[，,。；;：:！!？?（）()\n]/

type Kind = 'figures' | 'publication' | 'activity' | 'none'

/** What the first telling word of a clause makes of it; `around` is where its object may stand. */
function kindOf(clause: string, around = clause): Kind {
  if (tellingMeeting.test(clause)) return 'figures'
  const plain = clause.replace(fieldsOfWork, (field) => '　'.repeat(field.length))
  const told = plain.search(publishing)
  const done = plain.search(activity)
  if (done >= 0 && (told < 0 || done < told)) return 'activity'
  if (told < 0) return 'none'
  return figures.test(around) ? 'figures' : 'publication'
}

function upToClauseEnd(text: string, from: number): number {
  const length = text.slice(from).search(clauseEnds)
  return length < 0 ? text.length : from + length
}

function clauseStart(text: string, at: number): number {
  let start = at
  while (start > 0 && !clauseEnds.test(text[start - 1] ?? '')) start--
  return start
}

function kindInText(text: string, raw: string, at: number, others: readonly string[]): Kind {
  let end = upToClauseEnd(text, at + raw.length)
  for (const other of others) {
    const next = text.indexOf(other, at + raw.length)
    // 季度、年度运行情况: two rules side by side share what follows them.
    const shared = /^[、和及与或]?$/.test(text.slice(at + raw.length, next))
    if (next >= 0 && next < end && !shared) end = next
  }
  const start = clauseStart(text, at)
  const after = kindOf(text.slice(at, end), text.slice(start, end))
  if (after !== 'none') return after
  const before = kindOf(text.slice(start, at))
  if (before !== 'none') return before
  // 每季度，公开……: the clause of the rule holds nothing but the rule.
  return end < text.length && end - at - raw.length < 4
    ? kindOf(text.slice(end + 1, upToClauseEnd(text, end + 1)))
    : 'none'
}

function kindInColumn(text: string, raw: string): Kind {
  const saysSo = publishing.test(raw)
  if (saysSo && figures.test(text)) return 'figures'
  const clauses = text.split(clauseEnds).map((clause) => kindOf(clause))
  const kind = clauses.find((one) => one === 'figures' || one === 'activity')
  // 按月度、季度（公布）: 月度 names the period that figures cover, where the text does not tell of something done in it.
  if (/月度|年度/.test(raw) && (saysSo || kind !== 'activity')) return 'figures'
  return saysSo ? 'publication' : (kind ?? 'none')
}

/**
 * Whether the rule `raw` of a task's `text` makes a period's figures known. A rule of the time-limit column speaks of
 * the whole text, one in running text of its own clause, which ends where the next rule (`others`) begins.
 */
export function publishesFigures(
  text: string,
  rule: { raw: string; from: 'text' | 'column' },
  others: readonly string[] = [],
): boolean {
  const at = rule.from === 'text' ? text.indexOf(rule.raw) : -1
  const kind = at >= 0 ? kindInText(text, rule.raw, at, others) : kindInColumn(text, rule.raw)
  return kind === 'figures'
}
