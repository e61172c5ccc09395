import { docx, ofd, xlsx, zipOf } from './readers/make.ts'

/** A file of about so many bytes, made to do harm. */
type Make = (bytes: number) => Uint8Array

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const HEAD = '某市2026年工作方案\n一、工作任务\n'
const LINE = 19_000

/** Words said over and over: what stands before them on their line, and the words. */
const runs: readonly (readonly [before: string, words: string])[] = [
  ['', '（'],
  ['', '）'],
  ['1. 做好甲事', '('],
  ['1. 甲', '（）'],
  ['', '（市财政局'],
  ['', '〔[【（市'],
  ['', '做'],
  ['1. ', '市财政局要于6月底前做好甲事，'],
  ['1. ', '加强乙项（市财政局牵头，市审计局配合）。'],
  ['1. ', '市财政局牵头做好甲事；'],
  ['1. 做好甲事（', '市财政局、'],
  ['责任单位：', '甲站、'],
  ['', '甲站、'],
  ['', '各'],
  ['1. 做好甲事。', '责任单位：'],
  ['1. 做好甲事。', '责任单位：市财政局  '],
  ['甲', ' '],
  ['责任单位：', '市财政局 '],
  ['', '甲\u3000'],
  ['', '\t'],
  ['', '|'],
  ['', '1'],
  ['', '1.'],
  ['', '二'],
  ['1. 于', '二、'],
  ['', '、'],
  ['', '—'],
  ['1. 于', '6月、'],
  ['1. ', '2026年'],
  ['1. ', '每月'],
  ['1. ', '收到后'],
  ['1. 报送材料（', '联系电话'],
  ['1. ', '其他工作由'],
  ['1. ', '没有列明牵头单位的，'],
  ['', '绝 密（'],
  ['', '年度例会'],
]

const filled =
  (words: string, head = ''): Make =>
  (bytes) =>
    utf8(head + words.repeat(Math.ceil(bytes / utf8(words).length)))

/** Lines with a number in each. */
const numbered =
  (head: string, line: (n: number) => string): Make =>
  (bytes) => {
    const lines: string[] = []
    for (let n = 1, left = bytes; left > 0; n++) {
      const words = line(n)
      lines.push(words)
      left -= 2 * words.length
    }
    return utf8(head + lines.join('\n'))
  }

const TABLE = '序号\t工作任务\t责任单位\t完成时限\n'

const lines: readonly (readonly [name: string, make: Make])[] = [
  ['nested brackets', (bytes) => utf8(`${HEAD}1. ${'（'.repeat(bytes / 6)}${'）'.repeat(bytes / 6)}。`)],
  ['spaces inside a line', (bytes) => utf8(`${HEAD}甲${' '.repeat(bytes)}乙`)],
  ['line ends', filled('\n', HEAD)],
  ['lines of tabs', filled('\t\t\n', HEAD)],
  ['lines of 一、', filled('一、\n')],
  ['lines of 1. 甲', filled('1. 甲\n', HEAD)],
  ['lines of 1. and a demand', filled('1. 于6月底前做好甲事（市财政局牵头，市审计局配合）。\n', HEAD)],
  ['lines of one letter', filled('甲\n', HEAD)],
  ['lines of 序号', filled('序号\n', HEAD)],
  ['lines of labels that name nobody', filled('责任单位：某某事项附件\n', `${HEAD}1. 做好甲事\n`)],
  ['clauses of years', filled('每年，每季度，', `${HEAD}1. `)],
  ['lines of days', filled('2026年6月30日\n', HEAD)],
  ['lines that end in a comma', filled('做好甲事。做好乙事，\n', `${HEAD}1. `)],
  ['lines that end in no mark', filled('做好甲事，做好乙事\n', `${HEAD}1. 做好甲事，\n`)],
  ['lines of a bracket never closed', filled('做好（甲事\n', `${HEAD}1. `)],
  ['deeper and deeper', filled('一、甲\n（一）乙\n1. 丙\n（1）丁\n①戊\n', HEAD)],
  ['a notice without a plan', filled('请各单位于6月30日前报送情况。\n', '关于报送情况的通知\n各单位：\n')],
  [
    'rows aligned by spaces',
    numbered(
      '序号    工作任务      责任单位    完成时限\n',
      (n) => `${n % 900}    做好第${n}件事    市财政局    6月底`,
    ),
  ],
  [
    'cells one below the other',
    numbered('序号\n工作任务\n责任单位\n完成时限\n', (n) => `${n}\n做好第${n}件事\n市财政局\n6月底`),
  ],
  ['rows between tabs', numbered(TABLE, (n) => `${n}\t做好第${n}件事\t市财政局\t6月底`)],
  ['rows without numbers', numbered(TABLE, () => '\t做好甲事\t市财政局\t')],
  ['rows of numbers only', numbered(TABLE, (n) => `${n % 900}\t\t\t`)],
  ['rows that slipped', numbered(TABLE, (n) => `市财政局\t6月底\t${n % 900}\t做好甲事`)],
  ['heads without end', filled(TABLE)],
  ['quotes without end', filled(',"甲', '序号,工作任务,责任单位\n1,甲,乙\n')],
  ['2,000 columns', filled(`${'甲\t'.repeat(2000)}\n`)],
]

const packages: readonly (readonly [name: string, make: Make])[] = [
  ['a docx bomb', (bytes) => docx({ body: '<w:p/>'.repeat(bytes) })],
  ['a docx of one paragraph', (bytes) => docx({ body: `<w:p><w:r><w:t>${'（'.repeat(bytes / 3)}</w:t></w:r></w:p>` })],
  ['an xlsx bomb', (bytes) => xlsx([{ name: 'a', rows: '<row><c><v>1</v></c></row>'.repeat(bytes / 5) }])],
  [
    'an ofd bomb',
    (bytes) => {
      const words = Array.from({ length: bytes / 40 }, (_, i) => ({ x: i % 200, y: i % 280, text: '甲'.repeat(9) }))
      return ofd([{ words }])
    },
  ],
  ['a bomb of one letter', (bytes) => zipOf({ 'word/document.xml': ' '.repeat(bytes * 10) })],
]

/** Files made to do harm: what is asked of the reader is that it ends soon, in a draft or in one line for the person. */
export const hostile: readonly (readonly [name: string, make: Make])[] = [
  ...runs.flatMap(([before, words]): [string, Make][] => [
    [`one line of ${JSON.stringify(words)}`, filled(words, HEAD + before)],
    [
      `long lines of ${JSON.stringify(words)}`,
      filled(`${before}${words.repeat(Math.floor(LINE / words.length))}。\n`, HEAD),
    ],
  ]),
  ...lines,
  ...packages,
]
