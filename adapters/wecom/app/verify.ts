import { Refused } from '../../../src/model/problem.ts'
import { fromUtf8 } from '../../crypto.ts'
import type { Seal, WecomCipher } from '../cipher.ts'
import { type Fields, readCallback, readFields, type Selected } from '../xml.ts'

export interface Self {
  corpId: string
  agentId: string
}

/** A proven callback. */
export interface Callback {
  fields: Fields
  selected: Selected
}

/**
 * A proven callback, and how its answer is sealed (path 90238). What stands around the sealed text is not signed, so it must be ours to
 * the letter; what counts is inside. @throws Refused 401 unproven or of another app, 400 proven but unreadable
 */
export async function verifyMessage(
  cipher: WecomCipher,
  query: URLSearchParams,
  raw: Uint8Array,
  self: Self,
  refused: (why: string) => void = () => {},
): Promise<Callback & { seal: Seal }> {
  const unproven = (why: string): never => {
    refused(why)
    throw new Refused(401)
  }
  const { ToUserName, AgentID, Encrypt } = envelope(raw) ?? unproven('envelope')
  if (ToUserName !== self.corpId) unproven('corp-id')
  if (!isOurs(AgentID, self)) unproven('agent-id')
  const { message, seal } = await cipher.open(query, Encrypt ?? unproven('envelope'))
  const callback = inner(message)
  if (!isOurs(callback.fields.AgentID, self)) unproven('agent-id')
  return { ...callback, seal }
}

/** Events that are of no one app name none. */
const isOurs = (agentId: string | undefined, self: Self) => !agentId || agentId === self.agentId

function envelope(raw: Uint8Array): Fields | undefined {
  try {
    return readFields(fromUtf8(raw))
  } catch {
    return undefined
  }
}

function inner(text: string): Callback {
  try {
    return readCallback(text)
  } catch {
    throw new Refused(400)
  }
}
