import type { DocumentHead } from '../model/plan.ts'

/** Words that name the kind of paper, not its matter. */
const KIND =
  /(?:的?通知|工作|任务|责任|分工|分解|细化|实施|重点|主要|行动|专项|方案|要点|计划|安排|意见|清单|表|台账)+$/
const PLACE =
  /^.{1,8}?(?:自治区|自治州|新区|省|市|州|县|区|旗|镇|乡)(?:人民政府|政府)?(?:办公厅|办公室)?(?:关于)?(?:印发)?/

const matter = (title: string): string => {
  const bare = title.replace(/[《》〈〉“”\s]/g, '').replace(/\d{4}(?:[—－-]\d{4})?年度?/g, '')
  const rest = bare.replace(PLACE, '').replace(KIND, '')
  return rest || bare
}

/** What a plan is about, in the few words that its short name begins with: the same in every year. */
export const matterOf = (title: string): string => {
  const words = matter(title)
  if (words.includes('公开')) return '公开'
  return [...words].slice(-4).join('') || '方案'
}

/** What tells plans of one matter and year apart: signs that people can say and that no sender's keyboard changes. */
const STEMS = [...'乙丙丁戊己庚辛壬癸']

/** The short name before every task number (公开17): the matter of the title and two digits of the year, unique in the office. */
export const planCode = (document: Pick<DocumentHead, 'title' | 'year'>, taken: readonly string[]): string => {
  const base = `${matterOf(document.title)}${document.year ? String(document.year).slice(-2) : ''}`
  if (!taken.includes(base)) return base
  const free = STEMS.find((stem) => !taken.includes(base + stem))
  if (free) return base + free
  for (let n = 1; ; n++) if (!taken.includes(`${base}甲${n}号`)) return `${base}甲${n}号`
}
