import type { DocumentHead } from '../model/plan.ts'
import { markerOf } from './marker.ts'
import { type HeadLine, type Metadata, metadata, NUMBER } from './metadata.ts'
import { isDayLine } from './passages.ts'
import type { Sheet } from './sheet.ts'
import {
  bracketed,
  byline,
  heading,
  lastDay,
  OFFICE,
  printed,
  printer,
  signature,
  signedOnOneLine,
  speaker,
  usualYear,
} from './signed.ts'
import { squeeze } from './words.ts'

/** The head of a document, the line each value stands on (0 where none), and where the plan itself begins. */
export interface Head {
  document: DocumentHead
  lines: { title: number; number: number; issuer: number; issuedOn: number; receivers: number }
  /** The line of the plan's own title below a covering notice; 0 where no notice carries it. */
  planLine: number
  /** Whom the notice speaks to. */
  receivers: string
}

const KIND =
  '(?:方案|要点|计划|意见|分工|安排|清单|办法|措施|规划|规程|台账|分解表|分工表|任务表|一览表|责任表|任务书|通知|细则|纲要|行动|部署|纪要|目录|分解|分工|任务)'
const TITLE_END = new RegExp(`${KIND}(?:[（(][^（）()]{1,20}[）)])?$`)
const CHAPTER = /^(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+章)/
const DEEP = 60

/** Reads title, 文号, issuer, day of issue and year; what the document does not say stays empty. */
export function readHead(sheet: Sheet): Head {
  const all = sheet.blocks.flatMap((b) =>
    b.kind === 'line' ? [{ line: b.line, text: squeeze(b.text).replace(/^#+\s*/, '') }] : [],
  )
  const data = metadata(sheet.blocks)
  const top = all.slice(0, DEEP)
  const notice = noticeOf(top)
  const own = ownTitle(all, notice)
  const said = own ?? notice?.inner ?? plainTitle(top) ?? data.title ?? announced(top)
  const title = said?.text ?? ''
  const foot = all.slice(-12)
  const spokenTo = receivers(top)
  const signed = signature(all)
  const number = numberIn(top, data)
  const oneLine = signed ?? signedOnOneLine(all)
  const issuer =
    oneLine?.issuer ?? printer(foot) ?? notice?.issuer ?? data.issuer ?? heading(top) ?? speaker(top) ?? byline(top)
  const issuedOn = oneLine?.day ?? data.written ?? printed(foot) ?? lastDay(all) ?? data.published ?? bracketed(top)
  const span = /((?:19|20)\d{2})\s*(?:年)?\s*[—–\-~至－]+\s*((?:19|20)\d{2})\s*年/.exec(title)
  const single = /((?:19|20)\d{2})\s*年/.exec(span ? title.replace(span[0], '') : title)?.[1]
  const year = Number(
    single ?? span?.[1] ?? (issuedOn?.text.slice(0, 4) || yearOfNumber(number?.text) || usualYear(all)),
  )
  const document: DocumentHead = {
    title,
    number: number?.text ?? '',
    issuer: issuer?.text ?? '',
    issuedOn: issuedOn?.text ?? '',
    year,
    ...(span?.[2] ? { untilYear: Number(span[2]) } : {}),
  }
  return {
    document,
    lines: {
      title: said?.line ?? 0,
      number: number?.line ?? 0,
      issuer: issuer?.line ?? 0,
      issuedOn: issuedOn?.line ?? 0,
      receivers: spokenTo?.line ?? 0,
    },
    planLine: notice && own ? own.line : 0,
    receivers: spokenTo?.text ?? '',
  }
}

/** 〔2017〕 of a 文号. */
const yearOfNumber = (number = ''): string => /[〔[（(【](\d{4})[〕\]）)】]/.exec(number)?.[1] ?? ''

interface Notice {
  inner: HeadLine
  issuer?: HeadLine
  end: number
}

/** X关于印发《Y》的通知 and X印发《Y》的通知, over as many lines as it was broken into. */
function noticeOf(top: HeadLine[]): Notice | undefined {
  for (let i = 0; i < top.length; i++) {
    const first = top[i]
    if (
      !first ||
      first.text.length > 80 ||
      /[。；]/.test(first.text) ||
      NUMBER.test(first.text) ||
      /文件$/.test(first.text)
    )
      continue
    let words = ''
    for (let n = 0; n < 4; n++) {
      const next = top[i + n]
      if (!next || next.text.length > 80 || /[。；：]$/.test(next.text)) break
      words += next.text
      const m = /^(.{0,60}?)(?:关于(?:转发|印发|下发|发布)(.{4,80}?)|印发(《.{4,80}》))的通知$/.exec(words)
      if (!m) continue
      const inner = (m[2] ?? m[3] ?? '').replace(/^.*?《|》.*$/g, '').replace(/^《|》$/g, '')
      const issuer = m[1] ? { line: first.line, text: m[1].replace(/[:：]/g, '') } : undefined
      return { inner: { line: first.line, text: inner }, ...(issuer ? { issuer } : {}), end: i + n }
    }
  }
  return undefined
}

/** The plan's title on lines of its own below the notice. */
function ownTitle(all: HeadLine[], notice: Notice | undefined): HeadLine | undefined {
  if (!notice) return undefined
  const wanted = notice.inner.text
  for (let i = notice.end + 1; i < all.length; i++) {
    const first = all[i]
    if (!first || first.text.length > 60 || /[。；：，]/.test(first.text)) continue
    let words = ''
    for (let n = 0; n < 4; n++) {
      words += all[i + n]?.text ?? ''
      const before = words.length - wanted.length
      if (words.length > 80 || before >= first.text.length) break
      if (
        words === wanted ||
        (TITLE_END.test(words) && words.length >= 8 && (wanted.endsWith(words) || words.endsWith(wanted)))
      ) {
        return { line: first.line, text: words }
      }
    }
  }
  return undefined
}

/** A title at the head of a document that no notice carries. */
function plainTitle(top: HeadLine[]): HeadLine | undefined {
  for (let i = 0; i < top.length; i++) {
    const first = top[i]
    if (!first || CHAPTER.test(first.text)) return undefined
    if (
      /[。；，：]/.test(first.text) ||
      first.text.length > 60 ||
      markerOf(first.text) ||
      isDayLine(first.text) ||
      /^[（(]此件/.test(first.text) ||
      NUMBER.test(first.text) ||
      /^附件\d*[:：]?$/.test(first.text)
    )
      continue
    let words = ''
    for (let n = 0; n < 4; n++) {
      const next = top[i + n]
      if (!next || /[。；，：]/.test(next.text) || CHAPTER.test(next.text) || isDayLine(next.text)) break
      if (n === 1 && OFFICE.test(first.text) && TITLE_END.test(next.text) && next.text.length >= 8) break
      words += next.text
      if (words.length >= 6 && words.length <= 70 && TITLE_END.test(words) && !/[>＞|]/.test(words))
        return { line: first.line, text: words }
    }
  }
  return undefined
}

/** What the first sentences say is drawn up: 现制定2017年政务公开工作要点. */
function announced(top: HeadLine[]): HeadLine | undefined {
  const pattern = new RegExp(
    `(?:制定|提出|制订|拟定)(?:如下|以下|了)?《?((?:(?!本|如下|以下)[^，。；《》]){2,40}?${KIND})》?[。，：:；]`,
  )
  for (const { line, text } of top.slice(0, 8)) {
    const title = pattern.exec(text)?.[1]
    if (title && !/^(?:本|该|此)/.test(title)) return { line, text: title }
  }
  return undefined
}

function numberIn(top: HeadLine[], data: Metadata): HeadLine | undefined {
  for (const { line, text } of top) {
    if (CHAPTER.test(text)) break
    const m = NUMBER.exec(text)
    const rest = m ? text.replace(m[0], '').replace(/签发人.*$|发文字号|文号|[:：\s【】[\]（）()]/g, '') : 'x'
    if (m && rest === '') return { line, text: m[0] }
  }
  return data.number
}

function receivers(top: HeadLine[]): HeadLine | undefined {
  const found = top.find(
    (l) => /^[^。；]{4,120}[：:]$/.test(l.text) && /各|单位|部门|政府/.test(l.text) && !markerOf(l.text),
  )
  return found && { line: found.line, text: found.text.slice(0, -1) }
}
