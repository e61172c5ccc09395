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

const lastName = (text: string): string =>
  text
    .slice(-40)
    .split(/[、，,；;：:。\s]/)
    .at(-1) ?? ''
const firstName = (text: string): string => text.slice(0, 40).split(/[、，,；;：:。\s]/)[0] ?? ''

/** Two whole names side by side, of offices or of their people; a name that a line's end cut in two is one. */
function isApart(left: string, after: string): boolean {
  const before = left.replace(/[（(](?:牵头|配合|负责|主办|协办)(?:单位|部门)?[）)]$/, '')
  if (isPersonName(before)) return isNamed(after) || isPersonName(after)
  if (!isUnit(before) || /^[和及与等]/.test(after)) return false
  if (isPersonName(after)) return true
  if (/^(?:办公室|中心支行|委员会|管理局|监督局|支队|大队|分局)$/.test(after)) return false
  if (/^(?:[市县州区省盟旗]委|.{0,4}(?:人民)?政府)$/.test(before) && !/^(?:各|[市县州区省盟旗].)/.test(after))
    return false
  return isUnit(after)
    ? levelOf(after) !== '' || /各|有关|相关/.test(after) || isNamed(after)
    : isLikely(after) && levelOf(after) !== ''
}
