// Whose work the program is built on, and under which licence: `node .ci/licences.mjs` writes docs/licences.md from
// package-lock.json, `--check` fails where that page is not what it would write. A licence that is not listed here fails.
import { readFileSync, writeFileSync } from 'node:fs'

/** Allow use in a program of any licence; MPL-2.0 asks that its own files stay open, which they do, unchanged. */
const ALLOWED = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'MPL-2.0'],
  ...['Python-2.0', 'Unlicense', 'CC0-1.0', 'WTFPL', 'Zlib'],
])
/** `(MIT OR WTFPL)`: one of them is enough; `MIT AND ISC`: all of them are needed. */
const isAllowed = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(/ OR /)
    .some((either) => either.split(/ AND /).every((one) => ALLOWED.has(one.trim())))

const root = new URL('../', import.meta.url)
const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'))
const rows = new Map()
const wrong = []
for (const [path, { version, license, dev, link }] of Object.entries(packages)) {
  const at = path.lastIndexOf('node_modules/')
  if (at < 0 || dev || link) continue
  const name = path.slice(at + 'node_modules/'.length)
  const licence = license ?? ''
  if (!isAllowed(licence)) wrong.push(`${name} ${version}: ${licence || 'no licence'}`)
  rows.set(`${name} ${version}`, `| ${name} | ${version} | ${licence} |`)
}
if (wrong.length > 0) {
  console.error(`not on the list of licences:\n${wrong.join('\n')}`)
  process.exit(1)
}
const lines = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
const page = `# 第三方软件许可

运行时用到的软件包和它们的许可，由 \`node .ci/licences.mjs\` 按 package-lock.json 写出，请勿手改。出现清单以外的许可时持续集成不通过。

| 软件包 | 版本 | 许可 |
| --- | --- | --- |
${lines.join('\n')}
`
const file = new URL('docs/licences.md', root)
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== page) {
    console.error('docs/licences.md is not what the lock says: node .ci/licences.mjs')
    process.exit(1)
  }
} else writeFileSync(file, page)
console.log(`${lines.length} packages, all under licences of the list`)
