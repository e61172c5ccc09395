import type { Miniflare } from 'miniflare'

/** Runs inside workerd: one request a query or batch. */
export const worker = `export default {
  async fetch(request, env) {
    const { name, method, statements } = await request.json()
    const bound = statements.map(({ sql, params }) => env[name].prepare(sql).bind(...params))
    try {
      const value = method === 'batch' ? await env[name].batch(bound) : await bound[0][method]()
      return Response.json({ value })
    } catch (error) {
      return Response.json({ error: error.message, cause: error.cause?.message })
    }
  },
}`

interface Statement {
  sql: string
  params: unknown[]
}

/** JSON would turn into something else what D1 refuses: undefined, a Date, a bigint. */
const plain = (param: unknown): unknown => {
  if (param === null || ['string', 'number', 'boolean'].includes(typeof param)) return param
  throw new TypeError(`D1_TYPE_ERROR: Type '${typeof param}' not supported for value '${param}'`)
}

/**
 * A D1 binding in miniflare for tests that run in Node. Miniflare's own stands behind a proxy that asks workerd, and
 * blocks, for each `prepare` and `bind`; this one asks once a query. SQL, parameters and errors are D1's own.
 */
export const bindingOf = (miniflare: Miniflare, name: string): D1Database => {
  const ask = async (method: string, statements: Statement[]): Promise<unknown> => {
    const body = JSON.stringify({ name, method, statements })
    const response = await miniflare.dispatchFetch('http://d1/', { method: 'POST', body })
    const said = (await response.json()) as { value?: unknown; error?: string; cause?: string }
    if (said.error !== undefined) throw new Error(said.error, { cause: said.cause && new Error(said.cause) })
    return said.value
  }
  const statement = (sql: string, params: unknown[] = []) => ({
    sql,
    params,
    bind: (...given: unknown[]) => statement(sql, given.map(plain)),
    all: () => ask('all', [{ sql, params }]),
    run: () => ask('run', [{ sql, params }]),
    raw: () => ask('raw', [{ sql, params }]),
    first: () => ask('first', [{ sql, params }]),
  })
  const binding = {
    prepare: (sql: string) => statement(sql),
    batch: (statements: Statement[]) =>
      ask(
        'batch',
        statements.map(({ sql, params }) => ({ sql, params })),
      ),
  }
  return binding as unknown as D1Database
}
