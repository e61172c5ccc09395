import type { Attached } from '../../../src/model/message.ts'
import { DeliveryError } from '../../../src/model/problem.ts'
import { askFile } from '../../ask.ts'
import { createAesCbc, fromBase64 } from '../../crypto.ts'
import type { AdapterDeps } from '../../deps.ts'
import { fileName, KIND_NAME, MOST_FILE } from '../../file.ts'
import { unpad } from '../cipher.ts'
import { readHandle } from './handle.ts'
import { isStore } from './hosts.ts'

/** Of what is padded. */
const PADDING = 32

const gone = (kind: Attached['kind']) =>
  new DeliveryError('gone', `${KIND_NAME[kind]}的下载地址只有5分钟有效，已经过期：请重新发一次`)

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
  const { status, header, bytes } = await askFile('wecom-bot', deps, handle.url, {
    most: MOST_FILE + PADDING,
    redirect: 'manual',
  })
  if (status >= 500 || status === 429) throw new DeliveryError('later', `wecom-bot download ${status}`)
  if (status !== 200) throw gone(file.kind)
  if (!bytes) throw new DeliveryError('malformed', `${KIND_NAME[file.kind]}超过20MB，不能读取`)
  const plain = await opened(bytes, key).catch(() => {
    throw new DeliveryError('malformed', `${KIND_NAME[file.kind]}解不开：请重新发一次`)
  })
  return { name: fileName(header('content-disposition')) || file.name, bytes: plain }
}
