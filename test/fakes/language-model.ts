import { Hono } from 'hono'

/** How the fake endpoint behaves, beside answering with a text. */
export type Manner =
  | { says: string }
  | { frame: unknown }
  | { status: number; body?: string }
  | { body: string; type?: string }
  | { redirect: string }
  | 'never'
  | 'endless'
  | 'stalls'

interface Asked {
  model: string
  messages: { role: string; content: string }[]
  response_format: { type: string; json_schema?: { schema: unknown } }
}

const forever = () => new Promise<never>(() => undefined)

const completion = (content: string) => ({ choices: [{ index: 0, message: { role: 'assistant', content } }] })

/** A stream of JSON that begins well and does not end; `pull` says how fast it goes on. */
const unending = (pull: (out: ReadableStreamDefaultController<Uint8Array>) => void | Promise<void>) =>
  new Response(new ReadableStream({ pull }), { headers: { 'content-type': 'application/json' } })

/**
 * An OpenAI-compatible endpoint as a small app: it refuses what vLLM and the like would, and answers as it is told to.
 * `takes`: the response formats that it knows; `key`: what it wants as a bearer.
 */
export const openLanguageModel = ({ takes = ['json_schema', 'json_object'], key = 'secret' } = {}) => {
  const asked: (Asked & { auth: string | undefined; raw: string })[] = []
  let manner: Manner = { frame: { intent: 'none' } }
  const app = new Hono()
  app.post('/v1/chat/completions', async (c) => {
    const raw = await c.req.text()
    const body = JSON.parse(raw) as Asked
    const auth = c.req.header('authorization')
    asked.push({ ...body, auth, raw })
    if (auth !== `Bearer ${key}`) return c.json({ error: 'unauthorized' }, 401)
    if (!takes.includes(body.response_format.type)) return c.json({ error: 'response_format is not supported' }, 400)
    if (manner === 'never') return forever()
    if (manner === 'stalls') return unending((out) => (asked.length > 0 ? forever() : out.close()))
    if (manner === 'endless')
      return unending((out) => out.enqueue(new TextEncoder().encode('{"choices":['.repeat(500))))
    if ('says' in manner) return c.json(completion(manner.says))
    if ('frame' in manner) return c.json(completion(JSON.stringify({ frame: manner.frame })))
    if ('redirect' in manner) return c.redirect(manner.redirect, 307)
    if ('status' in manner) return new Response(manner.body ?? '{}', { status: manner.status })
    return new Response(manner.body, { headers: { 'content-type': manner.type ?? 'application/json' } })
  })
  return {
    asked,
    config: { baseUrl: 'http://llm.example.gov.cn/v1', model: 'office-7b', key },
    fetch: ((input: string, init?: RequestInit) => app.request(input, init)) as typeof fetch,
    answers: (next: Manner) => {
      manner = next
    },
    /** The sentence that was sent last. */
    sentence: (): string => JSON.parse(asked.at(-1)?.messages[1]?.content ?? '{}').sentence,
  }
}
