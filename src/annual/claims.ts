/** A number that parts one and six may tell and the tables hold. */
interface Claim {
  id: string
  words: string
  /** What it equals: their sum. */
  cells: readonly string[]
  /** Finds it in a text; its first group is the number. */
  pattern: RegExp
}

const NUMBER = '约?\\s*(\\d[\\d,，]*)\\s*'
/** Words between a name and its number: no other number, no other sentence, nothing that is another figure of the tables. */
const upTo = (most: number, but: string): string => `(?:(?!${but})[^\\d。；;！？\\n]){0,${most}}?`

/** The six numbers that are told in parts one and six and stand in Tables 3 and 4. */
export const claims: readonly Claim[] = [
  {
    ...{ id: 'new', words: '新收申请数', cells: ['t3.1.total'] },
    pattern: new RegExp(`(?:新收|收到|受理)${upTo(18, '复议|诉讼|结转|办结|投诉')}${NUMBER}[件宗]`, 'g'),
  },
  {
    ...{ id: 'carried-in', words: '上年结转数', cells: ['t3.2.total'] },
    pattern: new RegExp(`上(?:一)?年(?:度)?结转${upTo(18, '新收|办结|复议|诉讼|下')}${NUMBER}[件宗]`, 'g'),
  },
  {
    ...{ id: 'concluded', words: '办结数', cells: ['t3.3-7.total'] },
    pattern: new RegExp(`(?:办结|办理完毕|共答复)${upTo(16, '复议|诉讼|结转|率|其中|延期')}${NUMBER}[件宗]`, 'g'),
  },
  {
    ...{ id: 'carried-out', words: '结转下年度数', cells: ['t3.4.total'] },
    pattern: new RegExp(
      `结转(?:至|到)?(?:下|次|明)(?:一)?年(?:度)?${upTo(12, '新收|办结|复议|诉讼')}${NUMBER}[件宗]`,
      'g',
    ),
  },
  {
    ...{ id: 'review', words: '行政复议数', cells: ['t4.review.total'] },
    pattern: new RegExp(`复议${upTo(12, '后|诉讼|维持|纠正|纠错|其他|审结|撤销|决定')}${NUMBER}[件宗起]`, 'g'),
  },
  {
    ...{ id: 'court', words: '行政诉讼数', cells: ['t4.direct.total', 't4.after-review.total'] },
    pattern: new RegExp(
      `诉讼${upTo(12, '维持|纠正|纠错|其他|审结|撤销|驳回|败诉|胜诉|复议|起诉')}${NUMBER}[件宗起]`,
      'g',
    ),
  },
]

/** Every number that a text tells of it. */
export const numbersTold = (text: string, pattern: RegExp): number[] =>
  [...text.matchAll(pattern)].map(([, digits = '']) => Number(digits.replace(/[,，]/g, '')))
