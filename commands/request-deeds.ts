import {
  type Registered,
  readExtended,
  readNoted,
  readRegistered,
  readReplied,
  untilSaid,
} from '../src/chat/request-words.ts'
import type { Card } from '../src/model/card.ts'
import type { Case } from '../src/model/case.ts'
import { results, resultWords } from '../src/model/disclosure.ts'
import { answers2014 } from '../src/model/disclosure-2014.ts'
import { resultText } from '../src/register/application/head.ts'
import { cited, isRevised, lawOf } from '../src/register/application/law.ts'
import type { Context } from './command.ts'
import { problem } from './problem.ts'
import { runsOf } from './said.ts'

/** The whole right form of each; the names in it are nobody's. */
export const forms = {
  register:
    '例：登记依申请 网络 3月2日 自然人 王小明 电话 08121234567 事由：财政决算 申请公开：2025年本级财政决算及说明。“事由”是清单和群里显示的话，可以不写',
  reply: '例：依申请3号已答复 部分公开 云府公开答〔2026〕3号 3月20日邮寄',
  extend: '例：依申请3号延期 经王主任同意，3月28日已告知申请人',
  assign: '例：把依申请3号交市财政局办，3月10日前报意见',
  note: '例：依申请3号 已查到档案，办理意见已报',
} as const

/** What is done and with what, or the card that asks for what was not said. */
export type Meant = { deed: string; input: Record<string, unknown>; title: string } | { lacks: Card }

const needed: readonly (readonly [keyof Registered, string])[] = [
  ['channel', '收到渠道（当面、签收的邮件、平常信函、网络、传真）'],
  ['at', '收到申请之日'],
  ['applicant', '申请人类别（自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他组织）'],
  ['name', '申请人姓名或名称'],
  ['description', '申请公开的内容'],
]

/** Nothing of what was said is repeated: it may have been said where others read along. */
export const meantRegistered = (c: Context): { input: Registered } | { lacks: Card } => {
  const said = readRegistered(c.message.text, c.today)
  const lacking = needed.filter(([name]) => said[name] === undefined).map(([, words]) => words)
  if (lacking.length > 0)
    return {
      lacks: problem('还没有登记：请写全', `还缺：${lacking.join('；')}。请连同已写的整条再发一次。`, forms.register),
    }
  const units = [...new Set(runsOf(c, (/交(?:由|给)?.+$/.exec(c.message.text) ?? [''])[0]).flatMap((run) => run.units))]
  const [unit] = units
  return { input: { ...said, ...(unit !== undefined && units.length === 1 && { unit }) } }
}

const replied = (c: Context, it: Case): Meant => {
  const revised = isRevised(it)
  const { result, ...rest } = readReplied(c.message.text, c.today, revised)
  if (result !== undefined)
    return {
      deed: revised ? 'answered' : 'answered-2007',
      input: { result, ...rest },
      title: `已登记答复（${resultText(result)}）`,
    }
  const rows = revised
    ? results.filter(({ id }) => id !== 'supplement-lapsed' && id !== 'fee-lapsed').map((row) => resultWords(row))
    : answers2014.map(({ words }) => words)
  const lacks = problem('请写明办理结果', `还没有登记。办理结果是下列之一：${rows.join('；')}。`, forms.reply)
  return { lacks }
}

const extended = (c: Context, it: Case): Meant => {
  const { by, told, at, days } = readExtended(c.message.text, c.today)
  if (by === undefined || !told) {
    const lacking = [by === undefined ? '经谁同意' : '', told ? '' : '哪一天告知了申请人'].filter(Boolean).join('、')
    const text = `还没有登记。延长答复期限要经政府信息公开工作机构负责人同意并告知申请人（${cited(lawOf(it).extension.basis)}），请写明${lacking}。`
    return { lacks: problem('请写明同意人和告知日', text, forms.extend) }
  }
  return { deed: 'extended', input: { by, ...(at && { at }), ...(days && { days }) }, title: '已登记延期' }
}

const assigned = (c: Context): Meant => {
  const units = [...new Set(runsOf(c, c.message.text).flatMap((run) => run.units))]
  const [unit] = units
  if (unit === undefined || units.length > 1)
    return { lacks: problem('请写明交给哪一个单位', '还没有交办。一件依申请交给一个单位承办。', forms.assign) }
  const until = untilSaid(c.message.text, c.today)
  return { deed: 'assigned', input: { unit, ...(until && { until }) }, title: '已交办' }
}

const noted = (c: Context): Meant => {
  const { text, ready } = readNoted(c.message.text)
  if (text === '') return { lacks: problem('请写明办理情况', '还没有记录。', forms.note) }
  return { deed: 'noted', input: { text, ...(ready && { ready }) }, title: '已记录办理情况' }
}

/** What is done to an application that is there. */
export const meantBy = (c: Context, action: 'reply' | 'extend' | 'assign' | 'note', it: Case): Meant =>
  action === 'reply'
    ? replied(c, it)
    : action === 'extend'
      ? extended(c, it)
      : action === 'assign'
        ? assigned(c)
        : noted(c)
