import { readFileSync } from 'node:fs'

// node .ci/count.mjs REPORT.json… → names what was skipped, then one line that sums vitest's JSON reports. Exit 1 where a test failed or none ran.
const state = new Map()
const groups = new Map()
for (const path of process.argv.slice(2)) {
  for (const file of JSON.parse(readFileSync(path, 'utf8')).testResults) {
    // A file that does not load has no tests, and has failed.
    if (file.status === 'failed' && file.assertionResults.length === 0) state.set(file.name, 'failed')
    for (const test of file.assertionResults) {
      const key = `${file.name} ${test.fullName}`
      if (state.get(key) !== 'failed' && ['passed', 'failed'].includes(test.status)) state.set(key, test.status)
      const title = test.ancestorTitles[0] ?? test.title
      if (!groups.has(title)) groups.set(title, new Set())
      groups.get(title).add(test.status)
    }
  }
}
const ran = (title) => groups.get(title)?.has('passed') || groups.get(title)?.has('failed')
for (const title of groups.keys())
  if (!ran(title) && !ran(title.split(' (skipped')[0])) console.log(`not run: ${title}`)
const count = (wanted) => [...state.values()].filter((each) => each === wanted).length
console.log(`${count('passed')} passed, ${count('failed')} failed`)
process.exitCode = count('failed') === 0 && count('passed') > 0 ? 0 : 1
