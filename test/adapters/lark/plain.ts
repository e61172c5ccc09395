import { AESCipher } from '@larksuiteoapi/node-sdk'
import { larkConfig } from '../../fakes/lark.ts'
import type { Wire } from '../../fakes/wire.ts'

/** What was sealed in a callback, as the long connection brings it: in the clear. */
export const larkPlain = ({ body }: Wire): string =>
  new AESCipher(larkConfig.encryptKey).decrypt((JSON.parse(body) as { encrypt: string }).encrypt)
