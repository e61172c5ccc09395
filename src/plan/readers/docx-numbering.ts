import { numberAs } from './labels.ts'
import { type Attributes, attr, isOn, numeric, readXml } from './xml.ts'
import type { Zip } from './zip.ts'

/** One level of a list: where it starts, how it counts, its words (`第%1条`) and what restarts it. */
export interface Level {
  start: number
  format: string
  text: string
  /** All its numbers are decimal, whatever their own levels say. */
  legal: boolean
  suffix: string
  /** It begins again after a level above this one (1 = the first); 0 never; undefined after any above. */
  restart: number | undefined
  /** The paragraph style that stands on this level. */
  style: string
}

export interface List {
  levels: Map<number, Level>
  /** The numbering style that defines its levels elsewhere; '' where it has them itself. */
  linkedTo: string
}

export interface Use {
  list: string
  starts: Map<number, number>
  levels: Map<number, Level>
}

export interface Numbering {
  lists: Map<string, List>
  uses: Map<string, Use>
  /** Which list defines the levels of a numbering style. */
  byStyle: Map<string, string>
}

/** A label with nine levels is no longer; each paragraph of the list repeats it. */
const LONGEST_LABEL = 60

/** Reads numbering.xml: abstract lists, their uses (`num`) and what a use overrides. */
export function readNumbering(zip: Zip, part: string): Numbering {
  const lists: Numbering['lists'] = new Map()
  const uses: Numbering['uses'] = new Map()
  const byStyle: Numbering['byStyle'] = new Map()
  let id = ''
  let list: List | undefined
  let use: Use | undefined
  let level: Level | undefined
  let override = 0
  readXml(zip, part, {
    open(name, attributes) {
      const value = attr(attributes, 'val') ?? ''
      if (name === 'abstractNum') {
        list = { levels: new Map(), linkedTo: '' }
        id = attr(attributes, 'abstractNumId') ?? ''
        lists.set(id, list)
      } else if (name === 'num') {
        use = { list: '', starts: new Map(), levels: new Map() }
        uses.set(attr(attributes, 'numId') ?? '', use)
      } else if (name === 'lvlOverride') override = levelNumber(attributes)
      else if (name === 'startOverride') use?.starts.set(override, numeric(attributes, 'val', 1))
      else if (name === 'abstractNumId' && use) use.list = value
      else if (name === 'numStyleLink' && list) list.linkedTo = value
      else if (name === 'styleLink' && list) byStyle.set(value, id)
      else if (name === 'lvl') {
        level = { start: 1, format: 'decimal', text: '', legal: false, suffix: 'tab', restart: undefined, style: '' }
        ;(use ?? list)?.levels.set(levelNumber(attributes), level)
      } else if (!level) return
      else if (name === 'start') level.start = numeric(attributes, 'val', 1)
      else if (name === 'numFmt') level.format = value
      else if (name === 'lvlText') level.text = value.slice(0, LONGEST_LABEL)
      else if (name === 'isLgl') level.legal = isOn(attributes)
      else if (name === 'suff') level.suffix = value
      else if (name === 'lvlRestart') level.restart = numeric(attributes, 'val', 0)
      else if (name === 'pStyle') level.style = value
    },
    close(name) {
      if (name === 'abstractNum') list = undefined
      else if (name === 'num') use = undefined
      else if (name === 'lvl') level = undefined
    },
  })
  return { lists, uses, byStyle }
}

const levelNumber = (attributes: Attributes): number => Math.min(8, Math.max(0, numeric(attributes, 'ilvl', 0)))

/** The list that a use stands for, through the numbering style that another list defines. */
function listOf({ lists, uses, byStyle }: Numbering, numId: string): { key: string; list: List; use: Use } | undefined {
  const use = uses.get(numId)
  const own = use && lists.get(use.list)
  if (!use || !own) return undefined
  const key = (own.linkedTo !== '' && byStyle.get(own.linkedTo)) || use.list
  return { key, list: lists.get(key) ?? own, use }
}

/** The level of a list that a paragraph style stands on; 0 where the list names none. */
export function levelOfStyle(numbering: Numbering, numId: string, style: string): number {
  const found = listOf(numbering, numId)
  if (found) for (const [at, level] of found.list.levels) if (level.style === style) return at
  return 0
}

/**
 * Counts the numbered paragraphs of a document in their order: list and level → the words that Word prints in front.
 * Uses of one list go on counting together, but where a use says its own start.
 */
export function counter(numbering: Numbering): (numId: string, at: number) => string {
  const counts = new Map<string, (number | undefined)[]>()
  const started = new Set<string>()
  return (numId, at) => {
    const found = listOf(numbering, numId)
    if (!found) return ''
    const levels = (n: number): Level | undefined => found.use.levels.get(n) ?? found.list.levels.get(n)
    const own = levels(at)
    if (!own) return ''
    const now = counts.get(found.key) ?? []
    counts.set(found.key, now)
    const starts = found.use.starts.get(at)
    const first = starts !== undefined && !started.has(`${numId} ${at}`)
    started.add(`${numId} ${at}`)
    const before = now[at]
    now[at] = first ? starts : before === undefined ? own.start : before + 1
    for (let below = at + 1; below < 9; below++) {
      const restart = levels(below)?.restart
      if (restart === undefined || at < restart) now[below] = undefined
    }
    return spaced(words(own, now, levels), own.suffix)
  }
}

function words(own: Level, now: (number | undefined)[], levels: (n: number) => Level | undefined): string {
  if (own.format === 'bullet' || own.format === 'none') return ''
  return own.text.replace(/%(\d)/g, (_, digit: string) => {
    const level = levels(Number(digit) - 1)
    const n = now[Number(digit) - 1] ?? level?.start ?? 1
    return numberAs(own.legal ? 'decimal' : (level?.format ?? 'decimal'), n)
  })
}

/** A bare number is told from the text behind it by a mark, since the tab between them does not outlive the layout. */
function spaced(label: string, suffix: string): string {
  if (label === '') return ''
  if (/^\d+$/.test(label)) return `${label}. `
  if (/^[〇一二三四五六七八九十百]+$/.test(label)) return `${label}、`
  // Before 2026年 the full stop of a number would else be taken for a decimal point.
  const parted = /[\d.．]$/.test(label) || (suffix !== 'nothing' && !/[、）)：:]$/.test(label))
  return parted ? `${label} ` : label
}
