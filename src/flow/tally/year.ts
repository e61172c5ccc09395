import { firstWords } from '../../../commands/present.ts'
import { type FigureRow, figuresOfYear, textsOfThemes, unitNames } from '../../../db/queries/tallies.ts'
import type { Reader } from '../../../db/store.ts'
import type { YearFigures } from '../../model/tally.ts'
import { areaYear, gapsOf, mismatches, toldIn, unitYear } from '../../register/tally/sum.ts'
import { mismatchWords } from '../../register/tally/words.ts'

/** Each theme's total, the most first. A task's own words are its title. */
const byThemeOf = async (db: Reader, figures: readonly FigureRow[], year: number): Promise<YearFigures['byTheme']> => {
  const themes = [...new Set(figures.map(({ theme }) => theme))].filter(Boolean)
  const texts = await textsOfThemes(db, themes)
  return themes
    .map((theme) => {
      const own = areaYear(
        toldIn(
          figures.filter((one) => one.theme === theme),
          year,
        ),
      )
      return { theme, title: firstWords(texts.get(theme) || theme), count: own.total ?? 0 }
    })
    .sort((a, b) => b.count - a.count || (a.theme < b.theme ? -1 : 1))
}

/** What is known of a year, for its report and its page. `units` (ids): of these alone, and then nothing of the whole area. */
export const yearFigures = async (db: Reader, year: number, units?: readonly string[]): Promise<YearFigures> => {
  const [figures, names] = [await figuresOfYear(db, year, units), await unitNames(db)]
  const told = toldIn(
    figures.filter(({ theme }) => theme === ''),
    year,
  )
  const nameOf = (unit: string) => names.get(unit) ?? unit
  const own = [...told.entries()].filter(([unit]) => unit !== '')
  return {
    year,
    byChannel: areaYear(told),
    byTheme: await byThemeOf(db, figures, year),
    byUnit: own.map(([unit, channels]) => ({ unit, name: nameOf(unit), byChannel: unitYear(channels) })),
    gaps: own.flatMap(([unit, channels]) => {
      const months = gapsOf(channels, year)
      return months.length > 0 ? [{ unit, name: nameOf(unit), months }] : []
    }),
    questions: mismatches(told).map((one) => mismatchWords(one, nameOf(one.unit), year)),
  }
}
