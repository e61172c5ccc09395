import { numberOf } from './numbers.ts'
import { maskOtherNumbers } from './other-numbers.ts'
import { MARK, mask } from './text.ts'

/** Task numbers as the text names them, with where they stand. */
export interface TaskMention {
  start: number
  end: number
  ids: string[]
}

export interface FoundTasks {
  tasks: TaskMention[]
  plan?: string
  masked: string
}

const ID = '(?:[RrＲ]-\\d{1,3}|\\d{1,2}(?:\\.\\d{1,2}){1,2}-\\d{1,3}|\\d{1,3}-\\d{1,3}(?![\\d-])|\\d{1,4})'
/** No two of these fit the same text, so that a long list is read in one way only. */
const SPOKEN = `(?:${ID}|[零〇一二两三四五六七八九十百千]{1,7})`
const AND = '(?:[、,，/]|和|与|及|以及|跟|还有)'
const TO = '(?:到|至|~|—)'
/** The plan's code, said again before a further number. */
const AGAIN = `${MARK.plan}*`
const LIST = `${SPOKEN}(?:(?:[ ]?[号项])?(?:[ ]?任务)?[ ]?(?:${AND}|${TO})[ ]?${AGAIN}(?:(?:第|#|任务)[ ]?)?${SPOKEN}){0,40}`

const CODE_LEFT = '(?<![\\d.A-Za-z-])'

const PATTERNS: readonly RegExp[] = [
  new RegExp(`#[ ]?(${LIST})[ ]?号?(?:任务)?`, 'g'),
  new RegExp(`第[ ]?(${LIST})[ ]?(?:项|号|条|款|个(?=任务))(?:任务|工作|事项)?`, 'g'),
  new RegExp(
    `(?:任务编号|任务号|任务|编号|序号|No\\.?|NO\\.?)[ ]?[:#]?[ ]?第?(${LIST})[ ]?(?:号|项(?!任务))?(?!\\d)`,
    'g',
  ),
  new RegExp(`${CODE_LEFT}(\\d{1,3}[ ]?(?:到|至|~|—)[ ]?\\d{1,3})[ ]?项(?:任务|工作|事项)?`, 'g'),
  new RegExp(`${CODE_LEFT}(${LIST})[ ]?号(?:任务|工作|事项|督办件|督办事项)?`, 'g'),
  new RegExp(
    `${CODE_LEFT}((?:[Rr]-\\d{1,3}|\\d{1,2}(?:\\.\\d{1,2}){1,2}-\\d{1,3}|\\d{1,3}-\\d{1,3})(?:[ ]?(?:${AND}|${TO})[ ]?${AGAIN}(?:[Rr]-\\d{1,3}|\\d{1,2}(?:\\.\\d{1,2}){1,2}-\\d{1,3}|\\d{1,3}-\\d{1,3}))*)(?![\\d-])(?:任务|项)?`,
    'g',
  ),
]

const VERBS =
  '完成了?|审核通过|通过|退回|驳回|打回|签收|认领|领取|催办|催一?下|催|看一?下|看看|查看|查一?下|看|查|撤回|撤销|收回|销号|办结|进展|进度|反馈|报告|汇报|报|同意|不同意|改派|恢复|中止|暂停|更正|修改|搞定|报送|领|督促|提交|已完成|已公开|公开|发布|Ü|Þ|Ł|任务|详情|除了?|除开|涉及|其中|还有|免予办理|免办|转派|关于|收到|不再督办|把|将|对|那'
const LOOSE = new RegExp(
  `(^|[\\s:;。!(【]|,(?=\\d{1,3}(?:[、和]\\d{1,3}){0,20}号?(?:不涉|认领|退回|驳回|打回|通过|审核|不是|已|都|没|未|完成|正在|还))|Đ|${VERBS})[:：]?[ ]?(\\d{1,3}(?:[ ]?(?:[、,，]|和|与|及|到|至|~)[ ]?${AGAIN}\\d{1,3}|[ ]\\d{1,3}(?=[ ]|$|[,;。、!])){0,40})(?!\\d|\\.\\d|[:：]\\d|-\\d|[ ]?、[ ]?\\d)(?=-?(?:已|未)|$|[两三四五六七八九十]{1,3}[项个件]|[\\s,;。、!?)】:ŁĐÜ]|任务|已|都|全|均|完|办|搞|弄|正|还|没|未|不|涉|是|请|能|申|延|通|退|驳|销|的|进|怎|什|到|呢|谁|哪|差|责|改|转|撤|收|签|认|号|尚|也|可|材|链|报|零|无|需|要|要|暂|恢|中止|初|这|做|发|公|上|提|快|准|预|争|推|再|和|其|给|催|审|为|由)`,
  'g',
)

const CODES =
  /((?!查看|完成|通过|退回|任务|签收|认领|催办|撤回|关于|报告|反馈|进展|驳回|打回|销号|恢复|中止|暂停|收到|同意|批准|提交|公示|查询|修改|更正|一下|其中|还有|以及|办结|搞定|已经|我局|我们)[\u4e00-\u9fa5]{2}\d{2})[ ]?[-—][ ]?(?=[Rr]-\d|\d)/g

function listed(list: string): string[] {
  const out: string[] = []
  const parts = list.replace(/号|项|任务|#|第|Þ|[ ]/g, '').split(/([、,，/]|以及|还有|和|与|及|跟|到|至|~|—)/)
  for (let i = 0; i < parts.length; i += 2) {
    const raw = parts[i] ?? ''
    const id = /^[Rr]-/.test(raw) ? raw.toUpperCase() : /[-.]/.test(raw) ? raw : String(numberOf(raw))
    if (id === 'NaN') return []
    const joint = parts[i - 1] ?? ''
    const before = Number(out.at(-1))
    if (/[到至~—]/.test(joint) && before < Number(id) && Number(id) - before < 60) {
      for (let n = before + 1; n <= Number(id); n += 1) out.push(String(n))
    } else out.push(id)
  }
  return out.some((id) => Number(id) === 0) ? [] : out
}

/** 3-5号 is a task of its own number; 3-5号全部完成 and 第3-5项 count through. */
function ranged(ids: string[], whole: string, after: string): string[] {
  if (ids.length !== 1) return ids
  const [, a, b] = /^(\d{1,3})-(\d{1,3})$/.exec(ids[0] ?? '') ?? []
  if (a === undefined || b === undefined || Number(a) >= Number(b)) return ids
  const through = /^第/.test(whole) || (/号/.test(whole) && /^(?:任务)?(?:这?几[项个]|全部|全都|都|均|全)/.test(after))
  if (!through || Number(b) - Number(a) > 60) return ids
  return Array.from({ length: Number(b) - Number(a) + 1 }, (_, i) => String(Number(a) + i))
}

/** 12、13，33号: where 、 joins the numbers, a comma begins another clause. */
function atCommas(whole: string, start: number, ids: string[]): TaskMention[] {
  const comma = /、/.test(whole) ? whole.search(/[,，]/) : -1
  const first = comma < 0 ? [] : listed(whole.slice(0, comma))
  if (!first.length || first.some((id, i) => id !== ids[i]) || first.length >= ids.length)
    return [{ start, end: start + whole.length, ids }]
  return [
    { start, end: start + comma, ids: first },
    { start: start + comma + 1, end: start + whole.length, ids: ids.slice(first.length) },
  ]
}

/** Directly behind a number: what is said of one of several clauses (…改派甲局，公开17-5改派乙局) is no list. */
const LISTED = /\d[号项]?(?:[ ]?(?:[、,，/]|和|与|及|跟|还有|到|至|~|—))?[ ]?$/

/** The code before each further number of the same plan (公开17-3、公开17-5), as it is copied from a card. */
function takeAgain(text: string, plan: string, from: number): string {
  let masked = text
  for (let at = text.indexOf(plan, from); at >= 0; at = text.indexOf(plan, at + plan.length)) {
    const end = at + plan.length
    const joint = /^[ ]?[-—][ ]?(?=[Rr]-\d|\d)/.exec(text.slice(end, end + 6))?.[0].length
    if (joint !== undefined && LISTED.test(text.slice(Math.max(0, at - 6), at)))
      masked = mask(masked, at, end + joint, MARK.plan)
  }
  return masked
}

function takePlans(text: string, plans: readonly string[]): { masked: string; plan?: string } {
  for (const plan of plans) {
    const at = plan ? text.indexOf(plan) : -1
    if (at < 0) continue
    const joint = /^[ ]?[-—的]?[ ]?(?=[Rr]-\d|\d)|^/.exec(text.slice(at + plan.length))?.[0].length ?? 0
    const end = at + plan.length + joint
    return { masked: takeAgain(mask(text, at, end, MARK.plan), plan, end), plan }
  }
  CODES.lastIndex = 0
  const match = CODES.exec(text)
  if (!match?.[1]) return { masked: text }
  const end = match.index + match[0].length
  return { masked: takeAgain(mask(text, match.index, end, MARK.plan), match[1], end), plan: match[1] }
}

/**
 * Finds the task numbers of a text whose times are masked. `plans` are short names; a code such as 公开17-12 gives plan and
 * task. What only looks like a number of a task (12号文件, 12点, 20号前) is masked first.
 */
export function findTasks(text: string, plans: readonly string[]): FoundTasks {
  const named = takePlans(text, plans)
  let masked = named.masked
  const tasks: TaskMention[] = []
  if (/[\d一二三四五六七八九十百]/.test(masked)) {
    masked = maskOtherNumbers(masked)
    for (const pattern of PATTERNS) {
      pattern.lastIndex = 0
      for (let match = pattern.exec(masked); match; match = pattern.exec(masked)) {
        const end = match.index + match[0].length
        const ids = ranged(listed(match[1] ?? ''), match[0], masked.slice(end, end + 4))
        if (!ids.length) continue
        for (const mention of atCommas(match[0], match.index, ids)) {
          tasks.push(mention)
          masked = mask(masked, mention.start, mention.end, MARK.task)
        }
      }
    }
    masked = findLoose(masked, tasks)
  }
  tasks.sort((a, b) => a.start - b.start)
  return named.plan === undefined ? { tasks, masked } : { tasks, masked, plan: named.plan }
}

function findLoose(text: string, tasks: TaskMention[]): string {
  let masked = text
  LOOSE.lastIndex = 0
  for (let match = LOOSE.exec(masked); match; match = LOOSE.exec(masked)) {
    const list = match[2] ?? ''
    const start = match.index + match[0].lastIndexOf(list)
    const ids = listed(list.trim().replace(/[ ]+(?=\d)/g, '、'))
    const end = start + list.length
    LOOSE.lastIndex = end
    if (!ids.length) continue
    tasks.push({ start, end, ids })
    masked = mask(masked, start, end, MARK.task)
  }
  return masked
}
