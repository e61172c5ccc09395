import { attr, isOn, numeric, readXml } from './xml.ts'
import type { Zip } from './zip.ts'

/** What a style says that matters to text: its list, whether it indents or hides; '' and undefined where it says nothing. */
export interface Style {
  name: string
  basedOn: string
  numId: string
  level: number | undefined
  indents: boolean | undefined
  hidden: boolean | undefined
}

export interface Styles {
  /** A style with what it takes over from those it is based on. */
  of(id: string): Style | undefined
  /** The paragraph style of paragraphs that name none. */
  normal: string
}

/** Reads styles.xml. */
export function readStyles(zip: Zip, part: string): Styles {
  const styles = new Map<string, Style>()
  let normal = ''
  let style: Style | undefined
  readXml(zip, part, {
    open(name, attributes) {
      const value = attr(attributes, 'val') ?? ''
      if (name === 'style') {
        const id = attr(attributes, 'styleId') ?? ''
        style = { name: '', basedOn: '', numId: '', level: undefined, indents: undefined, hidden: undefined }
        styles.set(id, style)
        if (attr(attributes, 'type') === 'paragraph' && /^(?:1|true|on)$/.test(attr(attributes, 'default') ?? ''))
          normal = id
      } else if (!style) return
      else if (name === 'name') style.name = value
      else if (name === 'basedOn') style.basedOn = value
      else if (name === 'numId') style.numId = value
      else if (name === 'ilvl') style.level = numeric(attributes, 'val', 0)
      else if (name === 'ind') style.indents = indents(attributes) ?? style.indents
      else if (name === 'vanish') style.hidden = isOn(attributes)
    },
    close(name) {
      if (name === 'style') style = undefined
    },
  })
  return inherited(styles, normal)
}

/** Styles that take over what those they are based on say. */
export function inherited(styles: Map<string, Style>, normal: string): Styles {
  const whole = new Map<string, Style | undefined>()
  const of = (id: string, depth = 0): Style | undefined => {
    if (whole.has(id)) return whole.get(id)
    const own = styles.get(id)
    const base = own && own.basedOn !== '' && depth < DEEPEST ? of(own.basedOn, depth + 1) : undefined
    const merged = own && base ? over(own, base) : own
    whole.set(id, merged)
    return merged
  }
  return { of: (id) => of(id), normal }
}

/** Word itself bases styles on each other some ten deep; a circle ends here too. */
const DEEPEST = 30

const over = (own: Style, base: Style): Style => ({
  ...own,
  numId: own.numId || base.numId,
  level: own.level ?? base.level,
  indents: own.indents ?? base.indents,
  hidden: own.hidden ?? base.hidden,
})

/** Whether an `ind` element moves the first line in; undefined where it does not speak of the first line. */
export function indents(attributes: Record<string, string>): boolean | undefined {
  const by = attr(attributes, 'firstLineChars') ?? attr(attributes, 'firstLine')
  return by === undefined ? undefined : Number.parseFloat(by) > 0
}
