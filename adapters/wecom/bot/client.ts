import { z } from 'zod'
import { DeliveryError } from '../../../src/model/problem.ts'
import { callOnce } from '../../ask.ts'
import type { AdapterDeps } from '../../deps.ts'
import { problemOf } from './problems.ts'

const Coded = z.object({ errcode: z.number() })

/**
 * Speaks once through the response_url of a message (path 101138). Whoever calls this has looked where it
 * leads.
 * @throws DeliveryError, `unsure` where no answer came: there is no key that would make a repeat harmless
 */
export async function respond(deps: AdapterDeps, url: string, content: string): Promise<void> {
  const answer = await callOnce('wecom-bot', deps, 'POST', url, { msgtype: 'markdown', markdown: { content } })
  const code = Coded.safeParse(answer.json).data?.errcode
  if (code === 0) return
  if (code !== undefined) throw problemOf(code)
  if (answer.status === 429) throw new DeliveryError('later', 'wecom-bot 429', 60_000)
  if (answer.status >= 400 && answer.status < 500) throw new DeliveryError('no-route', `wecom-bot ${answer.status}`)
  throw new DeliveryError('unsure', `wecom-bot ${answer.status}`)
}
