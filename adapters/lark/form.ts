import type { Form, Input } from '../../src/model/card.ts'
import type { Address } from '../../src/model/message.ts'
import { pressed } from '../button.ts'
import { clip } from '../escape.ts'
import { bold, dressed, type FormItem, grey, type LarkElement, plain } from './elements.ts'
import { escapePlain } from './escape.ts'

/** What one input takes at most; the platform's own bound. */
const MOST_SIGNS = 1000
const MOST_OPTIONS = 10

const asHint = (hint: string | undefined) => (hint ? { placeholder: plain(clip(hint, 100)) } : {})

/**
 * A list to choose from has no label of its own. Nothing is chosen beforehand: what somebody did not look at would be
 * reported.
 */
const select = ({ name, label, hint, required = false, options = [] }: Input): FormItem[] => [
  ...dressed(label, bold),
  {
    tag: 'select_static',
    name,
    placeholder: plain(hint ?? '请选择'),
    required,
    options: options.slice(0, MOST_OPTIONS).map((each) => ({ text: plain(each.label), value: each.value })),
  },
]

const input = ({ name, label, hint, value, required = false }: Input): FormItem => ({
  tag: 'input',
  name,
  label: plain(label),
  ...asHint(hint),
  ...(value ? { default_value: clip(escapePlain(value), MOST_SIGNS) } : {}),
  required,
  max_length: MOST_SIGNS,
})

/** A form under the rest of the card, with the line of how to say the same in words. A card has one, so its names are its own. */
export const formElements = (form: Form, kind: Address['kind']): LarkElement[] => [
  {
    tag: 'form',
    name: 'form',
    elements: [
      ...form.inputs.flatMap((each) => (each.options?.length ? select(each) : [input(each)])),
      {
        tag: 'button',
        // No slot is called so.
        name: 'form_submit',
        type: 'primary_filled',
        form_action_type: 'submit',
        text: plain(form.submit),
        behaviors: [{ type: 'callback', value: pressed(form.intent, kind) }],
      },
    ],
  },
  ...dressed(form.usage, grey),
]
