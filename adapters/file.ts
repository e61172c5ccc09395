import { fromUtf8 } from './crypto.ts'

/** Of what people send no more bytes are fetched. */
export const MOST_FILE = 20 << 20

/** What it is called that somebody sent. */
export const KIND_NAME = { file: '文件', image: '图片', audio: '语音', video: '视频' } as const

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A header's signs stand for bytes, which servers write UTF-8 in. */
function asUtf8(text: string): string {
  try {
    return fromUtf8(Uint8Array.from(text, (sign) => sign.charCodeAt(0)))
  } catch {
    return text
  }
}

/**
 * The file's name in a Content-Disposition, without any folder; empty where there is none. `filename*` of RFC 5987 comes
 * before `filename`, in which vendors put UTF-8 as it is or percent-encoded.
 */
export function fileName(header: string | null): string {
  const text = header ?? ''
  const extended = /filename\*\s*=\s*UTF-8'[^']*'([^;\s]+)/i.exec(text)?.[1]
  const quoted = /filename\s*=\s*"([^"]*)"/i.exec(text)?.[1]
  const bare = /filename\s*=\s*([^;"\s]+)/i.exec(text)?.[1]
  const name = extended ? decoded(extended) : decoded(asUtf8(quoted ?? bare ?? ''))
  return name.split(/[/\\]/).at(-1) ?? ''
}
