import { openZip } from '../../plan/readers/zip.ts'

/** Kinds of files that are kept as evidence. What is not on these lists is not kept, so that nothing new that runs slips in. */

const ENDINGS = new Set(
  [
    'jpg jpeg jfif png gif bmp webp heic heif tif tiff',
    'pdf ofd',
    'doc docx xls xlsx ppt pptx wps et dps rtf odt ods odp',
    'txt csv',
  ].flatMap((line) => line.split(' ')),
)

const TYPES = new Set([
  ...['jpeg', 'png', 'gif', 'bmp', 'webp', 'heic', 'heic-sequence', 'heif', 'heif-sequence', 'tiff'].map(
    (kind) => `image/${kind}`,
  ),
  ...['pdf', 'rtf', 'x-cfb'].map((kind) => `application/${kind}`),
  ...['wordprocessingml.document', 'spreadsheetml.sheet', 'presentationml.presentation'].map(
    (kind) => `application/vnd.openxmlformats-officedocument.${kind}`,
  ),
  ...['text', 'spreadsheet', 'presentation'].map((kind) => `application/vnd.oasis.opendocument.${kind}`),
  'text/plain',
])

/** The ending of a name, by which a computer opens it; undefined where it has none (“2017.7月情况” has none). */
const endingOf = (name: string): string | undefined =>
  /\.([a-z0-9_]*[a-z][a-z0-9_]*)$/i.exec(name.normalize('NFKC').replace(/[.\s]+$/, ''))?.[1]?.toLowerCase()

/** OFD, and office documents whose first entry does not say so; none with macros. */
const isDocument = (bytes: Uint8Array): boolean => {
  try {
    const { names } = openZip(bytes)
    if (names.some((name) => /vbaproject/i.test(name))) return false
    return (
      names.includes('OFD.xml') ||
      (names.includes('[Content_Types].xml') && names.some((name) => /^(?:word|xl|ppt)\//.test(name)))
    )
  } catch {
    return false
  }
}

/** May a file of that name, or without one, be kept? */
export const isKeptName = (name: string): boolean => {
  const ending = endingOf(name)
  return ending === undefined || ENDINGS.has(ending)
}

/** May these bytes, of that type as `typeOf` tells it, be kept? A zip only where it is a document. */
export const areKeptBytes = (type: string, bytes: Uint8Array): boolean =>
  TYPES.has(type) || (type === 'application/zip' && isDocument(bytes))
