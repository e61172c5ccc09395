import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Deps } from '../src/flow/deps.ts'
import { createApp } from '../src/http/app.ts'
import { consolePages } from '../src/node/pages.ts'

/** Stands beside the folder that is served: whoever reads it has got out. */
const SECRET = 'nobody is to read this'

const piece = fc.oneof(
  fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c..', '..%2f', '%00', '%', '%zz', '%c0%ae', '%ff', '~', ';', '//'),
  fc.constantFrom('index.html', '_headers', 'assets', 'a-1.js', 'secret.txt', 'package.json', 'api', 'session', 'me'),
  fc.constantFrom('webhooks', 'lark', 'wecom', 'dingtalk', 'default', 'healthz', 'readyz', 'metrics', 'constructor'),
  fc.webSegment({ size: 'small' }),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => encodeURIComponent(text)),
  fc.constant('x'.repeat(3000)),
)
const asked = fc.record({
  method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'),
  path: fc.array(piece, { maxLength: 6 }),
  query: fc.option(fc.webQueryParameters({ size: 'small' })),
  headers: fc.dictionary(
    fc.constantFrom(
      ...['accept-encoding', 'cookie', 'range', 'if-none-match', 'if-modified-since', 'authorization', 'content-type'],
      ...['content-length', 'origin', 'sec-fetch-site', 'x-forwarded-for', 'x-duban', 'x-lark-signature', 'host'],
    ),
    fc.stringMatching(/^[\x21-\x7e]{0,40}$/),
  ),
  body: fc.option(fc.string({ maxLength: 60 })),
})

/** Addresses, methods and headers of any kind at everything that no platform and no form asks for: files, health, figures, doors that are none. */
export const fuzzPages = async (deps: Deps, runs: number, seed: number): Promise<string> => {
  const above = mkdtempSync(join(tmpdir(), 'duban-fuzz-'))
  const folder = join(above, 'web')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(above, 'secret.txt'), SECRET)
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'assets/a-1.js'), 'export {}')
  const app = createApp({
    door: () => undefined,
    offices: () => [deps],
    log: () => undefined,
    pages: consolePages(folder),
  })
  const seen = new Map<number, number>()
  try {
    await fc.assert(
      fc.asyncProperty(asked, async ({ method, path, query, headers, body }) => {
        const url = `http://duban.test/${path.join('/')}${query === null ? '' : `?${query}`}`
        const hasBody = body !== null && method !== 'GET' && method !== 'HEAD'
        const response = await app.request(new Request(url, { method, headers, ...(hasBody && { body }) }))
        const text = await response.text()
        seen.set(response.status, (seen.get(response.status) ?? 0) + 1)
        return response.status < 500 && !text.includes(SECRET)
      }),
      { numRuns: runs, seed },
    )
  } finally {
    rmSync(above, { recursive: true })
  }
  const statuses = [...seen].sort(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`)
  return `pages: ${runs} requests (${statuses.join(', ')}), no 5xx, no file outside the folder`
}
