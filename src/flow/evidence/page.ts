import { Parser } from 'htmlparser2'
import { charsetOf } from '../../plan/readers/charset.ts'
import { endingOf, typeOf } from '../keep-file.ts'
import type { Body } from '../link-check.ts'
import { short, visible } from './visible.ts'

/** What a link's body says, as plain text that runs nowhere and hides nothing. */
export interface Page {
  /** 网页, PDF文件 …, in a word. */
  kind: string
  title: string
  text: string
  /** It would lead a browser on by itself, which is not followed. */
  leadsOn: boolean
}

const MOST_TEXT = 200_000
/** Each end tag looks for its beginning through all that is open: a page with more of them is read up to there. */
const MOST_TAGS = 50_000
/** Browsers nest no deeper; each further level makes every tag dearer. */
const DEEPEST = 512
const UNREAD = new Set(['script', 'style', 'noscript', 'template', 'iframe', 'object', 'svg', 'math', 'select'])

/** By the page's own word, the site's, or by what its bytes can be. */
const decoded = ({ bytes, type }: Body): string => {
  const said = /charset\s*=\s*["']?\s*([\w-]{2,20})/i.exec(type)?.[1]?.toLowerCase()
  const name = charsetOf(bytes) ?? (said && /^(?:gb2312|gbk|gb18030)$/.test(said) ? 'gb18030' : said)
  try {
    if (name !== undefined) return new TextDecoder(name).decode(bytes)
  } catch {
    // A charset that nobody knows.
  }
  try {
    // The last sign may be cut.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes, { stream: true })
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

const upTo = (html: string, what: string, most: number): string => {
  let at = -1
  for (let n = 0; n <= most; n++) {
    at = html.indexOf(what, at + 1)
    if (at < 0) return html
  }
  return html.slice(0, at)
}

class TooDeep extends Error {}

const readPage = (html: string): Omit<Page, 'kind'> => {
  let [title, text, unread, titled, leadsOn, depth] = ['', '', 0, false, false, 0]
  const parser = new Parser({
    onopentag(tag, { 'http-equiv': does = '', content = '' }) {
      if (tag === 'title' && title === '') titled = true
      if (tag === 'meta' && does.toLowerCase() === 'refresh' && /url/i.test(content)) leadsOn = true
      if (UNREAD.has(tag)) unread++
      text += ' '
      if (++depth > DEEPEST) throw new TooDeep()
    },
    ontext(words) {
      if (titled) title += words
      else if (unread === 0 && text.length < MOST_TEXT) text += words
    },
    onclosetag(tag) {
      depth--
      if (tag === 'title') titled = false
      if (UNREAD.has(tag)) unread--
    },
  })
  try {
    parser.end(upTo(upTo(html, '</', MOST_TAGS), '<', 2 * MOST_TAGS))
  } catch (error) {
    // What came before is what it says.
    if (!(error instanceof TooDeep)) throw error
  }
  return { title: short(title), text: visible(text.slice(0, MOST_TEXT)), leadsOn }
}

const KINDS: Record<string, string> = {
  ...{ '.pdf': 'PDF文件', '.docx': 'Word文件', '.doc': 'Office文件', '.xlsx': 'Excel文件' },
  ...{ '.png': '图片', '.jpg': '图片', '.txt': '文本' },
}

const lastOf = (url: string): string => {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

/** What the body of an open link is and says: of a page its words, of a file what its address calls it. */
export const pageOf = async (body: Body, url: string): Promise<Page> => {
  const type = await typeOf(body.bytes)
  // A piece of a page, or one with signs that no text holds: what the site calls a page and begins like one is read as one.
  const begins = /^\s*<[!a-z]/i.test(new TextDecoder('latin1').decode(body.bytes.subarray(0, 200)))
  const isPage = type === 'text/html' || (begins && /text\/html/i.test(body.type) && !type.startsWith('image/'))
  if (isPage) return { kind: '网页', ...readPage(decoded(body)) }
  const kind = KINDS[endingOf(type)] ?? (type.startsWith('image/') ? '图片' : '文件')
  const text = type === 'text/plain' ? visible(decoded(body).slice(0, MOST_TEXT)) : ''
  return { kind, title: short(lastOf(url)), text, leadsOn: false }
}
