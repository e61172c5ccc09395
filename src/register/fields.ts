import { z } from 'zod'
import type { Field, Value } from '../model/case.ts'
import { Moment } from '../model/clock.ts'
import { Day } from '../model/deadline.ts'
import { masked } from '../model/mask.ts'
import { BadInput } from '../model/problem.ts'
import type { Given } from './register.ts'

const LONGEST = { text: 200, link: 500, long: 5000 } as const

/** What one field takes, and what is said where it does not get it. */
const shapeOf = (field: Field): readonly [z.ZodType, string] => {
  switch (field.type) {
    case 'text':
    case 'long':
      return [z.string().trim().min(1).max(LONGEST[field.type]), `应有内容，不超过${LONGEST[field.type]}字`]
    case 'link':
      return [z.url({ protocol: /^https?$/ }).max(LONGEST.link), '应是 http 或 https 的网址']
    case 'day':
      return [Day, '应是一天，如 2026-03-02']
    case 'time':
      return [Moment, '应是一个时间，如 2026-03-02T14:30']
    case 'number':
      return [z.coerce.number().int().min(0).max(1_000_000_000), '应是不小于0的整数']
    case 'yes':
      return [z.union([z.boolean(), z.enum(['true', 'false']).transform((said) => said === 'true')]), '应是“是”或“否”']
    case 'choice': {
      const options = (field.options ?? []).map(([value]) => value)
      const words = (field.options ?? []).map(([, word]) => word).join('、')
      return [z.string().refine((value) => options.includes(value)), `应是：${words}`]
    }
    case 'units':
      return [z.array(z.string().min(1)).min(1).max(200), '应是通讯录上的单位']
    case 'unit':
      return [z.string().min(1).max(100), '应是通讯录上的一个单位']
    case 'case':
      return [z.string().min(1).max(64), '应是一个已登记的编号']
  }
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/**
 * What was put into a deed's fields, each of its type. @throws BadInput that names the field and says what it takes
 */
export const readFields = (fields: readonly Field[], input: Readonly<Record<string, unknown>>): Given => {
  const strange = Object.keys(input).find((name) => !fields.some((field) => field.name === name))
  if (strange !== undefined)
    throw new BadInput(`没有“${strange}”这一项：可填${fields.map(({ label }) => label).join('、')}`)
  const given: Record<string, Given[string]> = {}
  for (const field of fields) {
    const value = input[field.name]
    if (isEmpty(value)) {
      if (!field.optional) throw new BadInput(`请填写${field.label}`)
      continue
    }
    const [shape, wrong] = shapeOf(field)
    const read = shape.safeParse(value)
    if (!read.success) throw new BadInput(`${field.label}${wrong}`)
    given[field.name] = read.data as Given[string]
  }
  return given
}

/** Is what stands in the field free text or somebody's data, which the chain may not hold? */
const isWords = ({ type, kept }: Field): boolean => (type === 'text' || type === 'long' || type === 'link') && !kept

/** What is chained is there for good: what people wrote enters it without whole mobile and identity-card numbers. */
const chained = ({ type }: Field, value: Given[string]): Value => {
  if (type === 'text') return masked(String(value))
  return typeof value === 'object' ? [...value] : value
}

/** What was put in, apart: what is chained, and what can be erased. `at` is the event's own. */
export const apart = (
  fields: readonly Field[],
  given: Given,
): { body: Record<string, Value>; words: Record<string, string> } => {
  const body: Record<string, Value> = {}
  const words: Record<string, string> = {}
  for (const field of fields) {
    const value = given[field.name]
    if (value === undefined || field.name === 'at') continue
    if (isWords(field)) words[field.name] = String(value)
    else body[field.name] = chained(field, value)
  }
  return { body, words }
}
