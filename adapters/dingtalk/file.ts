import { DeliveryError } from '../../src/model/problem.ts'
import { readLimited } from '../body.ts'
import type { AdapterDeps } from '../deps.ts'
import { urlOf } from './hosts.ts'

const MOST_BYTES = 20 << 20
/** For 20 MB over a slow line, where nothing else is said. */
const MOST_MS = 30_000

/**
 * A file behind an address that the platform has just given, over https alone and without following it elsewhere.
 * @throws DeliveryError `gone` where it is no longer there, `malformed` where it is over 20 MB
 */
export async function fetchLimited(deps: AdapterDeps, address: string): Promise<Uint8Array> {
  if (urlOf(address)?.protocol !== 'https:') throw new DeliveryError('forbidden', 'dingtalk 给出的下载地址不是 https')
  let response: Response
  let bytes: Uint8Array | undefined
  try {
    response = await deps.fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(deps.timeout ?? MOST_MS) })
    if (response.ok) bytes = await readLimited(response.body as ReadableStream<Uint8Array> | null, MOST_BYTES)
  } catch {
    throw new DeliveryError('later', 'dingtalk file not received')
  }
  if (!response.ok)
    throw new DeliveryError(response.status >= 500 ? 'later' : 'gone', `dingtalk file ${response.status}`)
  if (!bytes) throw new DeliveryError('malformed', 'dingtalk 文件超过 20 MB')
  return bytes
}
