import { isLikely, isNamed, isUnit, levelOf } from './names.ts'
import { isPersonName } from './people.ts'

/** Offices that stand one below the other, or side by side, with only spaces between them: the spaces become 、. */
export function stacked(text: string): string {
  if (!/\S\s+\S/.test(text)) return text
  const parts = text.split(/(\s+)/)
  const out = [parts[0] ?? '']
  let before = parts[0] ?? ''
  for (let i = 1; i < parts.length; i += 2) {
    const next = parts[i + 1] ?? ''
    const apart = isApart(lastName(before), firstName(next))
    out.push(apart ? '、' : (parts[i] ?? ''), next)
    before = apart ? next : (before.slice(-40) + parts[i] + next).slice(-80)
  }
  return out.join('')
}

const STOP = /[、，,；;：:。\s]/

function lastName(text: string): string {
  const end = text.slice(-40)
  return STOP.test(end) ? (end.split(STOP).at(-1) ?? '') : end
}

function firstName(text: string): string {
  const start = text.slice(0, 40)
  const stop = start.search(STOP)
  return stop < 0 ? start : start.slice(0, stop)
}

const ROLE_BEHIND = /[（(](?:牵头|配合|负责|主办|协办)(?:单位|部门)?[）)]$/
/** What ends a name that a line's end cut in two. */
const HALVES = new Set(['办公室', '中心支行', '委员会', '管理局', '监督局', '支队', '大队', '分局'])

/** Two whole names side by side, of offices or of their people; a name that a line's end cut in two is one. */
function isApart(left: string, after: string): boolean {
  const before = /[）)]$/.test(left) ? left.replace(ROLE_BEHIND, '') : left
  if (isPersonName(before)) return isNamed(after) || isPersonName(after)
  if (!isUnit(before) || /^[和及与等]/.test(after)) return false
  if (isPersonName(after)) return true
  if (HALVES.has(after)) return false
  if (/^(?:[市县州区省盟旗]委|.{0,4}(?:人民)?政府)$/.test(before) && !/^(?:各|[市县州区省盟旗].)/.test(after))
    return false
  return isUnit(after)
    ? levelOf(after) !== '' || /各|有关|相关/.test(after) || isNamed(after)
    : isLikely(after) && levelOf(after) !== ''
}
