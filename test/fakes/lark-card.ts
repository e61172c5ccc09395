/** What the open platform is documented to check of a card in JSON 2.0, as far as our cards go. */
export interface FakeElement {
  tag: string
  content?: string
  name?: string
  text?: { tag: string; content: string }
  label?: { tag: string; content: string }
  placeholder?: { tag: string; content: string }
  default_value?: string
  required?: boolean
  options?: { text: { tag: string; content: string }; value: string }[]
  columns?: FakeElement[]
  rows?: Record<string, unknown>[]
  elements?: FakeElement[]
  behaviors?: { type: string; value: unknown }[]
  chart_spec?: Record<string, unknown>
}

export interface FakeLarkCard {
  schema: string
  config: Record<string, unknown>
  header: { title: { tag: string; content: string }; template: string }
  body: { elements: FakeElement[] }
}

type Check = (value: unknown) => boolean

const one =
  (words: string): Check =>
  (value) =>
    words.split(' ').includes(String(value))
const text: Check = (value) => {
  const { tag, content, ...rest } = (value ?? {}) as { tag?: string; content?: unknown }
  return tag === 'plain_text' && typeof content === 'string' && content !== '' && Object.keys(rest).length === 0
}
const string: Check = (value) => typeof value === 'string'
const nonEmpty: Check = (value) => string(value) && value !== ''
const flag: Check = (value) => typeof value === 'boolean'
const whole =
  (from: number, to: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= from && Number(value) <= to
const list: Check = (value) => Array.isArray(value) && value.length > 0
const size: Check = (value) => {
  const px = /^(\d+)px$/.exec(String(value))?.[1]
  const share = /^(\d+)%$/.exec(String(value))?.[1]
  return value === 'auto' || (Number(px) >= 80 && Number(px) <= 600) || (Number(share) >= 1 && Number(share) <= 100)
}
const callback: Check = (value) =>
  list(value) &&
  (value as { type: string; value: unknown }[]).every(
    (each) =>
      each.type === 'callback' &&
      each.value !== null &&
      typeof each.value === 'object' &&
      Object.keys(each).length === 2,
  )
const options: Check = (value) =>
  list(value) &&
  (value as { text: unknown; value: unknown }[]).every(
    (each) => text(each.text) && nonEmpty(each.value) && Object.keys(each).length === 2,
  )
/** Pure JSON, of a type that the client draws, with nothing on which a phone fails. */
const spec: Check = (value) => {
  const { type, data } = (value ?? {}) as { type?: string; data?: { values?: unknown } }
  const known = one('line area bar pie common funnel scatter radar wordCloud')
  const words = JSON.stringify(value)
  return known(type) && list(data?.values) && !/"(?:texture|gradient)":/.test(words)
}

/**
 * Properties of each element, those that it must have with a `!`: what our cards use of what the platform documents, and
 * nothing else, since it refuses a card with an unknown one.
 */
const FIELDS: Record<string, Record<string, Check>> = {
  div: { 'text!': text },
  markdown: { 'content!': nonEmpty },
  hr: {},
  column_set: { flex_mode: one('none stretch flow bisect trisect'), 'columns!': list },
  column: { width: one('auto weighted'), weight: whole(1, 5), 'elements!': list },
  button: {
    name: nonEmpty,
    type: one('default primary danger text primary_text danger_text primary_filled danger_filled laser'),
    'text!': text,
    form_action_type: one('submit reset'),
    'behaviors!': callback,
  },
  table: {
    page_size: whole(1, 10),
    row_height: one('low middle high auto'),
    header_style: (value) => {
      const { background_style, bold, ...rest } = value as Record<string, unknown>
      return one('grey none')(background_style) && flag(bold) && Object.keys(rest).length === 0
    },
    'columns!': list,
    'rows!': list,
  },
  table_column: {
    'name!': nonEmpty,
    'display_name!': nonEmpty,
    'data_type!': one('text'),
    width: size,
    horizontal_align: one('left center right'),
  },
  chart: { aspect_ratio: one('1:1 2:1 4:3 16:9'), preview: flag, 'chart_spec!': spec },
  form: { 'name!': nonEmpty, 'elements!': list },
  input: {
    'name!': nonEmpty,
    label: text,
    placeholder: text,
    default_value: string,
    required: flag,
    max_length: whole(1, 1000),
  },
  select_static: { 'name!': nonEmpty, placeholder: text, required: flag, 'options!': options },
}
const TEMPLATES = 'blue wathet turquoise green yellow orange red carmine violet purple indigo grey default'.split(' ')
/** Markup that our own words may use; everything else that begins with `<` came from somebody's text. */
const OURS = /<\/?font[^<>]*>|<br>/g
/** An element that only calls people by their accounts. */
const CALL = /^(?:<at id=ou_\w+><\/at> ?)+$/

export const allOf = (elements: FakeElement[]): FakeElement[] =>
  elements.flatMap((each) => [
    each,
    ...(each.tag === 'table' ? [] : allOf(each.columns ?? [])),
    ...allOf(each.elements ?? []),
  ])

function wrongFields(tag: string, element: object): string | undefined {
  const fields = FIELDS[tag]
  if (!fields) return `unknown tag ${tag}`
  const given = Object.entries(element).filter(([name]) => name !== 'tag')
  for (const [name, value] of given) {
    const check = fields[name] ?? fields[`${name}!`]
    if (!check) return `unknown property ${name} of ${tag}`
    if (!check(value)) return `bad ${name} of ${tag}: ${JSON.stringify(value)}`
  }
  const missing = Object.keys(fields).find((name) => name.endsWith('!') && !(name.slice(0, -1) in element))
  return missing && `${tag} without ${missing}`
}

function wrongMarkdown(content: string): string | undefined {
  // An address stands behind its words, and nothing beside it.
  if (CALL.test(content) || /^\[[^[\]]+\]\(https?:\/\/[^\s()]+\)$/.test(content)) return undefined
  const words = content.replace(OURS, '')
  if (/[<>[\]`~]/.test(words)) return `markup in ${words}`
  if (/https?:\/\/|www\./.test(words)) return 'a bare address in markdown'
  return words.replace(/^\*\*|\*\*$/g, '').includes('*') ? `emphasis in ${words}` : undefined
}

function wrongTable({ columns = [], rows = [] }: FakeElement): string | undefined {
  const names = columns.map(({ name }) => name)
  if (columns.length > 50 || new Set(names).size < names.length) return 'bad columns'
  const strange = rows.find((row) => Object.entries(row).some(([k, v]) => !names.includes(k) || typeof v !== 'string'))
  return strange
    ? `bad row ${JSON.stringify(strange)}`
    : columns.map((each) => wrongFields('table_column', each)).find(Boolean)
}

function wrongForm({ elements = [] }: FakeElement): string | undefined {
  const inner = allOf(elements)
  if (inner.some(({ tag }) => tag === 'form' || tag === 'table')) return 'a form may not hold that'
  const nameless = inner.find(({ tag, name }) => ['input', 'select_static', 'button'].includes(tag) && !name)
  if (nameless) return `200530 ${nameless.tag} of a form without a name`
  return inner.some((each) => 'form_action_type' in each) ? undefined : 'a form that nothing submits'
}

function wrongElement(element: FakeElement): string | undefined {
  const wrong = wrongFields(element.tag, element)
  if (wrong) return wrong
  if (element.tag === 'markdown') return wrongMarkdown(element.content ?? '')
  if (element.tag === 'table') return wrongTable(element)
  return element.tag === 'form' ? wrongForm(element) : undefined
}

const depthOf = (elements: FakeElement[]): number =>
  Math.max(
    0,
    ...elements.map(
      (each) => 1 + (each.tag === 'table' ? 0 : depthOf([...(each.columns ?? []), ...(each.elements ?? [])])),
    ),
  )

const doubled = (names: (string | undefined)[]): string | undefined => {
  const given = names.filter((name) => name !== undefined)
  return given.find((name, i) => given.indexOf(name) !== i)
}

/** Why the platform would refuse the card; undefined where it takes it. */
export function checkLarkCard(card: FakeLarkCard): string | undefined {
  if (card.schema !== '2.0' || card.config.update_multi !== true) return 'no card of schema 2.0'
  const strange = [
    ...Object.keys(card).filter((name) => !['schema', 'config', 'header', 'body'].includes(name)),
    ...Object.keys(card.config).filter((name) => !['update_multi', 'enable_forward', 'summary'].includes(name)),
    ...Object.keys(card.header).filter((name) => !['title', 'template'].includes(name)),
    ...Object.keys(card.body).filter((name) => name !== 'elements'),
  ]
  if (strange.length > 0) return `unknown property ${strange.join()}`
  if (!TEMPLATES.includes(card.header.template) || !text(card.header.title)) return 'bad header'
  const top = card.body.elements
  const elements = allOf(top)
  if (elements.length > 200) return `11310 ${elements.length} elements`
  if (depthOf(top) > 5) return 'too deep'
  const count = (tag: string) => elements.filter((each) => each.tag === tag).length
  if (count('table') > 5 || count('chart') > 5) return 'too many tables or charts'
  if (['table', 'form'].some((tag) => count(tag) > top.filter((each) => each.tag === tag).length))
    return 'a table or form inside'
  const twice = doubled(elements.map(({ name }) => name))
  return twice ? `two are called ${twice}` : elements.map(wrongElement).find((wrong) => wrong !== undefined)
}

const wordsOf = (element: FakeElement): string[] => [
  ...[element.text, element.label, element.placeholder].flatMap((each) => each?.content ?? []),
  ...(element.content === undefined || CALL.test(element.content) ? [] : [element.content]),
  ...((element.default_value ?? '') ? [element.default_value ?? ''] : []),
  ...(element.options ?? []).map((each) => each.text.content),
  ...(element.tag === 'table'
    ? [
        (element.columns ?? []).map((each) => (each as { display_name?: string }).display_name).join(' '),
        ...(element.rows ?? []).map((row) => Object.values(row).join(' ')),
      ]
    : []),
  ...(element.chart_spec ? [JSON.stringify(element.chart_spec)] : []),
]

/** The words that a reader of the card sees, a line an element. */
export const larkWords = (card: FakeLarkCard): string =>
  [card.header.title.content, ...allOf(card.body.elements).flatMap(wordsOf)].join('\n')
