import type { CaseEvent, Field, Secret, Value } from '../model/case.ts'
import type { Deed, Register } from './register.ts'

/** What ids of units are called. */
type UnitName = (id: string) => string
type Told = [label: string, words: string]

const deedOf = ({ opening, deeds }: Register, kind: string): Deed | undefined =>
  opening.name === kind ? opening : deeds.find(({ name }) => name === kind)

/** What stands in a field, as people read it. */
const valueWords = ({ type, options }: Field, value: Value, unitName: UnitName): string => {
  if (value === null) return ''
  if (Array.isArray(value)) return value.map(unitName).join('、')
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (type === 'choice') return options?.find(([code]) => code === value)?.[1] ?? String(value)
  if (type === 'unit') return unitName(String(value))
  return type === 'time' ? String(value).replace('T', ' ') : String(value)
}

/** What the button of an event's deed says; undefined for what no deed of the register did. */
export const deedTitle = (register: Register, kind: string): string | undefined => deedOf(register, kind)?.title

/** What an event says, by the labels of its deed's fields; its day and its number stand elsewhere. */
export const eventWords = (
  register: Register,
  { kind, body }: Pick<CaseEvent, 'kind' | 'body'>,
  unitName: UnitName,
): Told[] =>
  (deedOf(register, kind)?.fields ?? []).flatMap((field) => {
    const value = body[field.name]
    if (value === undefined || field.name === 'at') return []
    const words = valueWords(field, value, unitName)
    return words === '' ? [] : [[field.label, words]]
  })

/** What was written with an event, by the labels of its deed's fields. */
export const textWords = (register: Register, kind: string, texts: Readonly<Record<string, unknown>>): Told[] =>
  (deedOf(register, kind)?.fields ?? []).flatMap(({ name, label }): Told[] => {
    const text = texts[name]
    return typeof text === 'string' ? [[label, text]] : []
  })

/** Labels and texts of what can be erased, by `deed.field`, in the order of the register's forms. */
export const secretWords = (register: Register, secret: Secret): Told[] =>
  [register.opening, ...register.deeds].flatMap(({ name, title, fields }) =>
    fields.flatMap(({ name: field, label }): Told[] => {
      const text = secret[`${name}.${field}`]
      return text === undefined ? [] : [[name === register.opening.name ? label : `${label}（${title}）`, text]]
    }),
  )
