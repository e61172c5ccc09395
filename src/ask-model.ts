import { z } from 'zod'
import { readLimited } from '../adapters/body.ts'
import type { Log } from './log.ts'
import type { AskModel, ModelQuestion } from './model/guess.ts'

/** An OpenAI-compatible endpoint inside the office's network. `baseUrl` is what `/chat/completions` follows. */
export interface ModelConfig {
  baseUrl: string
  model: string
  /** Absent where the endpoint wants none. */
  key?: string
}

export interface ModelDeps {
  fetch: typeof fetch
  log: Log
  now(): Date
  /** Milliseconds that all of it may take; 3,000 where absent. */
  timeoutMs?: number
}

const TIMEOUT_MS = 3000
const MOST_BYTES = 64 << 10
/** What comes while so many wait is not asked: whoever says nonsense again and again shall not flood the endpoint. */
const MOST_AT_ONCE = 8
/** A frame is shorter. */
const MOST_TOKENS = 400

/** Why there is no answer, in one word for the log. */
type Why = 'late' | 'busy' | 'unreachable' | 'redirected' | 'failed' | 'too-large' | 'unreadable'
type Reply = { text: string } | { why: Why; status?: number }

/** `json_schema` first; an endpoint that takes none of it refuses with one of these. */
const FORMATS = ['json_schema', 'json_object'] as const
const FORMAT_REFUSED = [400, 404, 415, 422, 500, 501]

const formatOf = (format: (typeof FORMATS)[number], schema: ModelQuestion['schema']) =>
  format === 'json_schema' ? { type: format, json_schema: { name: 'answer', schema } } : { type: format }

/** A format that does not carry the schema has it in words. */
const taskIn = (format: (typeof FORMATS)[number], { task, schema }: ModelQuestion): string =>
  format === 'json_schema' ? task : `${task}\nJSON Schema：${JSON.stringify(schema)}`

const Completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) })

const textIn = (bytes: Uint8Array): string | undefined => {
  try {
    return Completion.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data?.choices[0]?.message.content
  } catch {
    return undefined
  }
}

const replyOf = async (response: Response): Promise<Reply> => {
  const { status, headers, body } = response
  const why = async (word: Why): Promise<Reply> => {
    await body?.cancel().catch(() => undefined)
    return { why: word, status }
  }
  // Whoever answers for another address is not who was configured; browsers' `fetch` says 0 of a redirect.
  if (status === 0 || (status >= 300 && status < 400)) return why('redirected')
  if (status !== 200) return why('failed')
  if (!/\bjson\b/i.test(headers.get('content-type') ?? '')) return why('unreadable')
  const bytes = await readLimited(body as ReadableStream<Uint8Array> | null, MOST_BYTES)
  if (!bytes) return { why: 'too-large', status }
  const text = textIn(bytes)
  return text === undefined ? { why: 'unreadable', status } : { text }
}

/** A `fetch` that knows no signal, or a body that never ends: whoever waits goes on all the same. */
const expired = (signal: AbortSignal): Promise<Reply> =>
  new Promise((done) => signal.addEventListener('abort', () => done({ why: 'late' }), { once: true }))

/** Asks one language model; all that it takes and gives is checked by who asks. Nothing of it is logged but how it went. */
export const createModel = (
  { baseUrl, model, key }: ModelConfig,
  { fetch, log, now, timeoutMs = TIMEOUT_MS }: ModelDeps,
) => {
  let known = 0
  let waiting = 0

  const call = (question: ModelQuestion, format: (typeof FORMATS)[number], signal: AbortSignal): Promise<Reply> =>
    fetch(`${baseUrl}/chat/completions`, {
      method: 'POST',
      redirect: 'manual',
      signal,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(key && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({
        model,
        messages: [
          { role: 'system', content: taskIn(format, question) },
          { role: 'user', content: JSON.stringify({ sentence: question.sentence }) },
        ],
        ...{ temperature: 0, max_tokens: MOST_TOKENS, stream: false },
        response_format: formatOf(format, question.schema),
      }),
    }).then(replyOf, (): Reply => ({ why: signal.aborted ? 'late' : 'unreachable' }))

  const asked = async (question: ModelQuestion, signal: AbortSignal): Promise<Reply> => {
    for (let at = known; ; at++) {
      const reply = await call(question, FORMATS[at] ?? 'json_object', signal)
      const refused = 'status' in reply && FORMAT_REFUSED.includes(reply.status ?? 0)
      if (!refused || at + 1 >= FORMATS.length || signal.aborted) {
        if ('text' in reply) known = at
        return reply
      }
    }
  }

  const within = async (question: ModelQuestion): Promise<Reply> => {
    if (waiting >= MOST_AT_ONCE) return { why: 'busy' }
    waiting++
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      return await Promise.race([asked(question, signal), expired(signal)])
    } catch {
      return { why: 'failed' }
    } finally {
      waiting--
    }
  }

  const ask: AskModel = async (question) => {
    const from = now().getTime()
    const reply = await within(question)
    const outcome = 'why' in reply ? reply.why : 'answered'
    const status = 'why' in reply && reply.status !== undefined ? { status: reply.status } : {}
    log({ event: 'model', outcome, ...status, ms: now().getTime() - from })
    return 'text' in reply ? reply.text : undefined
  }

  return { ask, probe: () => within(PROBE) }
}

/** Nothing of the office's. */
const PROBE: ModelQuestion = {
  task: '只输出一个 JSON 对象：{"ok":true}',
  sentence: '在吗',
  schema: { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'], additionalProperties: false },
}
