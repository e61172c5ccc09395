import { z } from 'zod'
import { Refused } from '../../../src/model/problem.ts'
import { fromUtf8 } from '../../crypto.ts'
import type { WecomCipher } from '../cipher.ts'

const Sealed = z.object({ encrypt: z.string() })

/** The proven JSON of a callback. @throws Refused 401 unproven, 400 proven but no JSON */
export async function verifyMessage(cipher: WecomCipher, query: URLSearchParams, raw: Uint8Array): Promise<unknown> {
  const text = await cipher.open(query, sealedOf(raw))
  try {
    return JSON.parse(text)
  } catch {
    throw new Refused(400)
  }
}

function sealedOf(raw: Uint8Array): string {
  try {
    return Sealed.parse(JSON.parse(fromUtf8(raw))).encrypt
  } catch {
    throw new Refused(401)
  }
}
