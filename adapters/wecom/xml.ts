import { Parser } from 'htmlparser2'

/** Field → value of an element's direct children that hold text alone; what is nested deeper is left out. */
export type Fields = Record<string, string>

/** Question → the options that were chosen, of a card with lists to choose from. */
export type Selected = Record<string, string[]>

/** No callback nests deeper: xml, SelectedItems, SelectedItem, OptionIds, OptionId. */
const DEEPEST = 8

const ITEM = 'xml/SelectedItems/SelectedItem'
const OPTIONS = `${ITEM}/OptionIds`

const bad = (): never => {
  throw new SyntaxError('not a callback’s XML')
}

/** Puts together what stands nested under SelectedItems: one question or many, one option or many. */
function gatherSelected() {
  const selected = new Map<string, string[]>()
  let question: string | undefined
  let options: string[] = []
  return {
    /** An element that ended inside `place`, with the text that it held. */
    ended(place: string, name: string, text: string): void {
      if (place === ITEM && name === 'QuestionKey') question = text
      if (place === OPTIONS && name === 'OptionId') options.push(text)
      if (place !== 'xml/SelectedItems' || name !== 'SelectedItem') return
      if (question === undefined || selected.has(question)) bad()
      selected.set(question ?? '', options)
      question = undefined
      options = []
    },
    selected: (): Selected => Object.fromEntries(selected),
  }
}

/**
 * The fields of `<xml>…</xml>` as callbacks have it (path 90239): elements without attributes, values plain or in CDATA,
 * and what was chosen on a card (path 90240). Anything else that XML knows is refused: no DTD, no processing instruction,
 * no comment, so that no entity but the five that XML has by itself means anything. @throws SyntaxError
 */
export function readCallback(text: string): { fields: Fields; selected: Selected } {
  const fields = new Map<string, string>()
  const choices = gatherSelected()
  const path: string[] = []
  let value = ''
  let nested = false
  let ended = false

  const close = (name: string): void => {
    path.pop()
    if (path.length === 0) ended = true
    if (path.length === 1 && !nested) {
      if (fields.has(name)) bad()
      fields.set(name, value)
    }
    if (path.length === 1) nested = false
    else choices.ended(path.join('/'), name, value)
  }
  const parser = new Parser(
    {
      onopentag(name) {
        if (ended || path.length >= DEEPEST || (path.length === 0 && name !== 'xml')) bad()
        if (path.length === 2) nested = true
        path.push(name)
        value = ''
      },
      onattribute: bad,
      ontext(data) {
        if (path.length >= 2) value += data
        else if (data.trim() !== '') bad()
      },
      onclosetag(name, implied) {
        // The parser is of the forgiving kind: what it has closed by itself, or with more than a name, nobody sent.
        const written = text.slice(parser.startIndex, parser.endIndex + 1)
        if (implied || path.at(-1) !== name || written !== `</${name}>`) bad()
        close(name)
      },
      oncomment: bad,
      onprocessinginstruction: bad,
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(text)
  if (!ended) bad()
  return { fields: Object.fromEntries(fields), selected: choices.selected() }
}

/** Only the fields. @throws SyntaxError */
export const readFields = (text: string): Fields => readCallback(text).fields

/** A value as the platform writes it: in CDATA, which cannot hold its own end. */
const cdata = (value: string): string => `<![CDATA[${value.replaceAll(']]>', ']] >')}]]>`

/** The way back: numbers plain, text in CDATA. */
export const writeFields = (fields: Record<string, string | number>): string => {
  const elements = Object.entries(fields).map(
    ([name, value]) => `<${name}>${typeof value === 'number' ? value : cdata(value)}</${name}>`,
  )
  return `<xml>${elements.join('')}</xml>`
}
