// Writes the examples in all formats from plan.txt and table.txt: npx tsx examples/make.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { exampleFiles } from './make/files.ts'

const here = (name: string) => new URL(name, import.meta.url)
const text = (name: string) => readFileSync(here(name), 'utf8')

for (const [name, bytes] of exampleFiles(text('plan.txt'), text('table.txt'))) writeFileSync(here(name), bytes)
