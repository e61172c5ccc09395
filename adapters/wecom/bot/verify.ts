import { z } from 'zod'
import { Refused } from '../../../src/model/problem.ts'
import { fromUtf8 } from '../../crypto.ts'
import { readJson } from '../../read.ts'
import type { Seal, WecomCipher } from '../cipher.ts'

const Sealed = z.object({ encrypt: z.string() })

/** The proven JSON of a callback, and how its answer is sealed. @throws Refused 401 unproven, 400 proven but no JSON */
export async function verifyMessage(
  cipher: WecomCipher,
  query: URLSearchParams,
  raw: Uint8Array,
): Promise<{ json: unknown; seal: Seal }> {
  const { message, seal } = await cipher.open(query, sealedOf(raw))
  return { json: readJson(message), seal }
}

function sealedOf(raw: Uint8Array): string {
  try {
    return Sealed.parse(JSON.parse(fromUtf8(raw))).encrypt
  } catch {
    throw new Refused(401)
  }
}
