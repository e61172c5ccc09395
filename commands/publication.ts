import { casesOf, nextCaseNumber } from '../db/queries/cases.ts'
import { dayHappened } from '../src/chat/happened.ts'
import { PAPER_NUMBER } from '../src/chat/public-papers.ts'
import { normal } from '../src/chat/text.ts'
import type { Card } from '../src/model/card.ts'
import type { Case } from '../src/model/case.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { BadInput } from '../src/model/problem.ts'
import { decide, open } from '../src/register/decide.ts'
import { publication as register } from '../src/register/publication/index.ts'
import { behindColon, caseSaid, given, notTaken, takeApart, takeWord, valueIn, yearOf } from './case-said.ts'
import { basisOf, caseNumber, clockWords, isOver, runningOf } from './case-words.ts'
import { caseIn, heirOf, mayDo, readsCase, registerView, unitsRead, viewOf } from './cases.ts'
import type { Command, Context, Outcome } from './command.ts'
import { asOf, unitName } from './present.ts'
import { problem } from './problem.ts'

type Action = NonNullable<IntentOf<'publication'>['action']>

const examples: Record<Action, string> = {
  register: '例：登记文件 云府发〔2026〕3号 关于做好防汛工作的通知 主动公开 市水利局 8月3日 需要解读',
  review: '例：文件3号保密审查通过 审查人：张三 8月4日',
  disclose: '例：文件3号已公开 https://… 8月5日',
  interpret: '例：文件3号已解读 https://… 图解',
  exempt: '例：文件3号免予解读：事务性通知',
  attribute: '例：文件3号改为依申请公开：含过程性信息',
  return: '例：文件3号退回：标题与正文不符',
  finish: '例：文件3号办结：不再公开',
  show: '例：文件3号',
  list: '例：公开文件有哪些没公开',
}

const NATURES = [
  [/主动公开/, 'active'],
  [/依申请公开/, 'on-request'],
  [/不予公开/, 'none'],
] as const
const REASONS = [
  [/国家秘密/, 'secret'],
  [/禁止公开/, 'forbidden'],
  [/三安全一稳定|危及/, 'security'],
  [/第三方|商业秘密|个人隐私/, 'third-party'],
  [/内部事务/, 'internal'],
  [/过程性/, 'process'],
  [/执法案卷/, 'enforcement-file'],
] as const
const CONCLUSIONS = [
  [/不得公开|不[宜予能]公开|[不未]通过/, 'no'],
  [/删除|删减|隐去/, 'partly'],
  [/通过|可以公开|同意公开/, 'pass'],
] as const
const CHANNELS = [
  [/公报/, 'gazette'],
  [/微信|公众号/, 'wechat'],
  [/微博/, 'weibo'],
  [/发布会/, 'conference'],
  [/网站|网/, 'website'],
] as const
const FORMS = [
  [/图解|一图/, 'picture'],
  [/视频|音频|动漫/, 'video'],
  [/发布会/, 'conference'],
  [/访谈/, 'interview'],
  [/专家/, 'expert'],
  [/文字/, 'text'],
] as const

const HEAD = /^\s*(?:请)?登记(?:一[份件个])?(?:公开)?文件\s*[:：,，]?/
const DOC_NUMBER = /^[\p{Script=Han}A-Za-z]{1,20}[〔[［（(【]\d{4}[〕\]］）)】](?:第)?\d{1,5}号$/u
const NATURE = /^(主动公开|依申请公开|不予公开)(?:[（(:：](.+?)[）)]?)?$/
const NEEDS = /^(不)?(?:需要?|用|必)解读$/

/** What a paper that is entered says of itself; its title is what is left. */
const registered = (c: Context, text: string): Record<string, unknown> => {
  const said = takeApart(c, text.replace(HEAD, ' '))
  const docNo = takeWord(said, DOC_NUMBER)?.[0]
  const [, nature, why] = takeWord(said, NATURE) ?? []
  const needs = takeWord(said, NEEDS)
  const reason =
    nature === '不予公开' ? (why ?? takeWord(said, /^(?:理由[是为:：]*)?(?:属于|涉及|保护|危及)/)?.input) : undefined
  return given({
    ...{ title: said.words.join(' '), docNo, unit: said.unit, at: said.day },
    ...{ nature: nature && valueIn(NATURES, nature), reason: reason && valueIn(REASONS, reason) },
    needs: needs && needs[1] === undefined,
  })
}

const REVIEWER =
  /审[查核]?人[:：是为 ]*([\p{Script=Han}]{2,4})|(?<![\p{Script=Han}])([\p{Script=Han}]{2,4}?)审(?:查|核)?(?=$|[\s,，。;；])/u

/** The deed that is meant, and what of the message goes into it. */
const deedOf = (c: Context, action: Action, text: string): [name: string, input: Record<string, unknown>] => {
  const { links, day } = takeApart(c, text)
  const words = links.reduce((rest, link) => rest.replace(link, ' '), text)
  const at = day ?? dayHappened(words, c.today)
  const [link] = links
  const reason = behindColon(words)
  switch (action) {
    case 'review': {
      const found = REVIEWER.exec(words.replace(/保密审[查核]?(?=[^人])/, ' '))
      return ['reviewed', given({ by: found?.[1] ?? found?.[2], conclusion: valueIn(CONCLUSIONS, words), at })]
    }
    case 'disclose':
      return ['disclosed', given({ link, channel: valueIn(CHANNELS, words), at })]
    case 'interpret':
      return ['interpreted', given({ link, form: valueIn(FORMS, words), at })]
    case 'attribute':
      return [
        'attributed',
        given({
          nature: valueIn(NATURES, words.split(/[:：]/)[0] ?? ''),
          reason: /不予公开/.test(words) ? valueIn(REASONS, words) : undefined,
          ...{ why: reason, at },
        }),
      ]
    case 'exempt':
      return ['exempted', given({ reason, at })]
    case 'return':
      return ['returned', given({ reason, at })]
    default:
      return ['finished', given({ reason, at })]
  }
}

const stands = (c: Context, it: Case, title: string): Card => {
  const view = register.view(it, registerView(c))
  const running = runningOf(view.clocks)
  const bases = [...new Set(running.map(basisOf))].filter(Boolean)
  return {
    title: [caseNumber(it), title].filter(Boolean).join(' '),
    tone: running.some(({ due }) => due !== null && isOver(c, due)) ? 'late' : title ? 'good' : 'plain',
    blocks: [
      {
        kind: 'fields',
        fields: [
          ['标题', view.title],
          ['起草单位', unitName(c, view.unit)],
          ...view.facts,
          ['状态', register.states[view.state] ?? ''],
          ...running.map((clock, i): [string, string] => [i === 0 ? '时限' : '', clockWords(c, clock)]),
        ],
      },
      ...(bases.length > 0 ? [{ kind: 'note' as const, text: `依据：${bases.join('；')}。` }] : []),
    ],
  }
}

const refused = (title: string, example: string): Outcome => ({
  reply: problem('没有这项权限', `“${title}”由主管科室办理，本次没有登记。`, example),
  refused: 'role',
})

const enter = async (c: Context): Promise<Outcome> => {
  if (!mayDo(register.opening, c.actor, '')) return refused('登记文件', examples.disclose)
  try {
    const input = registered(c, c.message.text)
    const year = yearOf(c, input.at)
    const ord = await nextCaseNumber(c.db, 'publication', year)
    const decided = open(register, input, { year, ord }, registerView(c))
    return { reply: stands(c, decided.next, '已登记'), cases: [{ id: c.newId(), decided }] }
  } catch (error) {
    return notTaken(error, examples.register)
  }
}

const act = async (c: Context, action: Action): Promise<Outcome> => {
  const text = normal(c.message.text)
  const number = PAPER_NUMBER.exec(text.replace(/^@\S+\s*/, ''))
  const row = number ? await caseSaid(c, 'publication', number) : undefined
  if (!number || !row || !readsCase(c, row))
    return {
      reply: problem('没有这份文件', '没有这一号，或者不是本单位起草的，本次没有登记。', examples[action]),
      ...(row && { refused: 'other-unit' }),
    }
  if (action === 'show') return { reply: stands(c, caseIn(row), '') }
  const [name, input] = deedOf(c, action, text.slice(text.indexOf(number[0]) + number[0].length))
  try {
    const decided = decide(register, caseIn(row), name, input, registerView(c))
    if (!mayDo(decided.deed, heirOf(c), row.unit)) return refused(decided.deed.title, examples.disclose)
    const { id, version, head } = row
    return {
      reply: stands(c, decided.next, `已登记：${decided.deed.title}`),
      cases: [{ id, was: { version, head }, decided }],
    }
  } catch (error) {
    // What is refused for want of a review is answered by how to enter one.
    const wanted = error instanceof BadInput && /还没有保密审查/.test(error.message) ? 'review' : action
    return notTaken(error, examples[wanted])
  }
}

const SHOWN = 10

const list = async (c: Context): Promise<Outcome> => {
  const units = unitsRead(c)
  const rows = await casesOf(c.db, { kinds: ['publication'], open: true, ...(units && { units }) })
  const title = '没有办完的公开文件'
  if (rows.length === 0) return { reply: { title, tone: 'good', blocks: [{ kind: 'text', text: `${asOf(c)}没有。` }] } }
  const lines = rows.slice(0, SHOWN).map((row) => {
    const running = runningOf(viewOf(row, registerView(c)).clocks)
    const late = running.some(({ due }) => due !== null && isOver(c, due))
    const parts = [`${caseNumber(row)} ${row.title}`, unitName(c, row.unit), register.states[row.state] ?? '']
    const text = [...parts, ...running.map((clock) => clockWords(c, clock))].filter(Boolean).join(' · ')
    return { text, light: late ? ('red' as const) : ('green' as const) }
  })
  const more = rows.length - SHOWN
  return {
    reply: {
      title: `${title}${rows.length}份`,
      tone: 'plain',
      blocks: [
        { kind: 'list', lines },
        ...(more > 0 ? [{ kind: 'note' as const, text: `另有${more}份，在网页版“办件”里看全部。` }] : []),
      ],
    },
  }
}

/** 公开文件: the office enters a paper; its unit says what was reviewed, made public and interpreted. */
export const publication: Command<'publication'> = {
  intent: 'publication',
  title: '公开文件',
  usage: '文件编号 保密审查通过/已公开/已解读；公开文件有哪些没公开',
  example: '文件3号已公开 https://…',
  officeExample: '登记文件 云府发〔2026〕3号 关于做好防汛工作的通知 主动公开 市水利局 8月3日',
  roles: ['liaison', 'head', 'leader', 'office', 'admin'],
  run: async (c, { action = 'list' }) =>
    action === 'list' ? list(c) : action === 'register' ? enter(c) : act(c, action),
}
