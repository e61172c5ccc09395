import type { Hono } from 'hono'
import { checkLarkCard, type FakeLarkCard } from './lark-card.ts'
import { createRate } from './rate.ts'

/** Any one of these lets a call through; none is asked for who we are. */
const NEEDS: [method: string, path: RegExp, scopes: string[]][] = [
  ['POST', /^\/im\/v1\/messages(\/[^/]+\/reply)?$/, ['im:message', 'im:message:send_as_bot']],
  ['PATCH', /^\/im\/v1\/messages\/[^/]+$/, ['im:message', 'im:message:send_as_bot']],
  ['GET', /^\/im\/v1\/messages\/[^/]+\/resources\/[^/]+$/, ['im:message', 'im:message:readonly']],
  ['POST', /^\/im\/v1\/(images|files)$/, ['im:resource', 'im:resource:upload']],
  ['POST', /^\/contact\/v3\/users\/batch_get_id$/, ['contact:user.id:readonly']],
]

const FOURTEEN_DAYS = 14 * 86_400_000

export interface SentBefore {
  ref: string
  card: FakeLarkCard
}

export interface LarkWorld {
  sent: SentBefore[]
  now(): Date
}

/** What the open platform knows besides messages: who has which number, what people sent, what the app may do. */
export const createLarkWorld = ({ sent, now }: LarkWorld) => {
  const granted = new Set(NEEDS.flatMap(([, , scopes]) => scopes))
  /** open_ids by mobile number; a number that stands here with nothing is of nobody, or out of the app's range. */
  const numbers = new Map<string, string>()
  /** What people sent, by `message/key`. */
  const files = new Map<string, { type: 'image' | 'file'; bytes: Uint8Array; mime: string }>()
  const recalled = new Set<string>()
  const sentAt = new Map<string, number>()
  const patched: { ref: string; at: number }[] = []
  /** Changes of one message. */
  const rate = createRate([[5, 1000]], now)
  const calls = { find: 0, file: 0 }

  const missing = (method: string, path: string) => {
    const needed = NEEDS.find(([verb, pattern]) => verb === method && pattern.test(path))?.[2]
    if (!needed || needed.some((scope) => granted.has(scope))) return undefined
    return {
      code: 99991672,
      msg: `Access denied. One of the following scopes is required: [${needed.join(', ')}].`,
      error: { permission_violations: needed.map((subject) => ({ type: 'action_scope_required', subject })) },
    }
  }

  const patch = (ref: string, raw: string): { status: 200 | 400; body: { code: number; msg: string } } => {
    const wrong = (code: number, msg: string) => ({ status: 400 as const, body: { code, msg } })
    if (Buffer.byteLength(raw) > 30_000) return wrong(230025, 'too long')
    const before = sent.find((each) => each.ref === ref)
    if (!before) return wrong(230001, 'no message of this app')
    if (recalled.has(ref)) return wrong(230011, 'The message was withdrawn.')
    const at = now().getTime()
    if (at - (sentAt.get(ref) ?? at) > FOURTEEN_DAYS) return wrong(230031, 'older than 14 days')
    if (rate.isFull(ref)) return wrong(230020, 'rate')
    const card = JSON.parse((JSON.parse(raw) as { content: string }).content) as FakeLarkCard
    const bad = checkLarkCard(card)
    if (bad) return wrong(230099, bad)
    rate.count(ref)
    patched.push({ ref, at })
    before.card = card
    return { status: 200, body: { code: 0, msg: 'success' } }
  }

  const addTo = (app: Hono): void => {
    app.use('*', async (c, next) => {
      const wrong = missing(c.req.method, c.req.path.replace('/open-apis', ''))
      return wrong ? c.json(wrong, 400) : next()
    })
    app.patch('/im/v1/messages/:id', async (c) => {
      const { status, body } = patch(c.req.param('id'), await c.req.text())
      return c.json(body, status)
    })
    app.get('/im/v1/messages/:id/resources/:key', (c) => {
      calls.file++
      const file = files.get(`${c.req.param('id')}/${c.req.param('key')}`)
      if (!file || file.type !== c.req.query('type'))
        return c.json({ code: 234001, msg: 'Invalid request param.' }, 400)
      return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, { 'content-type': file.mime })
    })
    app.post('/contact/v3/users/batch_get_id', async (c) => {
      calls.find++
      const { mobiles = [], emails = [] } = (await c.req.json()) as { mobiles?: string[]; emails?: string[] }
      if (c.req.query('user_id_type') !== 'open_id' || mobiles.length > 50 || emails.length > 50)
        return c.json({ code: 99992402, msg: 'field validation failed' }, 400)
      const user_list = mobiles.map((mobile) => {
        const user_id = numbers.get(mobile)
        return user_id ? { user_id, mobile } : { mobile }
      })
      return c.json({ code: 0, msg: 'success', data: { user_list } })
    })
  }

  return {
    addTo,
    granted,
    numbers,
    files,
    recalled,
    patched,
    calls,
    wasSent: (ref: string) => void sentAt.set(ref, now().getTime()),
  }
}
