/** What the open platform is documented to check of a card in JSON 2.0, as far as our cards go. */
export interface FakeElement {
  tag: string
  content?: string
  text?: { tag: string; content: string }
  img_key?: string
  alt?: { tag: string; content: string }
  columns?: FakeElement[]
  elements?: FakeElement[]
  behaviors?: { type: string; value: unknown }[]
}

export interface FakeLarkCard {
  schema: string
  config: Record<string, unknown>
  header: { title: { tag: string; content: string }; template: string }
  body: { elements: FakeElement[] }
}

const FIELDS: Record<string, string[]> = {
  div: ['tag', 'text'],
  markdown: ['tag', 'content'],
  hr: ['tag'],
  img: ['tag', 'img_key', 'alt', 'scale_type'],
  column_set: ['tag', 'flex_mode', 'columns'],
  column: ['tag', 'width', 'elements'],
  button: ['tag', 'type', 'text', 'behaviors'],
}
const TEMPLATES = 'blue wathet turquoise green yellow orange red carmine violet purple indigo grey default'.split(' ')
/** Markup that our own words may use; everything else that begins with `<` came from somebody's text. */
const OURS = /<\/?font[^<>]*>|<br>/g

export const allOf = (elements: FakeElement[]): FakeElement[] =>
  elements.flatMap((each) => [each, ...allOf(each.columns ?? []), ...allOf(each.elements ?? [])])

type Images = { has(key: string): boolean }

function wrongElement(element: FakeElement, images: Images): string | undefined {
  const fields = FIELDS[element.tag]
  if (!fields) return `unknown tag ${element.tag}`
  const strange = Object.keys(element).find((field) => !fields.includes(field))
  if (strange) return `unknown property ${strange} of ${element.tag}`
  if (element.text && (element.text.tag !== 'plain_text' || element.text.content === '')) return 'bad text'
  if (element.tag === 'img' && !images.has(element.img_key ?? '')) return `no such image ${element.img_key}`
  if (element.tag === 'img' && (element.alt?.tag !== 'plain_text' || element.alt.content === '')) return 'bad alt'
  if (element.tag !== 'markdown') return undefined
  const words = (element.content ?? '').replace(OURS, '')
  if (/[<>[\]`~]/.test(words)) return `markup in ${words}`
  if (/https?:\/\/|www\./.test(words)) return 'a bare address in markdown'
  return words.replace(/^\*\*|\*\*$/g, '').includes('*') ? `emphasis in ${words}` : undefined
}

/** Why the platform would refuse the card; `images`: the keys of those it has. */
export function checkLarkCard(card: FakeLarkCard, images: Images = new Set()): string | undefined {
  if (card.schema !== '2.0' || card.config.update_multi !== true) return 'no card of schema 2.0'
  if (!TEMPLATES.includes(card.header.template) || card.header.title.content === '') return 'bad header'
  const elements = allOf(card.body.elements)
  if (elements.length > 200) return `${elements.length} elements`
  return elements.map((each) => wrongElement(each, images)).find((wrong) => wrong !== undefined)
}

/** The words that a reader of the card sees, a line an element. */
export const larkWords = (card: FakeLarkCard): string =>
  [
    card.header.title.content,
    ...allOf(card.body.elements).flatMap((each) => each.text?.content ?? each.content ?? []),
  ].join('\n')
