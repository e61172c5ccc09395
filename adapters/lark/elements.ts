import type { Pressed } from '../button.ts'
import { escapeMarkdown, escapePlain, mayHoldLink } from './escape.ts'

export interface PlainText {
  tag: 'plain_text'
  content: string
}

/** Of a callback its value comes back, of a form's with what was put in. */
interface Callback {
  type: 'callback'
  value: Pressed
}

export interface TableElement {
  tag: 'table'
  page_size: number
  row_height: 'low'
  header_style: { background_style: 'grey'; bold: true }
  columns: {
    name: string
    display_name: string
    data_type: 'text'
    width: 'auto'
    horizontal_align: 'left' | 'right'
  }[]
  rows: Record<string, string>[]
}

export interface ChartElement {
  tag: 'chart'
  aspect_ratio: '2:1' | '16:9' | '4:3'
  preview: true
  /** A VChart spec as pure JSON. */
  chart_spec: Record<string, unknown>
}

export type FormItem =
  | { tag: 'div'; text: PlainText }
  | { tag: 'markdown'; content: string }
  | {
      tag: 'input'
      name: string
      label: PlainText
      placeholder?: PlainText
      default_value?: string
      required: boolean
      max_length: number
    }
  | {
      tag: 'select_static'
      name: string
      placeholder: PlainText
      required: boolean
      options: { text: PlainText; value: string }[]
    }
  | {
      tag: 'button'
      name: string
      type: 'primary_filled'
      form_action_type: 'submit'
      text: PlainText
      behaviors: Callback[]
    }

export type LarkElement =
  | { tag: 'div'; text: PlainText }
  | { tag: 'markdown'; content: string }
  | { tag: 'hr' }
  | { tag: 'column_set'; flex_mode: 'flow'; columns: { tag: 'column'; width: 'auto'; elements: LarkElement[] }[] }
  | {
      tag: 'column_set'
      flex_mode: 'bisect'
      columns: { tag: 'column'; width: 'weighted'; weight: 1; elements: LarkElement[] }[]
    }
  | { tag: 'button'; type: 'default' | 'primary' | 'danger'; text: PlainText; behaviors: Callback[] }
  | TableElement
  | ChartElement
  | { tag: 'form'; name: string; elements: FormItem[] }

/** The platform refuses a card with an empty text, so what has nothing to say says that. */
export const plain = (text: string): PlainText => ({ tag: 'plain_text', content: escapePlain(text).trim() || '…' })

const isBlank = (text: string) => escapePlain(text).trim() === ''

type Words = Extract<LarkElement, { tag: 'div' | 'markdown' }>

export const div = (text: string): Words[] => {
  const content = escapePlain(text).trim()
  return content === '' ? [] : [{ tag: 'div', text: { tag: 'plain_text', content } }]
}

/** Dressed up where that is safe, plain where the words may hold an address. */
export function dressed(text: string, [before, after]: readonly [string, string]): Words[] {
  if (isBlank(text) || mayHoldLink(text)) return div(text)
  return [{ tag: 'markdown', content: before + escapeMarkdown(text).replaceAll('\n', '<br>') + after }]
}

export const grey = ["<font color='grey'>", '</font>'] as const
export const bold = ['**', '**'] as const

/** How many of the platform's 200 elements these are: a column or a form is one, and so is each thing in it. */
export const countElements = (elements: readonly LarkElement[]): number =>
  elements.reduce((sum, each) => {
    if (each.tag === 'column_set')
      return sum + 1 + each.columns.reduce((n, column) => n + 1 + countElements(column.elements), 0)
    return sum + 1 + (each.tag === 'form' ? each.elements.length : 0)
  }, 0)
