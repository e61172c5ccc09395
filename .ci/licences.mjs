import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packagesWith } from '../deploy/packages.mjs'

// node .ci/licences.mjs → the licences of all that runs in production, and how many packages are under each. Exit 1 where one is
// of a kind that was not looked at. What is handed out carries the texts: THIRD-PARTY.md of the offline package.
const root = new URL('..', import.meta.url).pathname
/** Those that ask for no more than their text beside the program. */
const KNOWN = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'MPL-2.0',
  'Zlib',
]

/** `(MIT OR GPL-3.0)`: one of them is enough. */
const isKnown = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(/ OR /)
    .some((one) => one.split(/ AND /).every((name) => KNOWN.includes(name.trim())))

const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const all = packagesWith(root, Object.keys(dependencies)).map((folder) => {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const said = license?.type ?? license ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'none'
  return { name: `${name}@${version}`, licence: said }
})
const counts = new Map()
for (const { licence } of all) counts.set(licence, (counts.get(licence) ?? 0) + 1)
for (const [licence, n] of [...counts].sort((a, b) => b[1] - a[1])) console.log(`${String(n).padStart(4)}  ${licence}`)
const strange = all.filter(({ licence }) => !isKnown(licence))
for (const { name, licence } of strange) console.error(`${name}: ${licence}`)
if (strange.length > 0) process.exitCode = 1
