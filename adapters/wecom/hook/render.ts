import { type Card, numberedButtons } from '../../../src/model/card.ts'
import { utf8Length } from '../../crypto.ts'
import { withNote, withoutForm } from '../../degrade.ts'
import { clip } from '../../escape.ts'
import { fitCard } from '../../fit.ts'
import { escapeText } from '../escape.ts'
import { drawMarkdown, drawTables, drawText } from '../markdown.ts'
import { pages } from '../pages.ts'

export type HookMessage =
  | { msgtype: 'text'; text: { content: string; mentioned_list?: string[] } }
  | { msgtype: 'markdown'; markdown: { content: string } }
  | { msgtype: 'markdown_v2'; markdown_v2: { content: string } }

export interface HookOptions {
  /** The smart bot in the same group: a group robot hears nothing, so whoever wants to answer must @ that one. */
  botName?: string
  /** Tables as such, in markdown_v2: clients before 4.1.36 (Android 4.1.38) show its signs and bars. */
  tables?: boolean
}

/** The platform's own bounds in UTF-8 bytes (path 99110); an @ takes at most as much as stands between. */
const MOST_TEXT = 2048
const MOST_MARKDOWN = 4096
/** More would be noise, and each counts for the twenty a minute. */
export const MOST_PAGES = 3
const MOST_TITLE = 60
/** More names in a row are a wall; whom the list concerns stands in it anyway. */
const MOST_MENTIONED = 20

/** What cannot be pressed here, as numbers for the smart bot of the group, which takes them for its own; none without one. */
function spoken(card: Card, botName: string | undefined): Card {
  const { buttons = [], ...bare } = withoutForm(card)
  if (buttons.length === 0 || !botName) return bare
  const numbers = numberedButtons(card).map(({ label }, i) => `${i + 1} ${label}`)
  return withNote(bare, `要办理请在本群 @${botName} 回复${numbers.length > 0 ? `数字：${numbers.join('　')}` : ''}`)
}

const callOut = (users: readonly string[]): string => users.map((user) => `<@${user}>`).join('')

/** Markdown has no list of those who are mentioned: they stand at its head. */
function marked(card: Card, users: readonly string[]): HookMessage[] {
  const head = users.length > 0 ? `${callOut(users)}\n` : ''
  const cut = (each: Card) => pages(drawMarkdown(each), MOST_MARKDOWN - utf8Length(head))
  return cut(fitCard(card, (each) => cut(each).length <= MOST_PAGES)).map((page, i) => ({
    msgtype: 'markdown',
    markdown: { content: i === 0 ? head + page : page },
  }))
}

const mentioning = (content: string, users: readonly string[]): HookMessage => ({
  msgtype: 'text',
  text: { content, ...(users.length > 0 ? { mentioned_list: [...users] } : {}) },
})

/** A table in one message, or none: on a second page its rows would have lost their heads. markdown_v2 knows no @. */
function tabled(card: Card, users: readonly string[]): HookMessage[] | undefined {
  if (!card.blocks.some(({ kind }) => kind === 'table')) return undefined
  const content = drawTables(card)
  if (utf8Length(content) > MOST_MARKDOWN) return undefined
  const call =
    users.length > 0
      ? [mentioning(`请看下面的《${clip(escapeText(card.title).replaceAll('\n', ' '), MOST_TITLE)}》`, users)]
      : []
  return [...call, { msgtype: 'markdown_v2', markdown_v2: { content } }]
}

/**
 * A card as a group robot's messages. One plain text where all of it fits: its @ is the best kept one, and only a text
 * brings its words along when somebody quotes it to the smart bot. Else Markdown in pages. Buttons and charts are left out.
 * @param users plain userids to be @-mentioned
 */
export function render(
  card: Card,
  users: readonly string[] = [],
  { botName, tables }: HookOptions = {},
): HookMessage[] {
  const said = spoken(card, botName)
  const called = users.slice(0, MOST_MENTIONED)
  const table = tables ? tabled(said, called) : undefined
  if (table) return table
  const text = drawText(said)
  return utf8Length(text) <= MOST_TEXT ? [mentioning(text, called)] : marked(said, called)
}
