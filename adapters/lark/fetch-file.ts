import type { Attached } from '../../src/model/message.ts'
import { KIND_NAME } from '../file.ts'
import type { LarkClient } from './client.ts'

/** A name for what has none, its ending from the type that the platform says: 图片.png. */
const nameless = (kind: Attached['kind'], type: string): string => {
  const ending = /^(?:image|audio|video)\/([a-z0-9]{2,5})\b/.exec(type)?.[1]
  return ending ? `${KIND_NAME[kind]}.${ending === 'jpeg' ? 'jpg' : ending}` : KIND_NAME[kind]
}

/**
 * What somebody sent, by a call of our own and not the SDK's: that one is 46 MB to load, has no time limit, keeps a token of
 * its own, and does not run on Workers. @throws DeliveryError
 */
export async function fetchFile(client: Pick<LarkClient, 'file'>, file: Attached) {
  const { bytes, type } = await client.file(file.handle)
  return { name: file.name || nameless(file.kind, type), bytes }
}
