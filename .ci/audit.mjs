// Known holes in what runs in production: `node .ci/audit.mjs`. Where the registry does not answer that, it says that it skips.
// High and critical ones fail, unless .ci/audit-allow.json lists them: { "GHSA-…": { "why": "…", "until": "2027-01-31" } }.
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const list = new URL('audit-allow.json', import.meta.url)
const allowed = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : {}
const today = new Date().toISOString().slice(0, 10)

const answer = await new Promise((done) => {
  execFile('npm', ['audit', '--omit=dev', '--json'], { timeout: 9000, maxBuffer: 64 << 20 }, (_, stdout) =>
    done(stdout),
  )
})
const report = (() => {
  try {
    return JSON.parse(answer)
  } catch {
    return undefined
  }
})()
if (!report?.vulnerabilities) {
  const why = report?.statusCode ? `it answers ${report.statusCode}` : 'no answer'
  console.log(`skipped: the registry does not tell of known holes (${why})`)
  process.exit(0)
}
const found = new Map()
for (const { via } of Object.values(report.vulnerabilities))
  for (const one of via)
    if (typeof one === 'object' && ['high', 'critical'].includes(one.severity))
      found.set(one.url.split('/').at(-1), one)
const open = [...found].filter(([id]) => !(allowed[id]?.why && allowed[id].until >= today))
for (const [id, { name, severity, title, range }] of open)
  console.error(`${severity}: ${name} ${range}: ${title} (${id})`)
console.log(`${found.size} high or critical, ${found.size - open.length} of them allowed with a reason`)
process.exit(open.length > 0 ? 1 : 0)
