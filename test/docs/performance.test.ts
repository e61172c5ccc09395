import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const text = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

it('the commands that docs/performance.md names exist, and each of its figures stands behind one', () => {
  const page = text('docs/performance.md')
  const named = [...page.matchAll(/npm run bench -- ([a-z][\w-]*)/g)].map(([, name]) => name)
  const known = [...text('bench/run.ts').matchAll(/^ {2}'?([\w-]+)'?: \(\) => import\(/gm)].map(([, name]) => name)
  expect(new Set(named).size).toBeGreaterThan(5)
  expect(known).toEqual(expect.arrayContaining(named))
  const rows = page.slice(page.indexOf('## 量到的')).split('\n')
  const figures = rows.filter((row) => row.startsWith('| ') && !/^\| (?:命令|---)/.test(row))
  expect(figures.length).toBeGreaterThan(3)
  for (const row of figures) expect(row).toMatch(/^\| `(?:\w+=\S+ )?npm run bench/)
})
