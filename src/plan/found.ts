import type { Source } from '../model/plan.ts'
import { lineAt, type Passage } from './sheet.ts'
import type { ListedUnit, UnitList } from './units.ts'

/** A unit with the place that names it. */
export interface PlacedUnit {
  name: string
  source: Source
}

export interface PlacedUnits {
  lead: PlacedUnit[]
  support: PlacedUnit[]
  openEnded: boolean
  divided: boolean
  /** Words of the list that were not known for a unit. */
  stray: string[]
}

/** A demand as a layout shows it, before its times are read. */
export interface FoundTask {
  /** Its number as printed (tables, `R-1`); '' where `numbers` tells it. */
  id: string
  /** The numbers of the item it stands in, from the outermost; the group of the item is added later. */
  numbers: number[]
  section: string[]
  text: Passage
  units: PlacedUnits
  /** The words of a column or line for time limits. */
  limits: Passage[]
  note: string
}

export const NOBODY: PlacedUnits = { lead: [], support: [], openEnded: false, divided: false, stray: [] }

/** A list of units with the lines that name them; `at` is where the list begins in the passage. */
export function place(list: UnitList, passage: Passage, at: number): PlacedUnits {
  const put = (unit: ListedUnit): PlacedUnit => ({
    name: unit.name,
    source: { line: lineAt(passage, at + unit.at), raw: unit.raw },
  })
  return {
    lead: list.lead.map(put),
    support: list.support.map(put),
    openEnded: list.openEnded,
    divided: list.divided,
    stray: list.stray,
  }
}

/** Two lists of one task as one; a unit of both leads. */
export function merge(a: PlacedUnits, b: PlacedUnits): PlacedUnits {
  const lead = unique([...a.lead, ...b.lead])
  const names = new Set(lead.map((u) => u.name))
  return {
    lead,
    support: unique([...a.support, ...b.support]).filter((u) => !names.has(u.name)),
    openEnded: a.openEnded || b.openEnded,
    divided: a.divided || b.divided,
    stray: [...a.stray, ...b.stray],
  }
}

function unique(units: PlacedUnit[]): PlacedUnit[] {
  const seen = new Set<string>()
  return units.filter((u) => !seen.has(u.name) && seen.add(u.name))
}
