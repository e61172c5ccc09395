import { hasPlace, isClass, isOutside, levelOf, takesLevel } from './names.ts'

const PARTY =
  /^(?:组织部|宣传部|统战部|政法委(?:员会)?|网信办|编办|编委办|社会工作部|社工部|巡察办|老干部局|政研室|改革办|财经办|金融办|直属机关工委|直机关工委)$/

/** 市发展改革委、财政局 → 市财政局; banks and colleges keep their names, and a change of level ends the sharing. */
export function fillLevels(units: { name: string; raw: string }[]): void {
  let level = ''
  let party = ''
  let mixed = false
  for (const [i, unit] of units.entries()) {
    if (isClass(unit.raw) || isOutside(unit.raw)) continue
    // 各县（市、区）委、政府: the governments of the class before.
    if (/^(?:人民)?政府$/.test(unit.raw) && isClass(units[i - 1]?.raw ?? '')) continue
    const own = levelOf(unit.raw)
    if (own) {
      mixed = level !== '' && own !== level
      level = own
      party = unit.raw.startsWith(`${own}委`) && unit.raw.length > own.length + 2 ? '委' : ''
    } else if (hasPlace(unit.raw)) mixed = true
    else if (level && !mixed && takesLevel(unit.raw)) unit.name = level + (PARTY.test(unit.raw) ? party : '') + unit.raw
  }
}
