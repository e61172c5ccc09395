import { expect, it } from 'vitest'
import { z } from 'zod'
import { placeWords, wrongWords } from '../../src/model/wrong-value.ts'

const said = (shape: z.ZodType, value: unknown): string[] =>
  (shape.safeParse(value).error?.issues ?? []).map((issue) => `${placeWords(issue.path)} ${wrongWords(issue)}`)

it.each<[z.ZodType, unknown, string]>([
  [z.string(), 7, '最外层 应为文字'],
  [z.object({ units: z.array(z.object({ name: z.string() })) }), { units: [{}] }, 'units 第1项 name 应为文字，没有写'],
  [z.strictObject({ name: z.string() }), { name: '甲', nmae: '乙' }, '最外层 里不认得 nmae'],
  [z.enum(['a', 'b']), 'c', '最外层 应为 a、b 之一'],
  [z.number().positive(), 0, '最外层 太小或太短，应大于 0'],
  [z.number().min(1), 0, '最外层 太小或太短，至少 1'],
  [z.number().lt(5), 5, '最外层 太大或太长，应小于 5'],
  [z.array(z.string()).max(1), ['', ''], '最外层 太大或太长，至多 1'],
  [z.string().regex(/^a/), 'b', '最外层 写法不对'],
  [z.string().regex(/^a/, '应以 a 开头'), 'b', '最外层 应以 a 开头'],
])('says what would be right: %#', (shape, value, words) => {
  expect(said(shape, value)).toEqual([words])
})
