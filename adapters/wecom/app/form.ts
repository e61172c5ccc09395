import type { Card, Form, Input } from '../../../src/model/card.ts'
import { pressed } from '../../button.ts'
import { utf8Length } from '../../crypto.ts'
import { clip } from '../../escape.ts'
import { buttonText } from '../buttons.ts'
import { escapeMarkdown } from '../escape.ts'

interface Select {
  question_key: string
  title: string
  option_list: { id: string; text: string }[]
}

/** A card with lists to choose from and one button that sends all of it off. */
export interface FormCard {
  card_type: 'multiple_interaction'
  main_title: { title: string; desc?: string }
  select_list: Select[]
  submit_button: { text: string; key: string }
  task_id: string
}

type Lists = Omit<FormCard, 'task_id'>

/** The platform's own bounds (path 90236, multiple_interaction). */
const MOST_LISTS = 3
const MOST_OPTIONS = 10
const MOST_ID_BYTES = 128
const MOST_KEY_BYTES = 1024
const TITLE = 36
const LABEL = 13
const OPTION = 16

/**
 * The platform chooses a list's first option by itself; what somebody did not look at would be reported. So the first
 * one stands for nothing.
 */
export const NOT_CHOSEN = '-'

const line = (text: string, most: number): string => clip(escapeMarkdown(text).replaceAll('\n', ' '), most)

function select({ name, label, options = [] }: Input): Select | undefined {
  const own = options.map(({ value, label: text }) => ({ id: value, text: line(text, OPTION) || line(value, OPTION) }))
  const right = own.every(({ id }) => id !== '' && id !== NOT_CHOSEN && utf8Length(id) <= MOST_ID_BYTES)
  const distinct = new Set(own.map(({ id }) => id)).size === own.length
  if (own.length === 0 || own.length >= MOST_OPTIONS || !right || !distinct) return undefined
  return {
    question_key: name,
    title: line(label, LABEL) || line(name, LABEL),
    option_list: [{ id: NOT_CHOSEN, text: '请选择' }, ...own],
  }
}

const isSelect = (each: Select | undefined): each is Select => each !== undefined

/** How to say the same in words, where it fits into the line under the title. */
const DESC = 44
const usageOf = (usage: string): string => {
  const said = escapeMarkdown(usage)
  return said !== '' && said.length <= DESC && !said.includes('\n') ? said : '逐项选好后提交'
}

/**
 * The card's form as a card of lists; undefined where it has none, or one that asks for more than lists can: free words,
 * more than three things, ten or more to choose from.
 */
export function formCard({ title, form }: Pick<Card, 'title' | 'form'>): Lists | undefined {
  if (!form || form.inputs.length === 0 || form.inputs.length > MOST_LISTS) return undefined
  const lists = form.inputs.map(select).filter(isSelect)
  const key = keyOf(form)
  if (lists.length < form.inputs.length || utf8Length(key) > MOST_KEY_BYTES) return undefined
  return {
    card_type: 'multiple_interaction',
    main_title: { title: line(title, TITLE), desc: usageOf(form.usage) },
    select_list: lists,
    submit_button: { text: buttonText(form.submit), key },
  }
}

const keyOf = (form: Form): string => JSON.stringify(pressed(form.intent, 'person'))
