import { describe, expect, it } from 'vitest'
import { BadInput } from '../../src/model/problem.ts'
import { parse } from '../../src/plan/parse.ts'
import { readText } from '../../src/plan/read.ts'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)
const plan = '2023年普法要点\n一、工作任务\n1. 开展宪法宣传周活动，12月底前完成（市司法局）。\n'

describe('readText', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode('方案')],
    ['UTF-8 with a mark', bytes(0xef, 0xbb, 0xbf, 0xe6, 0x96, 0xb9, 0xe6, 0xa1, 0x88)],
    ['UTF-16 little endian', bytes(0xff, 0xfe, 0xb9, 0x65, 0x48, 0x68)],
    ['UTF-16 big endian', bytes(0xfe, 0xff, 0x65, 0xb9, 0x68, 0x48)],
    ['GB18030', bytes(0xb7, 0xbd, 0xb0, 0xb8)],
  ])('reads %s', (_, input) => {
    expect(readText(input)).toBe('方案')
  })

  it.each([
    ['nothing', '', '空的'],
    ['blank lines', ' \n\u3000\n', '空的'],
    ['NUL bytes', '方\0案', 'NUL'],
    ['bytes of no encoding', bytes(0x81, 0xff, 0xff, 0x80), 'GB18030'],
    ['a docx', bytes(0x50, 0x4b, 3, 4, 20), 'docx'],
    ['a pdf', new TextEncoder().encode('%PDF-1.7'), 'PDF'],
  ])('refuses %s in one line', (_, input, word) => {
    expect(() => readText(input)).toThrow(BadInput)
    expect(() => readText(input)).toThrow(new RegExp(`^[^\\n]*${word}[^\\n]*$`))
  })
})

describe('what is no plan', () => {
  it.each([
    [
      'a report',
      '东山市2022年政府信息公开工作年度报告\n\n一、概述\n全年发布信息300条（市政府办公室牵头）的做法。\n',
      '看起来是报告',
    ],
    ['a text without tasks', '东山市2022年工作要点\n一、总体要求\n坚持稳中求进。\n', '没有读到任务'],
    ['a demand without units only', '通知\n请于5月10日前报送材料。\n', '没有读到任务'],
  ])('tells %s', (_, text, words) => {
    expect(() => parse(text)).toThrow(BadInput)
    expect(() => parse(text)).toThrow(words)
  })
})

describe('marks of secrecy', () => {
  it.each(['机密★1年', '秘密★', '绝 密★长期', '密级：秘密', '秘密 10年', '机密'])(
    'refuses %s on a line of the head',
    (mark) => {
      expect(() => parse(`${mark}\n${plan}`)).toThrow('第1行有密级标志')
    },
  )

  it('refuses it as a value of a column', () => {
    const table = '序号\t工作内容\t责任单位\t密级\n1\t编制预案\t市应急局\t秘密\n'
    expect(() => parse(table)).toThrow('第2行有密级标志')
  })

  it.each(['除涉及国家秘密的外，均应公开。', '严格保守国家秘密', '密级：公开', '商业秘密保护工作'])(
    'reads on past “%s”',
    (sentence) => {
      expect(parse(`${plan}${sentence}\n`).tasks).toHaveLength(1)
    },
  )
})
