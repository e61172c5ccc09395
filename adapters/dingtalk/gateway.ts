import { z } from 'zod'
import { DeliveryError } from '../../src/model/problem.ts'
import { callTwice } from '../ask.ts'
import type { AdapterDeps } from '../deps.ts'
import type { DingtalkAccount } from './client.ts'
import { ROBOT } from './frame.ts'
import { hostsOf, urlOf } from './hosts.ts'
import { dingtalkProblem } from './problems.ts'

const Opened = z.object({ endpoint: z.string(), ticket: z.string().min(1) })

/**
 * Asks where to connect; the address holds a ticket that lasts 90 seconds and opens one connection. Only what is said to
 * the robot is subscribed to: another program of the same app keeps its cards and events.
 * @throws DeliveryError
 */
export async function askGateway(account: DingtalkAccount, deps: AdapterDeps): Promise<string> {
  const { api } = hostsOf(account.apiBase)
  const body = {
    clientId: account.clientId,
    clientSecret: account.clientSecret,
    subscriptions: [{ type: 'CALLBACK', topic: ROBOT }],
    ua: 'duban',
  }
  // Without this header the answer may be XML.
  const json = { accept: 'application/json' }
  const answer = await callTwice('dingtalk', deps, 'POST', `${api}/v1.0/gateway/connections/open`, body, json)
  const wrong = dingtalkProblem(answer)
  if (wrong) throw wrong
  const opened = Opened.safeParse(answer.json)
  const url = opened.success ? urlOf(opened.data.endpoint) : undefined
  // In the clear only where the API is: on a bench.
  const safe = url?.protocol === 'wss:' || (url?.protocol === 'ws:' && api.startsWith('http:'))
  if (!opened.success || !url || !safe) throw new DeliveryError('later', `dingtalk ${answer.status} unreadable`)
  url.searchParams.set('ticket', opened.data.ticket)
  return url.href
}
