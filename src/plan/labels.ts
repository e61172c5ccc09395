import { stacked } from './stacked.ts'

/** What the words before a colon say of the words after it. */
export type LabelKind = 'lead' | 'support' | 'time' | 'person'

/** A label such as 责任单位： in a text: from `at` to `end`, the first character after its colon. */
export interface Label {
  kind: LabelKind
  at: number
  end: number
}

const SCOPE = '(?:[省市县区州盟旗镇乡校]级?)?'
const BODY = '(?:单位|部门|科室|处室|主体|机关|领导单位)'
const WORDS: Record<LabelKind, string> = {
  lead: `${SCOPE}(?:(?:总|第一)?(?:牵头(?:落实|责任|推进|实施)?|主办|主责|主管|主要责任|责任|承办|承担|落实|实施|负责|组织|执行|整改(?:责任)?|整改牵头|牵头(?:及|和|、)(?:责任|配合))${BODY}(?:及责任人|和责任人|及负责人)?|牵头|责任分工|职责分工|任务分工)`,
  support: `${SCOPE}(?:配合(?:责任)?|协办|协助|协同|参与|参加|协作|会办|联办)${BODY}?`,
  time: '(?:(?:完成|整改|办理|办结|落实|工作|计划|目标|预计|销号|实施)?(?:时限|时间|期限|时间节点|时间进度)(?:要求|安排|节点)?|进度安排|进度要求)',
  person:
    '(?:(?:第一|直接|具体|主要|整改|工作|项目)?责任(?:人|领导)|(?:牵头|分管|包保|联系|挂牌|领办|督办|包抓|包联|主管|协管)(?:(?:市|县|区|镇)?领导|负责人|人)|(?:主要|具体|项目)?负责人|联系(?:人|电话|方式)|(?:手机|电话|邮箱|传真)(?:号码)?|(?:督导|督办|监督|验收|监管)(?:单位|部门|人))',
}
const KINDS: LabelKind[] = ['person', 'support', 'lead', 'time']
const NOTE = '(?:[（(][^（）()]{1,10}[）)])?'
const named = (words: (kind: LabelKind) => string): string => KINDS.map((k) => `(?<${k}>${words(k)})`).join('|')
const ANY = `(?:${named((k) => WORDS[k])})${NOTE}\\s*[:：]|[【[［](?:${KINDS.map((k) => WORDS[k]).join('|')})[】\\]］]\\s*[:：]?`
const LABELS = new RegExp(`(?<=^|[。；;，,、！!（(【[［〔）)】\\]］〕—\\s])(?:${ANY})`, 'g')

/** The labels of a text in its order; each stands at its beginning, or after a stop, a comma or a bracket. */
export function labelsIn(text: string): Label[] {
  if (!/[:：】\]］]/.test(text)) return []
  const out: Label[] = []
  for (const m of text.matchAll(LABELS)) {
    const kind = KINDS.find((k) => m.groups?.[k] !== undefined) ?? kindOf(m[0])
    out.push({ kind, at: m.index, end: m.index + m[0].length })
  }
  return out
}

const WHOLE: [LabelKind, RegExp][] = KINDS.map((k) => [k, new RegExp(`^[【[［](?:${WORDS[k]})[】\\]］]`)])
const kindOf = (words: string): LabelKind => WHOLE.find(([, p]) => p.test(words))?.[0] ?? 'lead'

/** Whether a line begins with a label. */
export const isLabelLine = (line: string): boolean => labelsIn(line.slice(0, 40).replace(/\s/g, ''))[0]?.at === 0

const SPACED = new RegExp(`\\s(?=(?:${KINDS.map((k) => WORDS[k]).join('|')})${NOTE}\\s*[:：])`, 'g')
const SPREAD =
  /(?:牵\s?头|责\s?任|配\s?合|完\s?成|整\s?改|主\s?办|承\s?办|协\s?办|落\s?实|实\s?施|参\s?与)\s?(?:单\s?位|部\s?门|时\s?限|时\s?间|领\s?导|人)(?=\s?[:：（(])/g

/** A line whose labels stand apart by spaces only, with a semicolon between them, and the spaces inside a label closed. */
export function partLabels(line: string): string {
  if (!/[:：]/.test(line) || !/\S\s+\S/.test(line)) return line
  const single = line.replace(/\s+/g, ' ').replace(SPREAD, (label) => label.replace(/\s/g, ''))
  return labelsIn(single).length ? stacked(single.replace(SPACED, '；')) : line
}
