import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from './duban.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const example = (name: string) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))

/** `$ npm run -s duban -- say '…' --as leader` with the lines below it, as the README shows them. */
const shown = [...readme.matchAll(/^\$ npm run -s duban -- (.*)\n((?:(?!\$ |```).*\n)*)/gm)].map(
  ([, command = '', output = '']) => ({ command, output }),
)

/** Words of a shell line, of which only single quotes are needed. */
const words = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await desk.run(['roster', 'import', example('roster.json')])
  await desk.run(['import', example('plan.txt'), '--yes'])
})
afterAll(() => desk.close())

describe('the README', () => {
  it('shows commands', () => {
    expect(shown.length).toBeGreaterThan(5)
  })

  it.each(shown)('prints what it shows: $command', async ({ command, output }) => {
    expect(await desk.run(words(command))).toEqual({ code: 0, stdout: output, stderr: '' })
  })
})
