import { clauseFrom, matchAt, type Reading, type Scene } from './found.ts'

type Amount = { n: number; unit: 'hour' | 'day' | 'workday' }

const amount =
  /(?:(\d{1,3})(?:-{1,2}|至|到))?(\d{1,3})(?:个?(工作日|自然日|日历日|日|天|小时|钟头|周|星期|礼拜|年)|个(半)?(月))(?:（[^（）]{1,8}）)?(之内|以内|内(?!容|部|外|蒙|涵))/y
const half = /半(个?月|年)(?:时间)?(?:之内|以内|内(?!容|部))/y
const inCell = /(\d{1,3})(?:个?(工作日|自然日|天|小时|周|日)|个(月))(?!前|[一二三四五六日末])/y
const noMore = /(\d{1,3})(?:个?(工作日|自然日|日|天|小时)|个(月))(?!内|以内|前)/y
const ordinal =
  /(?:第(\d{1,2})个?|首个?|次1?个?|下1个?)(工作日|天|日)(?:之前|前|内|上午|下午)?(?:\d{1,2}[时点：]\d{0,2}前?)?/y

const daysOf: Readonly<Record<string, number>> = {
  日: 1,
  天: 1,
  自然日: 1,
  日历日: 1,
  周: 7,
  星期: 7,
  礼拜: 7,
  月: 30,
  年: 365,
}

function amountOf(n: number, word: string): Amount {
  if (word === '工作日') return { n, unit: 'workday' }
  if (word === '小时' || word === '钟头') return { n, unit: 'hour' }
  return { n: n * (daysOf[word] ?? 1), unit: 'day' }
}

const notAClock =
  /(?:[.\d第近去每续余]|最近|过去|累计|连续|前|任意|随机|间隔|相隔|今后|未来|[短中长近]期（|禁止[^，。；]{0,4})$/
const shortened =
  /(?:压缩|压减|缩短|缩减|控制|精简|减少|提速|降低|降|缩|减|稳定|保持|限定|提升|集中)[^，。；起后]{0,8}$/
const exceeding = /(?:不超过|不得超过|不能超过|不多于)$/
const lasting = /(?:延长|期限|延期|连续|累计|驾驶|驾车|停放|停留|使用)/
/** 1年内受到2次处罚的，3年内免征, 5年内不得: who or what it is about, or a span in which something holds. */
const holds =
  /^(?:累计|可?以?随时|临时|保持|有效|发生|违反|违法|受到|[^，。；\n]{0,16}受[过到]|免[征收缴于]|，?[^，。；\n]{0,24}(?:不得|免征|禁止)|不予)/

function isCondition(text: string, end: number): boolean {
  const ahead = clauseFrom(text, end, 48)
  return holds.test(text.slice(end, end + 32)) || (ahead.endsWith('的') && ahead.length < 48)
}

/** Reads an amount of time after an event: 批复后20日内, 自受理之日起5个工作日内, 24小时内. */
export function relativeAt(scene: Scene, index: number): Reading | undefined {
  const { text } = scene
  const match = matchAt(amount, text, index)
  const halved = match ? null : matchAt(half, text, index)
  const before = text.slice(Math.max(0, index - 14), index)
  if (!match && !halved) return exceedingAt(scene, index, before) ?? ordinalAt(scene, index, before)
  const end = index + (match ?? halved ?? [''])[0].length
  const said = match ? spoken(match) : { n: halved?.[1] === '年' ? 180 : 15, unit: 'day' as const }
  if (!said.n || notAClock.test(before) || shortened.test(before) || isCondition(text, end)) return { end, found: [] }
  return reading(scene, index, end, said)
}

function spoken(match: RegExpExecArray): Amount {
  const word = match[3] ?? match[5] ?? ''
  const whole = amountOf(Number(match[2]), word)
  return match[4] && whole.unit === 'day' ? { ...whole, n: whole.n + Math.floor((daysOf[word] ?? 0) / 2) } : whole
}

/** 答复不得超过20个工作日 is a clock where the sentence has an event. */
function exceedingAt(scene: Scene, index: number, before: string): Reading | undefined {
  if (scene.column) return cellAt(scene, index, before)
  const match = exceeding.test(before) ? matchAt(noMore, scene.text, index) : null
  if (!match) return undefined
  const end = index + match[0].length
  const event = eventBefore(scene, index)
  const ends = /^(?:办理|办结|完成|答复|作出|审结)/.test(scene.text.slice(end, end + 3))
  if (!(event || ends) || shortened.test(before.replace(exceeding, '')) || lasting.test(before))
    return { end, found: [] }
  return reading(scene, index, end, amountOf(Number(match[1]), match[2] ?? match[3] ?? ''))
}

/** In a time-limit column a bare amount is a clock: 5个工作日, 3个月. */
function cellAt(scene: Scene, index: number, before: string): Reading | undefined {
  const match = matchAt(inCell, scene.text, index)
  if (!match || (notAClock.test(before) && !/后第?$/.test(before)) || /月$/.test(before)) return undefined
  return reading(scene, index, index + match[0].length, amountOf(Number(match[1]), match[2] ?? match[3] ?? ''))
}

/** 节后第一个工作日: the n-th day after an event. */
function ordinalAt(scene: Scene, index: number, before: string): Reading | undefined {
  const match = matchAt(ordinal, scene.text, index)
  if (!match || !/后的?$/.test(before) || /顺延/.test(before)) return undefined
  return reading(scene, index, index + match[0].length, amountOf(Number(match[1] ?? 1), match[2] ?? ''))
}

function reading(scene: Scene, index: number, end: number, said: Amount): Reading {
  const event = eventBefore(scene, index)
  const start = event?.attached ? event.start : index
  return { end, found: [{ start, end, deadline: { kind: 'relative', event: event?.name ?? scene.event, ...said } }] }
}

interface Event {
  name: string
  start: number
  /** The event's words run right up to the amount. */
  attached: boolean
}

const joined =
  /(?:之日|当日|次日|当天|之时|时|日)?起(?:的|，)?$|(?:之后|以后|后)(?:的|，)?$|(?<=结束|印发|公布|发布|下达|批复|届满|签订|受理|通过|批准|收到|接到)$/
const preposition =
  /(?:(?<![关基对由大小存正所现至过终便属等低高位鉴])[于]|(?<![存正所现好实])在(?!线|册|建|职|编|校|岗|地)|自(?!主|查|评|身|觉|然|行|治|愿|贸|筹|动|建|有)|(?<![服顺])从(?!事|业|严|速|优)|应(?!急|用|届|对|聘|收|付|诉)当?|须|原则上|一般(?!公共)|并(?!购|联|网|轨|入)|要(?!点|求|素|闻|件|领|约|情|事|害)|且|确保)/g

/** The event the amount counts from: right before it, earlier in its sentence, or the bare subject of its clause. */
function eventBefore(scene: Scene, index: number): Event | undefined {
  const { text } = scene
  const from = Math.max(scene.sentence, index - 60)
  const clause = text.slice(from, index)
  const link = joined.exec(clause.replace(/(?:应当?|须|必须|最迟|至少|原则上|要|的|在|于|一般)+$/, ''))
  if (link && !link[0].endsWith('，')) return eventEnding(text, from, from + link.index, true)
  const earlier =
    /^.*(?:(?:之日|当日|次日|日)起|(?<![前先背幕善])(?:之后|以后|后|(?<![小学课工临同及按适随])时)(?=，)|^.*(?<![前先背幕善])后(?=\d|当[日天场]|立即|即|应|及时))/.exec(
      clause,
    )
  if (!earlier) return scene.event ? undefined : subject(text, from, index)
  const ended = earlier[0].replace(/(?:(?:之日|当日|次日|日)起|之后|以后|后|时)$/, '')
  return eventEnding(text, from, from + ended.length, false)
}

function eventEnding(text: string, from: number, end: number, attached: boolean): Event | undefined {
  const clause = text.slice(from, end)
  let begin = Math.max(
    ...['，', '。', '；', '：', '\n', '（', '）', '》之'].map(
      (mark) => clause.lastIndexOf(mark) + mark.length - (clause.includes(mark) ? 0 : mark.length),
    ),
    0,
  )
  const base = begin
  for (const match of clause.slice(base).matchAll(preposition)) {
    const next = base + match.index + match[0].length
    if (next < clause.length) begin = next
    if (/^[自从]/.test(match[0])) break
  }
  const name = clause.slice(begin)
  const start = from + begin - (/[自从]/.test(clause[begin - 1] ?? '') ? 1 : 0)
  return name ? { name, start, attached } : undefined
}

/** 发现重大隐患2小时内, 接到报警后: a clause that itself says what happened. */
const happens = /(?:发现|发生|接到|接报|收到|遇到|出现)[^，]{1,16}$/
const happening = /(?:事件|事故|舆情|灾害|险情|疫情|案件|投诉|诉求|工单|事项|申请|咨询)$/

/** 特别重大突发事件5小时内: a clause whose bare subject is what happened; else the clause before it. */
function subject(text: string, from: number, index: number): Event | undefined {
  const clauses = text.slice(from, index).split('，').slice(-2).reverse()
  for (const clause of clauses) {
    const name = clause
      .replace(/(?:应当?|须|必须|最迟|至少|要|在|于|原则上)+$/, '')
      .replace(/的$/, '')
      .replace(/^.*(?:执行|涉及|对|遇有|发生|严格)(?=.)/, '')
    if (happening.test(name)) return { name, start: index, attached: false }
    const own = happens.exec(name)
    if (own) return { name: own[0], start: index, attached: false }
  }
  return undefined
}
