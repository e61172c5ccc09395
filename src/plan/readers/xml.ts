import { Parser } from 'htmlparser2'
import { plainHan } from './radicals.ts'
import { broken, type Zip } from './zip.ts'

/** What is told of an XML text as it is read: names and attributes without their prefixes. */
export interface Handlers {
  open?(name: string, attributes: Attributes): void
  text?(text: string): void
  close?(name: string): void
}
export type Attributes = Record<string, string>

/** No office file nests deeper; beyond it a parser's own bookkeeping would no longer be linear. */
const DEEPEST = 500

const bare = (name: string): string => name.slice(name.indexOf(':') + 1)

/** An attribute by its name without prefix; undefined where there is none. */
export function attr(attributes: Attributes, name: string): string | undefined {
  const own = attributes[name]
  if (own !== undefined) return own
  for (const key in attributes)
    if (key.endsWith(name) && key[key.length - name.length - 1] === ':') return attributes[key]
  return undefined
}

/** An attribute that holds a number, else `otherwise`. */
export function numeric(attributes: Attributes, name: string, otherwise: number): number {
  const value = Number(attr(attributes, name) ?? Number.NaN)
  return Number.isFinite(value) ? value : otherwise
}

/** Whether an on/off element such as `<w:vanish/>` says on. */
export const isOn = (attributes: Attributes): boolean => !/^(?:0|false|off|none)$/.test(attr(attributes, 'val') ?? '1')

/**
 * Reads an XML part of a package piece by piece, never as a tree: entities of a DTD are not expanded and nothing is
 * loaded. A part that is not there is empty. Throws BadInput where it nests too deep or cannot be decoded.
 */
export function readXml(zip: Zip, part: string, { open, text, close }: Handlers): void {
  let depth = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        zip.spend(1)
        if (++depth > DEEPEST) throw broken()
        open?.(bare(name), attributes)
      },
      ontext(data) {
        zip.spend(data.length / 10)
        text?.(plainHan(data))
      },
      onclosetag(name) {
        depth--
        close?.(bare(name))
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  let decoder: TextDecoder | undefined
  zip.each(part, (piece) => {
    decoder ??= new TextDecoder(encodingOf(piece))
    parser.write(decoder.decode(piece, { stream: true }))
  })
  parser.end(decoder?.decode())
}

/** The encoding that a byte-order mark or the XML declaration names. */
function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const declared = /^<\?xml[^>]{0,100}encoding=["']([\w-]{1,20})/.exec(String.fromCharCode(...start.subarray(0, 150)))
  return /^gb/i.test(declared?.[1] ?? '') ? 'gb18030' : 'utf-8'
}
