import { z } from 'zod'
import { Refused } from '../../../src/model/problem.ts'
import { fromUtf8 } from '../../crypto.ts'
import { readJson } from '../../read.ts'
import type { WecomCipher } from '../cipher.ts'

const Sealed = z.object({ encrypt: z.string() })

/** The proven JSON of a callback. @throws Refused 401 unproven, 400 proven but no JSON */
export async function verifyMessage(cipher: WecomCipher, query: URLSearchParams, raw: Uint8Array): Promise<unknown> {
  return readJson(await cipher.open(query, sealedOf(raw)))
}

function sealedOf(raw: Uint8Array): string {
  try {
    return Sealed.parse(JSON.parse(fromUtf8(raw))).encrypt
  } catch {
    throw new Refused(401)
  }
}
