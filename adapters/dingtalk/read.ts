import type { Incoming } from '../../src/model/message.ts'
import { Refused } from '../../src/model/problem.ts'
import type { AdapterDeps } from '../deps.ts'
import type { DingtalkAccount } from './client.ts'
import { decode, readMessage } from './decode.ts'
import { hostsOf } from './hosts.ts'

/** A robot's message, from whichever way it came. @throws Refused 401 another robot's, 400 undecodable */
export type Read = (json: unknown) => Incoming | undefined

/**
 * Reads messages of this robot alone. The corporation is learnt from the first message; no signature covers it, so this
 * finds slips of configuration and no forgery.
 */
export function createRead({ robotCode, apiBase }: DingtalkAccount, deps: AdapterDeps): Read {
  const hosts = hostsOf(apiBase)
  let corp: string | undefined
  const other = (outcome: string): never => {
    deps.log?.({ event: 'refused', platform: 'dingtalk', outcome })
    throw new Refused(401)
  }
  return (json) => {
    const message = readMessage(json)
    if (message.robotCode !== undefined && message.robotCode !== robotCode) other('robot-code')
    if (corp !== undefined && message.chatbotCorpId !== undefined && message.chatbotCorpId !== corp) other('corp-id')
    const said = decode(message, { route: robotCode, hosts }, deps.now())
    corp ??= message.chatbotCorpId
    return said
  }
}
