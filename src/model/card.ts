import type { Day } from './deadline.ts'
import type { Light } from './duty.ts'
import type { Intent } from './intent.ts'

/** One line of a list: 🔴 公开17-4 按月公开财政收支情况 · 2017-07期 · 8月20日到期（还有3天）. */
export interface Line {
  text: string
  light?: Light
}

/** What a part of a bar stands for; who draws it chooses the colour. */
export type Tone = 'done' | 'review' | 'open' | 'late'

/** Bars of counts side by side, as plain data: a picture where a platform takes one, else words or nothing. */
export interface Chart {
  title: string
  /** How fresh it is: 截至4月20日09:00. */
  asOf: string
  parts: { name: string; tone: Tone }[]
  /** A count for each part, and what stands at the bar's end (a rate). */
  rows: { label: string; values: number[]; end: string }[]
}

export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'fields'; fields: [label: string, value: string][] }
  | { kind: 'list'; title?: string; lines: Line[] }
  /** Rows under column heads; every row has as many cells as there are columns. Plain lines where a platform has no tables. */
  | { kind: 'table'; columns: string[]; rows: string[][] }
  | { kind: 'note'; text: string }
  | { kind: 'divider' }
  /** An address of our own to go to; never one that somebody typed. */
  | { kind: 'link'; label: string; url: string }
  /** An addition: the card's words stand without it. */
  | { kind: 'chart'; chart: Chart }

export interface Button {
  label: string
  intent: Intent
  style?: 'primary' | 'danger'
}

/** One thing that a form asks for. `name` is the slot of the form's frame that the answer fills. */
export interface Input {
  name: string
  label: string
  /** What stands in it before anything was put in. */
  hint?: string
  value?: string
  required?: boolean
  /** At most ten to choose one from; free text where absent. */
  options?: { value: string; label: string }[]
}

/** Asks for several things at once, where a platform has forms; `usage` says in one line how to say the same in words, where the card's own do not. */
export interface Form {
  /** The frame that it completes. */
  intent: Intent
  inputs: Input[]
  submit: string
  usage: string
}

/** What the bot says, as data; every adapter renders it. No markup: adapters escape what needs escaping. */
export interface Card {
  title: string
  tone: 'plain' | 'good' | 'warn' | 'late'
  blocks: Block[]
  buttons?: Button[]
  form?: Form
}

/** A duty that an answer speaks of, as `say --json` prints it. */
export interface AnswerRow {
  plan: string
  task: string
  unit: string
  round: string
  due: Day | null
  state: string
  light: Light | null
}

const goesOn = ({ intent }: Button): boolean => 'offset' in intent && intent.offset !== undefined

/** The buttons that a number stands for where there are only words, from 1 on: “更多” is said as it is, in a card of any age. */
export const numberedButtons = ({ buttons = [] }: Pick<Card, 'buttons'>): Button[] =>
  buttons.filter((button) => !goesOn(button))

/** The button that goes on with a list. */
export const moreButton = ({ buttons = [] }: Pick<Card, 'buttons'>): Button | undefined => buttons.find(goesOn)
