import { BadInput } from '../../model/problem.ts'
import type { Sheet } from '../sheet.ts'
import { oleStreams, streamNamed } from './ole.ts'
import { relationsOf } from './parts.ts'
import { LOCKED, openZip, type Zip } from './zip.ts'

/** Reads a zip by what lies in it: docx, xlsx (WPS writes both, also as .wps and .et), ofd. Throws BadInput for any other. */
export async function readPackage(bytes: Uint8Array, name: string): Promise<Sheet> {
  const zip = openZip(bytes)
  if (zip.has('OFD.xml')) {
    if (has(zip, /(?:^|\/)Encrypt(?:ions?|Info|Entries)\.(?:xml|dat)$/i)) throw new BadInput(LOCKED)
    return (await import('./ofd.ts')).readOfd(zip, name)
  }
  const main = mainPart(zip)
  if (main.startsWith('word/')) return (await import('./docx.ts')).readDocx(zip, name)
  if (main.startsWith('xl/') && !main.endsWith('.bin')) return (await import('./xlsx.ts')).readXlsx(zip, name)
  throw new BadInput(OTHERS.find(([pattern]) => has(zip, pattern))?.[1] ?? UNKNOWN)
}

const OTHERS: [RegExp, string][] = [
  [/^xl\/workbook\.bin$/, '这是 xlsb 工作簿：请在 Excel 或 WPS 里另存为 xlsx 再导入'],
  [/^ppt\//, '这是演示文稿，不是工作方案：请导入方案的 Word、Excel 或 PDF 文件'],
  [/^content\.xml$/, '这是 ODF 文件（.odt、.ods）：请在 WPS 或 LibreOffice 里另存为 docx 或 xlsx 再导入'],
]
const UNKNOWN = '这是压缩包，里面不是 Word、Excel 或 OFD 文件：请解压后导入里面的文件'

const has = (zip: Zip, pattern: RegExp): boolean => zip.names.some((name) => pattern.test(name))

/** The main part that the package names; one without relations is told by the usual names. */
function mainPart(zip: Zip): string {
  const said = relationsOf(zip, '').byKind.get('officeDocument')
  if (said !== undefined && zip.has(said)) return said
  return ['word/document.xml', 'xl/workbook.xml'].find((part) => zip.has(part)) ?? ''
}

/** Reads an OLE compound file: Word 97–2003, or what it says about a locked or older one. Throws BadInput for any other. */
export async function readCompound(bytes: Uint8Array, name: string): Promise<Sheet> {
  const streams = oleStreams(bytes)
  const named = (...names: string[]) => names.some((each) => streamNamed(streams, each))
  if (named('EncryptedPackage', 'EncryptionInfo')) throw new BadInput(LOCKED)
  if (named('WordDocument')) return (await import('./doc.ts')).readDoc(streams, name)
  if (named('Workbook', 'Book'))
    throw new BadInput('这是旧版 Excel 文件（.xls）：请在 Excel 或 WPS 里另存为 xlsx 再导入')
  throw new BadInput('这不是 Word 或 Excel 文件：请导入 docx、doc、xlsx、pdf、ofd、网页或纯文本')
}
