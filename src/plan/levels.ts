import { hasPlace, isClass, isOutside, levelOf, takesLevel } from './names.ts'

/** 市发展改革委、财政局 → 市财政局; banks and colleges keep their names, and a change of level ends the sharing. */
export function fillLevels(units: { name: string; raw: string }[]): void {
  let level = ''
  let mixed = false
  for (const unit of units) {
    if (isClass(unit.raw) || isOutside(unit.raw)) continue
    const own = levelOf(unit.raw)
    if (own) {
      mixed = level !== '' && own !== level
      level = own
    } else if (hasPlace(unit.raw)) mixed = true
    else if (level && !mixed && takesLevel(unit.raw)) unit.name = level + unit.raw
  }
}
