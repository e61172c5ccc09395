import { Hono } from 'hono'
import { createRate } from './rate.ts'
import { type Fault, fetchOf } from './wire.ts'

export const hookKey = '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa'

/** What came into a group through its robot. */
export interface HookSaid {
  key: string
  msgtype: string
  words: string
  /** Userids that were really @-mentioned, by list or in the words. */
  mentioned: string[]
}

interface Body {
  msgtype?: string
  text?: { content?: unknown; mentioned_list?: unknown }
  markdown?: { content?: unknown }
  markdown_v2?: { content?: unknown }
}

const MOST = { text: 2048, markdown: 4096, markdown_v2: 4096 } as const
const MINUTE = 60_000
const PER_MINUTE = 20

function read(body: Body): HookSaid | number {
  const kind = body.msgtype as keyof typeof MOST
  if (!(kind in MOST)) return 40008
  const words = body[kind]?.content
  if (words === undefined || words === '') return 44004
  if (typeof words !== 'string') return 40058
  if (Buffer.byteLength(words) > MOST[kind]) return 45002
  const list = body.text?.mentioned_list ?? []
  if (!Array.isArray(list) || list.some((id) => typeof id !== 'string' || id === '')) return 40058
  const inWords = kind === 'markdown_v2' ? [] : [...words.matchAll(/<@([^<>]+)>/g)].map((found) => found[1] ?? '')
  return { key: '', msgtype: kind, words, mentioned: [...list, ...inWords] }
}

/** Group robots, one a key, each with its twenty a minute; what is refused counts as well. */
export function createFakeWecomHook(now: () => Date = () => new Date(1_700_000_000_000), keys = [hookKey]) {
  const said: HookSaid[] = []
  const faults: (Fault | 'pass')[] = []
  const rate = createRate([[PER_MINUTE, MINUTE]], now)
  const robots = new Set(keys)

  const app = new Hono()
  app.post('/cgi-bin/webhook/send', async (c) => {
    const key = c.req.query('key') ?? ''
    if (!robots.has(key)) return c.json({ errcode: 93000, errmsg: `invalid webhook url, key: ${key}` })
    const full = rate.isFull(key)
    rate.count(key)
    if (full) return c.json({ errcode: 45009, errmsg: 'api freq out of limit' })
    const one = read(await c.req.json())
    if (typeof one === 'number') return c.json({ errcode: one, errmsg: 'refused' })
    said.push({ ...one, key })
    return c.json({ errcode: 0, errmsg: 'ok' })
  })

  return {
    said,
    robots,
    fetch: fetchOf(app, () => {
      const fault = faults.shift()
      return fault === 'pass' ? undefined : fault
    }),
    fail: (fault: Fault | 'pass') => void faults.push(fault),
  }
}
