/** Files that are no plan or in a form that is not read: how they begin, and what a person does about it. */
const FOREIGN: [start: string, words: string][] = [
  ['{\\rtf', '这是 RTF 文件：请在 Word 或 WPS 里另存为 docx 再导入'],
  ['\u0089PNG', '这是图片，读不出文字：请先识别文字（OCR），或换用 Word 文件'],
  ['\u00ff\u00d8\u00ff', '这是图片，读不出文字：请先识别文字（OCR），或换用 Word 文件'],
  ['GIF8', '这是图片，读不出文字：请先识别文字（OCR），或换用 Word 文件'],
  ['II*\0', '这是图片，读不出文字：请先识别文字（OCR），或换用 Word 文件'],
  ['Rar!', '这是压缩包：请解压后导入里面的文件'],
  ['7z\u00bc\u00af', '这是压缩包：请解压后导入里面的文件'],
  ['\u001f\u008b', '这是压缩包：请解压后导入里面的文件'],
]

const XML: [part: RegExp, words: string][] = [
  [/<\?mso-application[^>]{0,80}Word|<w:wordDocument|<pkg:package/, '这是 Word 的 XML 文件：请另存为 docx 再导入'],
  [
    /<\?mso-application[^>]{0,80}Excel|<Workbook\s[^>]{0,80}spreadsheet/,
    '这是 Excel 的 XML 文件：请另存为 xlsx 再导入',
  ],
]

/** What to say of a file that begins so (bytes as Latin-1), where it is one that is not read; else undefined. */
export function foreign(start: string): string | undefined {
  const found = FOREIGN.find(([signature]) => start.startsWith(signature))
  return found?.[1] ?? XML.find(([part]) => part.test(start))?.[1]
}
