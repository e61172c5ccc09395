import { readDeadlines } from '../time/deadline.ts'
import type { Column } from './columns.ts'
import { partLabels } from './labels.ts'
import { isPerson } from './people.ts'
import { NUMBER } from './row-heads.ts'
import { readUnits } from './units.ts'
import { squeeze } from './words.ts'

/** What a cell's words look like, whatever column they stand in. */
export interface Look {
  text: string
  length: number
  number: boolean
  sentence: boolean
  /** Told when they are asked for: most columns do not ask. */
  units?: boolean
  time?: boolean
}

const NO_DAY = { asOf: '1970-01-01', year: 1970, column: true }
const STANDING = /^(?:全年|长期|常年|持续|常态|即时|及时|实时|适时|定期|立即|立行立改|年底前?|按时|已完成)/

/** What a list of units never says without a word for their role. */
const DEMAND = /\d|。$|至少|不少于|完成|建成|开展|推进|加强|做好/

export function lookOf(cell: string): Look {
  const text = squeeze(partLabels(cell))
  const { length } = text
  return { text, length, number: NUMBER.test(text), sentence: length > 30 || /[。；]/.test(text) }
}

/** Whether a cell is nothing but units. */
export function isUnits(look: Look): boolean {
  look.units ??= look.length <= 200 && areUnits(look.text)
  return look.units
}

function areUnits(text: string): boolean {
  const { lead, support, stray, roles } = readUnits(text, { whole: true })
  return lead.length + support.length > 0 && stray.length === 0 && (roles || !DEMAND.test(text))
}

/** Whether a cell begins with a time limit. */
export function isTime(look: Look): boolean {
  look.time ??= look.length <= 30 && (STANDING.test(look.text) || readDeadlines(look.text, NO_DAY)[0]?.start === 0)
  return look.time
}

const isPeople = ({ length, text }: Look): boolean => length <= 30 && text.split(/[、，,]/).every((p) => isPerson(p))

/** How well a cell fits a kind of column: above 0 it may stand there, below it does not belong. */
export function suits(kind: Column, look: Look): number {
  if (look.length === 0) return 0
  if (kind === 'number') return look.number ? 6 : -12
  if (look.number) return kind === 'note' || kind === 'other' ? 0 : -8
  if (kind === 'lead' || kind === 'support') return isUnits(look) ? 4 : look.length > 12 || isTime(look) ? -6 : -0.5
  if (kind === 'time') return isTime(look) ? 4 : look.length > 16 ? -6 : isUnits(look) ? -4 : -1
  if (kind === 'note' || kind === 'other') return isPeople(look) ? 3 : look.sentence ? -1 : 0.2
  const foreign = (look.length <= 40 && isUnits(look) ? 6 : 0) + (look.length <= 12 && isTime(look) ? 3 : 0)
  if (kind === 'theme') return (look.length > 40 ? -2 : look.sentence ? 0.5 : look.length > 20 ? 1.5 : 2.2) - foreign
  return (look.length >= 10 ? 3 : look.length >= 6 ? 1 : 0.5) - foreign
}
