import { BadInput } from '../model/problem.ts'

const KINDS: [signature: string, name: string][] = [
  ['PK\u0003\u0004', '压缩包或 docx、xlsx 文件'],
  ['%PDF', 'PDF 文件'],
  ['\u00d0\u00cf\u0011\u00e0', '旧版 Word、Excel 文件'],
]

/**
 * The text of a file: UTF-8 with or without a mark, UTF-16 with one, else GB18030. Throws BadInput where the bytes are
 * none of these, where NUL bytes tell that the file is no text, and where there is nothing in it.
 */
export function readText(input: Uint8Array | string): string {
  const text = typeof input === 'string' ? input.replace(/^\ufeff/, '') : decode(input)
  if (text.includes('\0'))
    throw new BadInput('文件里有 NUL 字节，不是文本：请另存为 UTF-8 或 GB18030 编码的纯文本再导入')
  if (text.trim() === '') throw new BadInput('文件是空的：请给出工作方案的全文')
  return text
}

function decode(bytes: Uint8Array): string {
  const kind = KINDS.find(([signature]) => [...signature].every((c, i) => bytes[i] === c.charCodeAt(0)))
  if (kind) throw new BadInput(`这是${kind[1]}，不是纯文本：请另存为 UTF-8 或 GB18030 编码的纯文本再导入`)
  const encodings =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? ['utf-16le']
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? ['utf-16be']
        : ['utf-8', 'gb18030']
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes)
    } catch {
      // Not this encoding; the next may fit.
    }
  }
  throw new BadInput('文件不是 UTF-8 或 GB18030 编码的文本：请用这两种编码之一另存后再导入')
}
