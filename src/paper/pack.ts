import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { Day } from '../model/deadline.ts'
import { standIns } from './look.ts'

/** Fonts with the names that stand in for them, after the order of elements that the format wants. */
const fontTable = standIns
  .map(
    ([name, other]) =>
      `<w:font w:name="${name}"><w:altName w:val="${other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>`,
  )
  .join('')

/** When a paper was made is its day: the clock of whoever writes the file does not stand in it. */
const changes: Record<string, (xml: string, day: Day) => string> = {
  'docProps/core.xml': (xml, day) => xml.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, `${day}T00:00:00Z`),
  'word/fontTable.xml': (xml) => xml.replace(/\/>$/, `>${fontTable}</w:fonts>`),
}

/** No zip holds an earlier day. */
const EPOCH = '1980-01-01T00:00:00'

/** The file with nothing in it of when it was written, and names of fonts for computers that lack one. */
export const settled = (file: Uint8Array, day: Day): Uint8Array => {
  const parts = Object.entries(unzipSync(file)).map(([name, bytes]) => {
    const change = changes[name]
    return [name, change ? strToU8(change(strFromU8(bytes), day)) : bytes] as const
  })
  return zipSync(Object.fromEntries(parts), { level: 6, mtime: EPOCH })
}
