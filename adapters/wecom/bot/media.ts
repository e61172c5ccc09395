import type { Attached } from '../../../src/model/message.ts'
import { DeliveryError } from '../../../src/model/problem.ts'
import { readLimited } from '../../body.ts'
import { createAesCbc, fromBase64 } from '../../crypto.ts'
import type { AdapterDeps } from '../../deps.ts'
import { unpad } from '../cipher.ts'
import { readHandle } from './handle.ts'
import { isStore } from './hosts.ts'

const MOST_BYTES = 20 << 20
/** A file takes longer than a call. */
const TIMES_A_CALL = 6
const WHERE = { file: '文件', image: '图片', audio: '语音', video: '视频' }

const gone = (kind: Attached['kind']) =>
  new DeliveryError('gone', `${WHERE[kind]}的下载地址只有5分钟有效，已经过期：请重新发一次`)

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The name in a download's content-disposition, without any path; empty where there is none. */
export function nameIn(disposition: string | null): string {
  const wide = /filename\*\s*=\s*UTF-8''([^;\s]+)/i.exec(disposition ?? '')?.[1]
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^";\s]+))/i.exec(disposition ?? '')
  const name = decoded(wide ?? plain?.[1] ?? plain?.[2] ?? '')
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
}

async function opened(bytes: Uint8Array, key: string): Promise<Uint8Array> {
  // base64 with or without the padding at its end.
  const raw = fromBase64(key.replace(/=+$/, '').padEnd(Math.ceil(key.replace(/=+$/, '').length / 4) * 4, '='))
  return unpad(await createAesCbc(raw).decryptUnpadded(raw.slice(0, 16), bytes))
}

/**
 * Fetches what somebody sent and decrypts it: AES-256-CBC with its key's first 16 bytes as IV, padded to 32 bytes (path
 * 100719). @param ownKey base64 of the key for files that bring none
 * @throws DeliveryError `gone` where its five minutes are over
 */
export async function fetchMedia(
  deps: AdapterDeps,
  file: Attached,
  ownKey?: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const handle = readHandle(file.handle)
  const key = handle?.key ?? ownKey
  if (!handle || key === undefined) throw new DeliveryError('malformed', 'wecom-bot: not a file of this bot')
  if (handle.until <= deps.now().getTime()) throw gone(file.kind)
  if (!isStore(handle.url)) throw new DeliveryError('forbidden', 'wecom-bot：下载地址不是公网 https')
  const signal = AbortSignal.timeout((deps.timeout ?? 5000) * TIMES_A_CALL)
  const answer = await deps.fetch(handle.url, { signal, redirect: 'manual' }).catch(() => undefined)
  if (!answer || answer.status >= 500 || answer.status === 429)
    throw new DeliveryError('later', `wecom-bot download ${answer?.status ?? 'failed'}`)
  if (answer.status !== 200) throw gone(file.kind)
  const bytes = await readLimited(answer.body as ReadableStream<Uint8Array> | null, MOST_BYTES + 32).catch(() => {
    throw new DeliveryError('later', 'wecom-bot download broke')
  })
  if (!bytes) throw new DeliveryError('malformed', `${WHERE[file.kind]}超过20MB，不能读取`)
  const plain = await opened(bytes, key).catch(() => {
    throw new DeliveryError('malformed', `${WHERE[file.kind]}解不开：请重新发一次`)
  })
  return { name: nameIn(answer.headers.get('content-disposition')) || file.name, bytes: plain }
}
