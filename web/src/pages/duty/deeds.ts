import type { DutyDeed } from '../../../../src/http/shapes/duty.ts'
import type { Intent } from '../../../../src/model/intent.ts'

/** One thing that a deed's form asks for; `name` is where it goes. */
export interface Ask {
  name:
    | 'reason'
    | 'words'
    | 'until'
    | 'unit'
    | 'links'
    | 'reviewer'
    | 'zero'
    | 'option'
    | 'grant'
    | 'via'
    | 'parts'
    | 'on'
  label: string
  required?: boolean
  hint?: string
}

/** What was put into the form. */
export interface Filled {
  reason?: string
  words?: string
  until?: string
  unit?: string
  links?: string
  reviewer?: string
  zero?: boolean
  option?: string
  grant?: boolean
  parts?: string[]
  on?: string
  via?: string
}

interface DeedLook {
  label: string
  style?: 'primary' | 'danger'
  /** What it means, where the name does not say. */
  note?: string
  asks: Ask[]
  /** What the frame takes of it, and the words that go with it. */
  slots?(filled: Filled): Record<string, unknown>
  text?(filled: Filled): string
}

const reason: Ask = { name: 'reason', label: '理由', required: true }
const maybe: Ask = { name: 'reason', label: '说明' }
const reviewer: Ask = { name: 'reviewer', label: '保密审查人', hint: '已经保密审查的，填审查人姓名' }

const given = (text: string | undefined): string | undefined => text?.trim() || undefined
/** 2026年9月1日, as the bot reads a day. */
const dayText = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}
const because = ({ reason: said }: Filled): string => (given(said) ? `理由：${given(said)}` : '')
const joined = (...parts: string[]): string => parts.filter(Boolean).join('，')
const untilOf = ({ until }: Filled) => (given(until) ? { until } : {})

const looks: Record<DutyDeed['name'], DeedLook> = {
  approve: { label: '通过', style: 'primary', asks: [] },
  return: {
    label: '退回',
    style: 'danger',
    asks: [
      { name: 'reason', label: '退回原因', required: true },
      { name: 'until', label: '重报期限', hint: '不填：3个工作日后' },
    ],
    slots: untilOf,
    text: because,
  },
  extension: {
    label: '答复延期',
    style: 'primary',
    asks: [{ name: 'grant', label: '答复', required: true }, { name: 'until', label: '延期到' }, maybe],
    slots: ({ grant }) => ({ grant }),
    text: (filled) => joined(filled.grant && filled.until ? `同意延期到${dayText(filled.until)}` : '', because(filled)),
  },
  keep: { label: '维持责任单位', asks: [maybe], text: because },
  urge: {
    label: '催办',
    note: '马上发到责任单位的群里；同一项一天只催一次。',
    asks: [{ name: 'words', label: '要说的话' }],
    text: ({ words }) => given(words) ?? '',
  },
  instruct: {
    label: '批示',
    note: '原话马上转到责任单位和主管科室的群里，并记入台账。',
    asks: [
      { name: 'words', label: '批示内容', required: true },
      { name: 'until', label: '时限' },
    ],
    slots: untilOf,
    text: ({ words }) => given(words) ?? '',
  },
  amend: {
    label: '改时限',
    asks: [{ name: 'until', label: '新的时限', required: true }, reason],
    text: (filled) => joined(`时限改为${dayText(filled.until ?? '')}`, because(filled)),
  },
  reassign: {
    label: '转办',
    note: '这一期的责任转给另一个单位。',
    asks: [{ name: 'unit', label: '转给', required: true }, maybe],
    slots: ({ unit }) => ({ to: unit }),
    text: (filled) => joined(`改派${filled.unit ?? ''}`, because(filled)),
  },
  suspend: { label: '暂缓', note: '中止办理，不再计时，可以恢复。', asks: [reason], text: because },
  resume: { label: '恢复办理', style: 'primary', asks: [maybe], text: because },
  waive: {
    label: '免予办理',
    style: 'danger',
    note: '免予办理以后不再督办，不能恢复。',
    asks: [reason],
    text: because,
  },
  accept: { label: '签收', asks: [] },
  claim: { label: '认领', style: 'primary', asks: [] },
  report: {
    label: '上报',
    style: 'primary',
    asks: [
      { name: 'links', label: '链接', hint: 'http://，几个之间用空格或换行隔开' },
      { name: 'words', label: '完成情况' },
      reviewer,
      { name: 'zero', label: '本期零报告' },
    ],
    slots: ({ links, reviewer: by, zero }) => ({
      links: (links ?? '').split(/[\s，；、]+/).filter(Boolean),
      ...(given(by) && { reviewer: given(by) }),
      ...(zero && { zero }),
    }),
    text: ({ words }) => given(words) ?? '',
  },
  progress: {
    label: '报进展',
    note: '只作记录，任务仍在办理中。',
    asks: [{ name: 'words', label: '进展情况', required: true }],
    text: ({ words }) => given(words) ?? '',
  },
  secrecy: {
    label: '注明保密审查',
    asks: [{ ...reviewer, hint: '姓名', required: true }],
    slots: ({ reviewer: by }) => ({ by: given(by) }),
  },
  tick: {
    label: '报单项',
    note: '其中一份已经交了。',
    asks: [{ name: 'option', label: '已交的是', required: true }],
    slots: ({ option }) => ({ proof: option }),
  },
  extend: {
    label: '申请延期',
    asks: [{ name: 'until', label: '延期到', required: true }, reason],
    slots: untilOf,
    text: because,
  },
  decline: {
    label: '不涉及',
    note: '报主管科室，答复以前仍由本单位负责。',
    asks: [reason, { name: 'unit', label: '应由哪个单位负责' }],
    slots: ({ unit }) => (unit ? { to: unit } : {}),
    text: because,
  },
  withdraw: { label: '撤回反馈', asks: [maybe], text: because },
  collect: {
    label: '向配合单位收材料',
    asks: [{ name: 'until', label: '请在几日前交', hint: '不填：牵头事项到期前3个工作日' }],
    slots: untilOf,
  },
  split: {
    label: '分科室',
    note: '分给本单位的科室，各科室交齐以后仍由联络员报一次完成。此前的分办由这一次代替。',
    asks: [
      { name: 'parts', label: '科室', required: true, hint: '写一个回车一个，如：国库科' },
      { name: 'until', label: '内部时限' },
    ],
    slots: ({ parts, ...filled }) => ({ parts: (parts ?? []).map((part) => part.trim()), ...untilOf(filled) }),
  },
  event: {
    label: '登记触发',
    style: 'primary',
    note: '这一项等待的事已经发生：从那一天起计时。',
    asks: [
      { name: 'on', label: '发生的日子', required: true },
      { name: 'words', label: '说明', hint: '如：国家意见已印发；按小时计时的，写明几点' },
    ],
    slots: ({ on }) => ({ on }),
    text: ({ words }) => given(words) ?? '',
  },
}

const via: Ask = { name: 'via', label: '单位怎么告知的', required: true }

/** How a deed looks and what its form asks for. What is done for a unit says how the unit told it. */
export const lookOf = ({ name, onBehalf }: DutyDeed, standing: boolean): DeedLook => {
  const look = looks[name]
  if (name === 'approve' && standing)
    return { ...look, label: '销号', note: '持续推进的事项到此结束。', text: () => '销号' }
  if (!onBehalf) return look
  const told = name === 'collect' ? [] : [via]
  return { ...look, label: `代${look.label}`, asks: [...look.asks, ...told] }
}

/** The frame and the words of a filled form. */
export const deedOf = (deed: DutyDeed, look: DeedLook, filled: Filled): { intent: Intent; text: string } => ({
  intent: { ...deed.intent, ...look.slots?.(filled), ...(filled.via && { via: filled.via }) } as Intent,
  text: look.text?.(filled) ?? '',
})
