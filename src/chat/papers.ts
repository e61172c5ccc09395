import type { Intent } from '../model/intent.ts'
import { planOf, type Reading, tasksOf, unitsOf, windowOf } from './reading.ts'

const PAPER = '(?:文书|通报|文件|督办通知单|通知单|材料)'
const UNSIGNED = '(?:待签发|待签|(?:还|尚)?(?:没|未)(?:有)?签发?|等(?:着|待)?签发?)'
const ASKED = new RegExp(
  `^(?:请)?(?:查|看)?(?:一?下|看)?(?:现在|目前|还|都)?有?(?:哪些|什么|几[份个件]|多少)?${PAPER}?(?:是|还)?${UNSIGNED}的?${PAPER}?(?:清单|列表)?(?:有哪些|有几[份个件]|有吗|吗)?[?。!]*$`,
)

/** 签发, 同意印发三季度通报, 通报可以发了: meant as a signature, which no chat is. */
const SIGNED = new RegExp(
  `^(?:我|请|已经?|同意|可以|准予|批准|,|现)*(?:签发|印发|签字)(?:这份|该|本|此)?(?:Đ|Þ|的|了)*${PAPER}?(?:了|吧)?[。!]*$|^(?:这份|该|本|此|Đ|Þ|的)*${PAPER}(?:我|已经?|就|都)*(?:同意|可以|准予|批准)(?:了)?(?:印?发|签发|下发|发出(?:去)?|出去)?(?:了|吧)?[。!]*$`,
)

const TALKED = /^(?:请)?(?:帮我?)?(?:记录|登记|录入|补记|记)(?:一?[下次条])?(?:对)?(?:Ü的?)?约谈/
const TALKS =
  /^(?:请)?(?:查|看)?(?:一?下|看)?(?:有)?(?:哪些|几次|多少)?(?:Ü的?|Đ的?)*约谈(?:记录|情况|清单|了?(?:哪些|谁)(?:单位)?)(?:有哪些)?[?。!]*$/

const MAKE = /导出|生成|起草|草拟|下载|打印|编制|制作|出一?[份张]|拟一?[份个]|做一?份|来一?份/
/** 调度情况 and 一页纸 are papers of the office's; a unit's 任务清单 is one only where it is to be made as a file. */
const OTHERS: readonly (readonly [RegExp, 'dispatch' | 'brief' | 'list'])[] = [
  [/调度(?:情况|材料|说明|简报)/, 'dispatch'],
  [/一页纸|领导参阅/, 'brief'],
  [/任务清单/, 'list'],
]

/** Papers, signatures and talks: what is drafted, what waits to be signed, whom the office has talked to. */
export function readPapers(r: Reading): Intent | undefined {
  if (r.links.length > 0 || r.toOther) return undefined
  if (TALKED.test(r.words) && !/\?|吗$/.test(r.words)) {
    const day = r.times.find((time) => time.day)
    return { intent: 'talk', ...unitsOf(r), ...tasksOf(r), ...(day && { on: day.to }) }
  }
  if (r.said.length > 0) return undefined
  if (TALKS.test(r.words)) return { intent: 'talk', ...unitsOf(r), list: true }
  if (ASKED.test(r.words)) return { intent: 'papers' }
  if ((r.office || r.leader) && SIGNED.test(r.words)) return { intent: 'sign' }
  const what =
    MAKE.test(r.words) && !/\?|吗|没|未|已|别|不/.test(r.words) && OTHERS.find(([word]) => word.test(r.words))
  return what ? { intent: 'export', what: what[1], ...unitsOf(r), ...windowOf(r), ...planOf(r) } : undefined
}
