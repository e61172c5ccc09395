import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

// node .ci/audit.mjs [REPORT.json] → what the registry knows against the packages that run in production; REPORT.json is what
// `npm audit --json` printed. Exit 1 where something high or critical is not listed in .ci/audit-allow.json with a reason and
// the day until which that holds: {"name": {"reason": "…", "until": "2027-01-31"}}.
const [path] = process.argv.slice(2)
const allowed = JSON.parse(readFileSync(new URL('audit-allow.json', import.meta.url), 'utf8'))
const SEVERE = ['high', 'critical']
const today = new Date().toISOString().slice(0, 10)

const said = path
  ? readFileSync(path, 'utf8')
  : spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', timeout: 60_000 }).stdout

const read = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

const { vulnerabilities, statusCode } = read(said)
if (vulnerabilities === undefined) {
  console.log(`skipped: the registry does not answer an audit here (${statusCode ?? 'no answer'})`)
} else {
  const severe = Object.values(vulnerabilities).filter(({ severity }) => SEVERE.includes(severity))
  const open = severe.filter(({ name }) => !(allowed[name]?.reason && allowed[name].until >= today))
  for (const { name, severity, range } of severe)
    console.log(`${name} ${range}: ${severity}${allowed[name] ? `, allowed until ${allowed[name].until}` : ''}`)
  console.log(
    `${Object.keys(vulnerabilities).length} packages with advisories, ${severe.length} severe, ${open.length} not allowed`,
  )
  if (open.length > 0) process.exitCode = 1
}
