import { Refusal } from './api/kit.ts'
import { FILE_MB } from './shapes/shared.ts'

/** The paths below /api at which files come in; the limit of all other bodies is not theirs. */
const UPLOAD = '/plans/upload'
export const TABLE_UPLOAD = '/assessments/read'
export const UPLOADS: readonly string[] = [UPLOAD, TABLE_UPLOAD]
const MOST = FILE_MB << 20

const tooLarge = () => new Refusal(413, `文件超过${FILE_MB}MB：请只留方案本身，或另存为 .docx、.txt 再上传`)

/** Bodies that come in at one time: each may take the whole of what one may be, for as long as its sender likes. */
const AT_ONCE = 4
let coming = 0

/** The body of a request as bytes, where not too many come in already. @throws Refusal 413, 422, 503 */
export const uploaded = async (request: Request): Promise<Uint8Array> => {
  if (coming >= AT_ONCE) throw new Refusal(503, '正在上传的文件太多，请过一会儿再上传')
  coming++
  try {
    return await bytesOf(request)
  } finally {
    coming--
  }
}

/** The body of a request as bytes, never more than the limit in memory. @throws Refusal 413, 422 */
const bytesOf = async (request: Request): Promise<Uint8Array> => {
  if (Number(request.headers.get('content-length') ?? 0) > MOST) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  // Read by hand: a body without its length is cut where it grows too large.
  const reader = request.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done || !value) break
    size += value.length
    if (size > MOST) {
      void reader?.cancel()
      throw tooLarge()
    }
    chunks.push(value)
  }
  if (size === 0) throw new Refusal(422, '文件是空的：请给出工作方案的全文')
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
