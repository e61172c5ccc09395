import { matchAt, type Reading, type Scene } from './found.ts'
import { entry, period } from './period.ts'
import { timesAfter } from './times.ts'
import { routine } from './words.ts'

const named = '(?:月度?|季度?|半年度?|周|日|年度?)'
const chain = new RegExp(
  `(月度?|季度?|半年度?|周|日|年度?)((?:[、和及与/]${named}){0,5})(?=${routine}|报表?制|[、，。；）/]|$|公布|[^，。；、的\\n]{0,12}?(?:新闻发布会|调度会|例会|分析会|推进会|通报会|联席会|点评会|讲评会|工作会))`,
  'y',
)
const opening =
  /(?:^|[，。；：、/“（\n]|实行|实施|落实|坚持|建立|建立健全|健全|完善|执行|按照|严格|推行|开展|组织|组织开展|召开|举办|举行|定期召开|做好|监测和|强化|和|与|及|以及|并|采取|通过|加强|抓好)$/
const directly = new RegExp(`^(?:${routine}|新闻发布会)`)
const cellEnd = /^(?:[、，。；）/]|$|公布|公开|更新|报送|发布)/
const convened = /(?:召开|举办|举行|组织|开展|建立|落实|坚持|实行)$/

/** Periods as names of what comes round: 季度抽查, 月调度、季通报, 召开季度、年度新闻发布会. */
export function routineAt(scene: Scene, index: number): Reading | undefined {
  const { text } = scene
  const match = matchAt(chain, text, index)
  const before = text.slice(Math.max(0, index - 5), index)
  if (!match || !(opening.test(before) || isRegime(text, index, index + match[0].length))) return undefined
  const end = index + match[0].length
  const names = [match[1] ?? '', ...(match[2] ?? '').split(/[、和及与/]/)].filter(Boolean)
  const after = text.slice(end, end + 24)
  const convenes = convened.test(before)
  if (!convenes && !directly.test(after) && !(scene.column && cellEnd.test(after))) return undefined
  const counted = timesAfter(text, end)
  const times = counted ? { times: counted.times } : {}
  const found = names.flatMap((name) => {
    const every = period(name)
    const round = scene.column ? cellEnd.test(after) : isRoutine(name, after, before, convenes, names.length)
    return every && (round || isRoutine(name, after, before, convenes, names.length))
      ? [entry(index, end, { every, ...times })]
      : []
  })
  return found.length ? { end, found } : undefined
}

const regime = /^(?:报|报告|通报|调度|例会)制/
const brought = /(?:实行|实施|建立|执行|落实|健全|推行)[^，。；\n]{0,24}$/

/** 实行项目建设进展周报制度: what is reported on stands between the verb and the period. */
const isRegime = (text: string, index: number, end: number): boolean =>
  text[index] !== '年' &&
  regime.test(text.slice(end, end + 4)) &&
  brought.test(text.slice(Math.max(0, index - 28), index))

const asObject =
  /^(?:统计|更新|公开|公布|发布|报送|公示|汇总|考核|考评|检查|通报|督查)(?:的|结果|情况|数据|方案|办法|内容|指标|工作|体系|依据|信息|报告|细则|任务|目标|优秀|评价)/

function isRoutine(name: string, after: string, before: string, convenes: boolean, listed: number): boolean {
  if (/^日/.test(name)) return /^(?:调度|通报|报告(?:制|、[周旬月季])|报制|清零|研判|会商|巡查|排名)/.test(after)
  if (asObject.test(after) || (/度$/.test(name) && /^报告/.test(after))) return false
  if (/度$/.test(name) && /^(?:统计|更新|公开|公布|发布|报送|公示)/.test(after)) return false
  if (name === '年度' && listed > 1 && directly.test(after)) return true
  if (name === '年度') return convenes && /^[^，。；、]{0,14}会/.test(after) && !/(?:建立|落实)$/.test(before)
  if (name === '年') return listed > 1 || /[、“]$/.test(before) || /^报制/.test(after)
  return true
}
