import { readFileSync } from 'node:fs'

// node .ci/image-words.mjs ENV|SERVE|HEALTH|USER → what the last stage of the Dockerfile says of it, a word a line. Exit 1 where it
// says nothing, or copies something that .dockerignore keeps out.
const text = readFileSync('Dockerfile', 'utf8')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n/g, ' ')
const steps = text.split('\n').flatMap((line) => {
  const [, step, words] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? []
  return step ? [{ step, words }] : []
})
const last = steps.slice(steps.map(({ step }) => step).lastIndexOf('FROM'))
const said = (name) => last.filter(({ step }) => step === name).map(({ words }) => words)
const listed = (name) => said(name).flatMap((words) => JSON.parse(words.slice(words.indexOf('['))))

const kept = readFileSync('.dockerignore', 'utf8').split('\n')
for (const { step, words } of steps) {
  if (step !== 'COPY' || words.startsWith('--from')) continue
  for (const source of words.split(/\s+/).slice(0, -1))
    if (source !== '.' && !kept.includes(`!${source}`)) throw new Error(`.dockerignore keeps out ${source}`)
}
const words = {
  ENV: () => said('ENV'),
  SERVE: () => [...listed('ENTRYPOINT'), ...listed('CMD')],
  HEALTH: () => listed('HEALTHCHECK'),
  USER: () => said('USER'),
}[process.argv[2]]()
if (words.length === 0) throw new Error(`the Dockerfile says no ${process.argv[2]}`)
console.log(words.join('\n'))
