import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const text = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

it('the commands that docs/reliability.md names exist', () => {
  const named = [...text('docs/reliability.md').matchAll(/npm run bench -- ([\w-]+)/g)].map(([, name]) => name)
  const known = [...text('bench/run.ts').matchAll(/^ {2}'?([\w-]+)'?: \(\) => import\(/gm)].map(([, name]) => name)
  expect(named.length).toBeGreaterThan(8)
  expect(known).toEqual(expect.arrayContaining(named))
})
