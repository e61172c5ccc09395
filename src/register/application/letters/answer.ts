import { courtRules, reviewRules } from '../../../clock/rules/remedies.ts'
import { ruleOn } from '../../../clock/rules/rule.ts'
import { dayIn } from '../../../model/clock.ts'
import { type DisclosureResult, resultGroups, results, resultWords } from '../../../model/disclosure.ts'
import { answers2014 } from '../../../model/disclosure-2014.ts'
import type { PaperBlock } from '../../../model/paper.ts'
import { BadInput } from '../../../model/problem.ts'
import { endOf } from '../course.ts'
import { cited, isRevised } from '../law.ts'
import { aboutRequest, blank, contact, type Letter, secretOr, text, toApplicant, type Writing } from './parts.ts'

/** Refusals under 第十四条 to 第十六条, which go to review before court (行政复议法第二十三条, 法释〔2025〕8号). */
const REVIEW_FIRST: readonly string[] = [
  ...['secret', 'forbidden', 'security', 'third-party', 'internal', 'process', 'enforcement-file'],
]

const under = ({ article }: DisclosureResult): string =>
  article === ''
    ? blank('依据的条款')
    : article.startsWith('第')
      ? `《中华人民共和国政府信息公开条例》${article}`
      : article

/** A refusal as a sentence says it. */
const refusals: Readonly<Record<string, string>> = {
  secret: '属于国家秘密',
  forbidden: '属于法律、行政法规禁止公开的政府信息',
  security: '公开后可能危及国家安全、公共安全、经济安全、社会稳定',
  'third-party': '公开会对第三方合法权益造成损害',
  internal: '属于本机关的内部事务信息',
  process: '属于行政机关履行行政管理职能过程中形成的过程性信息',
  'enforcement-file': '属于行政执法案卷信息',
  inquiry: '属于行政查询事项，有关法律、行政法规对它的获取有特别规定',
}

const endings: Readonly<Record<string, (row: DisclosureResult, reason: string) => string>> = {
  '3-1': (row) =>
    `依据${under(row)}，现将你（单位）申请的政府信息予以公开：${blank('提供的信息，或者获取信息的方式、途径和时间')}。`,
  '3-2': (row, reason) =>
    `你（单位）申请公开的信息中含有不应当公开的内容，能够作区分处理。依据${under(row)}，现提供可以公开的内容：${blank('提供的信息')}。其余内容不予公开：${reason}。`,
  '3-3': (row, reason) =>
    `经审查，你（单位）申请公开的信息${refusals[row.id] ?? row.words}，依据${under(row)}，本机关决定不予公开。理由：${reason}。`,
  '3-4': (row, reason) =>
    `经检索和审查，你（单位）申请公开的信息本机关无法提供：${row.words}（依据${under(row)}）。说明：${reason}。`,
  '3-5': (row, reason) =>
    `经审查，你（单位）的申请属于${row.words}的情形，依据${under(row)}，本机关不予处理。说明：${reason}。`,
  '3-6': (row, reason) => `关于你（单位）的申请，本机关处理如下：${row.words}（依据${under(row)}）。说明：${reason}。`,
}

const firstReview = (why: string): string =>
  `${why}，对本答复不服的，应当先申请行政复议；对行政复议决定不服的，可以再向人民法院提起行政诉讼`

/** 60 days to review, six months to court, or review first: what a refusal must say itself (行政复议法第二十三条第二款). */
const remedy = (result: string, day: string): PaperBlock => {
  const review = ruleOn(reviewRules, day)
  const court = ruleOn(courtRules, day)
  const toReview = `自收到本答复书之日起${review.apply.span.n}日内向${blank('行政复议机关')}申请行政复议（${cited(review.apply.basis)}）`
  const toCourt = `自收到本答复书之日起${court.direct.span.n}个月内向${blank('有管辖权的人民法院')}提起行政诉讼（${cited(court.direct.basis)}）`
  const after = `收到行政复议决定书之日起${court.afterReview.span.n}日内（${cited(court.afterReview.basis)}）`
  if (review.first && REVIEW_FIRST.includes(result)) {
    const why = `依据${cited(review.first)}和第二款`
    return text(`${firstReview(why)}。申请行政复议，请${toReview}；提起行政诉讼，请在${after}。`)
  }
  const partly =
    review.first && result === 'partial'
      ? `其中依据《条例》第十四条至第十六条不予公开的部分，${firstReview(`依据${cited(review.first)}和第二款`)}。`
      : ''
  return text(`如对本答复不服，可以${toReview}，也可以${toCourt}。${partly}`)
}

const bodyOf = ({ it }: Writing, result: string): [title: string, body: string] => {
  const reason = secretOr(it, 'answered.reason', '事实和理由')
  const row = results.find(({ id }) => id === result)
  if (isRevised(it) && row) {
    const group = row.row.slice(0, 3)
    return [`政府信息${resultGroups[group]}告知书`, endings[group]?.(row, reason) ?? '']
  }
  const old = answers2014.find(({ id }) => id === result)
  if (!isRevised(it) && old)
    return [
      '政府信息公开申请答复书',
      `经审查，答复如下：${old.words}（依据${blank('2007年《条例》的条款')}）。${it.secret['answered-2007.reason'] ?? blank('提供的信息，或者事实和理由')}。`,
    ]
  const known = isRevised(it) ? results.map((one) => resultWords(one)) : answers2014.map(({ words }) => words)
  throw new BadInput(`答复书要有办理结果：请先登记答复，或者写明下列之一：${known.join('、')}`)
}

/** The result that people name by its id or its words. */
const resultNamed = (said: string): string =>
  [
    ...results.map((row) => ({ id: row.id as string, words: [row.words, resultWords(row)] })),
    ...answers2014.map(({ id, words }) => ({ id, words: [words] })),
  ].find(({ id, words }) => id === said || words.some((one) => one === said))?.id ?? said

/** 答复书, by the recorded result, or by one that is thought of. @throws BadInput where there is none */
export const answerLetter = (w: Writing, thought: string | undefined): Letter => {
  const end = endOf(w.it)
  const recorded = end?.kind.startsWith('answered') ? String(end.body.result) : end?.kind
  const result = recorded ?? (thought === undefined ? '' : resultNamed(thought))
  const [title, body] = bodyOf(w, result)
  const day = end ? dayIn(end.at) : null
  const number = typeof end?.body.number === 'string' ? end.body.number : ''
  return toApplicant(w, title, [text(aboutRequest(w)), text(body), remedy(result, day ?? w.c.today), contact], {
    number,
    day,
  })
}
