import { z } from 'zod'
import { DeliveryError } from '../../../src/model/problem.ts'
import { callOnce } from '../../ask.ts'
import type { Answer } from '../../call.ts'
import type { AdapterDeps } from '../../deps.ts'
import { lookUp, refusal } from '../../refusals.ts'
import type { HookMessage } from './render.ts'

const MINUTE = 60_000

const NEW_KEY = '群机器人的 webhook 已失效或机器人被移出群：请群主重新添加，再用 rooms bind … --webhook 登记新的 key'

/** Those of path 99110. */
const known = lookUp([
  ['later', [-1, 6000, 45033]],
  ['later', [45009], undefined, MINUTE],
  ['gone', [93000, 93008], NEW_KEY],
  ['gone', [93004], '群机器人被停用：请群主在群设置里重新启用'],
  ['malformed', [40007, 40008, 40058, 44004, 45002, 301019]],
])

const Coded = z.object({ errcode: z.number() })

/** There is no key that would make a repeat harmless, so what may have been sent is not tried again. */
function byStatus(status: number): DeliveryError {
  if (status === 429) return new DeliveryError('later', 'wecom-hook 429', MINUTE)
  const refused = status >= 400 && status < 500
  return new DeliveryError(refused ? 'malformed' : 'unsure', `wecom-hook ${status}`)
}

function problem({ status, json }: Answer): DeliveryError | undefined {
  const code = Coded.safeParse(json).data?.errcode
  if (code === undefined) return byStatus(status)
  if (code === 0) return undefined
  return refusal(`wecom-hook errcode ${code}`, known(code) ?? { reason: 'malformed' })
}

/**
 * One message into the group of a robot (path 99110). The key is the whole proof of who may speak there: it stands in the
 * address of the call and in nothing that is thrown. @throws DeliveryError, `unsure` where no answer came
 */
export async function post(deps: AdapterDeps, apiBase: string, key: string, message: HookMessage): Promise<void> {
  const url = `${apiBase.replace(/\/+$/, '')}/cgi-bin/webhook/send?${new URLSearchParams({ key })}`
  const wrong = problem(await callOnce('wecom-hook', deps, 'POST', url, message))
  if (wrong) throw wrong
}
