import type { core } from 'zod'

const KINDS: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表（[…]）',
  object: '一组字段（{…}）',
  record: '一组字段（{…}）',
}

/** Where in a file a value is wrong: units 第3项 liaisons 第1项 name; nothing for the whole of it. */
export const placeWords = (path: readonly PropertyKey[]): string =>
  path.map((step) => (typeof step === 'number' ? `第${step + 1}项` : String(step))).join(' ') || '最外层'

const isOurs = (message: string): boolean => /[\u4e00-\u9fff]/.test(message)

/** What would be right in place of a value that zod refused, in Chinese; a form’s own words stand as they are. Never the value. */
export const wrongWords = (issue: core.$ZodIssue): string => {
  if (isOurs(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return `应为${KINDS[issue.expected] ?? issue.expected}${issue.message.endsWith('undefined') ? '，没有写' : ''}`
    case 'unrecognized_keys':
      return `里不认得 ${issue.keys.join('、')}`
    case 'invalid_value':
      return `应为 ${issue.values.map(String).join('、')} 之一`
    case 'too_small':
      return `太小或太短，${issue.inclusive === false ? '应大于' : '至少'} ${issue.minimum}`
    case 'too_big':
      return `太大或太长，${issue.inclusive === false ? '应小于' : '至多'} ${issue.maximum}`
    default:
      return '写法不对'
  }
}
