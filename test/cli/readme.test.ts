import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Desk, openDesk } from './duban.ts'

const path = fileURLToPath(new URL('../../README.md', import.meta.url))
const example = (name: string) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))

/** `$ npm run -s duban -- say '…' --as leader` and the lines below it, up to the next command or the block's end. */
const SHOWN = /^(\$ npm run -s duban -- (.*)\n)((?:(?!\$ |```).*\n)*)/gm

/** Words of a shell line, of which only single quotes are needed. */
const words = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')

let desk: Desk
beforeAll(async () => {
  desk = await openDesk({ kept: true })
  // The day of release stands in the answers (认领 by a day), so it is the README's and not today.
  const released = ['--today', '2026-03-20']
  await desk.run(['roster', 'import', example('roster.json'), ...released])
  await desk.run(['import', example('plan.txt'), '--yes', ...released])
})
afterAll(() => desk.close())

/** The README with what its commands print now. `vitest run test/cli/readme.test.ts -u` writes it. */
it('shows in the README what the commands print', async () => {
  const readme = readFileSync(path, 'utf8')
  const parts = [...readme.matchAll(SHOWN)]
  expect(parts.length).toBeGreaterThan(5)
  let now = readme
  for (const [shown, prompt = '', command = ''] of parts) {
    const { code, stdout, stderr } = await desk.run(words(command))
    expect({ code, stderr }, command).toEqual({ code: 0, stderr: '' })
    now = now.replace(shown, () => prompt + stdout)
  }
  await expect(now).toMatchFileSnapshot(path)
})
