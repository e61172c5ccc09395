import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

// node .ci/size.mjs [dist/web] → what a browser fetches for the first page, each file with its compressed size. Exit 1
// where the console's own scripts and styles are over the limit, or where a file speaks to another host.
const folder = process.argv[2] ?? 'dist/web'
const LIMIT = 400_000
/** The component library lies in a file of its own, which browsers keep over releases. */
const apart = /^antd-/
/** Names of XML and JSON vocabularies, and addresses in messages to developers: nothing is ever fetched from them. */
const spoken = [
  ...['www.w3.org', 'json-schema.org', 'react.dev', 'reactjs.org', 'reactrouter.com', 'ant.design', 'u.ant.design'],
  ...['github.com', 'fb.me', 'tanstack.com', 'zod.dev', 'echarts.apache.org', 'developer.mozilla.org', 'localhost'],
]

const page = readFileSync(join(folder, 'index.html'), 'utf8')
const named = [...page.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(([, path]) => path)
if (named.length === 0) throw new Error(`${folder}/index.html names no script`)

/** What a script loads before it runs. What it loads later (`import(…)`) belongs to other pages. */
const needs = (path) =>
  [...readFileSync(join(folder, path), 'utf8').matchAll(/(?:^|[;}\s])(?:import|from)\s*["']\.\/([^"']+\.js)["']/g)].map(
    ([, name]) => `assets/${name}`,
  )
const first = new Set(named)
for (const path of first) if (path.endsWith('.js')) for (const need of needs(path)) first.add(need)
// The overview is what opens first, by a script of its own.
for (const name of readdirSync(join(folder, 'assets')))
  if (/^Overview-.*\.(js|css)$/.test(name)) {
    first.add(`assets/${name}`)
    if (name.endsWith('.js')) for (const need of needs(`assets/${name}`)) first.add(need)
  }

let own = 0
let largest = 0
const kB = (bytes) => `${(bytes / 1000).toFixed(1).padStart(7)} kB`
for (const path of [...first].sort()) {
  const bytes = readFileSync(join(folder, path))
  const [gzip, brotli] = [gzipSync(bytes).length, brotliCompressSync(bytes).length]
  const isApart = apart.test(path.replace('assets/', ''))
  if (!isApart) own += gzip
  largest = Math.max(largest, isApart ? gzip : 0)
  console.log(`${kB(bytes.length)} ${kB(gzip)} gzip ${kB(brotli)} br  ${path}${isApart ? '  (kept apart)' : ''}`)
}
console.log(`with the component library: ${kB(own + largest).trim()} gzip`)
console.log(`own scripts and styles of the first page: ${kB(own).trim()} gzip, of ${kB(LIMIT).trim()}`)

const strange = []
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(js|css|html)$/.test(name)) continue
  const text = readFileSync(join(folder, name), 'utf8')
  for (const [url, host] of text.matchAll(/(?:https?|wss?):\/\/([a-z0-9.-]+)/gi))
    if (!spoken.some((known) => host === known || host.endsWith(`.${known}`))) strange.push(`${name}: ${url}`)
  for (const [rule] of text.matchAll(/url\(\s*["']?(?:https?:)?\/\/[^)]*\)|@import\s+["'](?:https?:)?\/\/[^"']*/gi))
    strange.push(`${name}: ${rule}`)
  if (/<script(?![^>]*\bsrc=)[^>]*>/i.test(name.endsWith('.html') ? text : '')) strange.push(`${name}: inline script`)
}
for (const line of new Set(strange)) console.error(line)
if (largest === 0) console.error('antd has no file of its own')
if (own > LIMIT) console.error(`over the limit by ${kB(own - LIMIT).trim()}`)
process.exitCode = own > LIMIT || largest === 0 || strange.length > 0 ? 1 : 0
