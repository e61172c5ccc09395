import type { getDocumentProxy } from 'unpdf'
import { BadInput } from '../../model/problem.ts'
import { CharacterMaps } from './pdf-cmaps.ts'
import { refuseBombs } from './pdf-weight.ts'

export type PdfFile = Awaited<ReturnType<typeof getDocumentProxy>>
export type PdfPageProxy = Awaited<ReturnType<PdfFile['getPage']>>

const LARGEST = 50_000_000
const MOST_PAGES = 500

/**
 * Opens a PDF file. The library is loaded at the first call; it fetches nothing, runs no script of the file and decodes
 * no pictures. Throws BadInput for a file that is locked, broken or too large.
 */
export async function openPdf(bytes: Uint8Array): Promise<PdfFile> {
  if (bytes.length > LARGEST) throw new BadInput('PDF 文件超过 50 MB：请只导出工作方案的页再导入')
  refuseBombs(bytes)
  const { getDocumentProxy } = await import('unpdf')
  lendTransfer()
  const file = await getDocumentProxy(new Uint8Array(bytes), {
    BinaryDataFactory: CharacterMaps,
    cMapPacked: false,
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWasm: false,
    maxImageSize: 1,
    isEvalSupported: false,
    enableXfa: false,
    verbosity: 0,
  }).catch((error: unknown) => {
    const name = error instanceof Error ? error.name : ''
    if (name === 'PasswordException') throw new BadInput('PDF 文件有密码：请另存为没有密码的 PDF 再导入')
    throw new BadInput('PDF 文件已损坏，打不开：请重新导出或下载后再导入')
  })
  if (file.numPages <= MOST_PAGES) return file
  await file.destroy()
  throw new BadInput(`PDF 文件有${file.numPages}页，超过${MOST_PAGES}页：请只导出工作方案的页再导入`)
}

/** PDF.js hands fonts on by a method of ES2024 that Node 20 lacks; without it a page's list of drawings breaks off. */
function lendTransfer(): void {
  if ('transferToFixedLength' in ArrayBuffer.prototype) return
  Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
    configurable: true,
    writable: true,
    value(this: ArrayBuffer, length = this.byteLength): ArrayBuffer {
      const copy = new ArrayBuffer(length)
      new Uint8Array(copy).set(new Uint8Array(this, 0, Math.min(length, this.byteLength)))
      return copy
    },
  })
}
