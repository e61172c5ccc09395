import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript-api'
import { expect, it } from 'vitest'
import { readSource } from '../source.ts'

const root = new URL('../../', import.meta.url)

/** What browsers of the age of Chrome 90 lack, and the build, which knows syntax alone, does not put in their place. */
const tooNew = new Set([
  ...['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with', 'groupBy', 'hasOwn'],
  ...[
    'structuredClone',
    'randomUUID',
    'replaceChildren',
    'isWellFormed',
    'fromAsync',
    'withResolvers',
    'requestSubmit',
  ],
  ...['showPicker', 'any', 'timeout'],
])
/** Words that are too new only of this owner. */
const only: Record<string, string> = { any: 'AbortSignal', timeout: 'AbortSignal', groupBy: 'Object' }

const usesIn = (path: string, text: string): string[] => {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TSX)
  const found: string[] = []
  const name = (node: ts.Node, word: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    found.push(`${path}:${line + 1} ${word}`)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && tooNew.has(node.name.text)) {
      const owner = only[node.name.text]
      // A field that is called so is none of the browser's: only what is called counts.
      if (ts.isCallExpression(node.parent) && node.parent.expression === node)
        if (owner === undefined || node.expression.getText() === owner) name(node, node.name.text)
    }
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'structuredClone')
      name(node, 'structuredClone')
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The console's own files, and those of the server's that come into the bundle with them. */
const bundled = (): Map<string, string> => {
  const files = new Map<string, string>()
  const open = readdirSync(new URL('web/src', root), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `web/src/${name}`)
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (files.has(path) || !existsSync(new URL(path, root))) continue
    const text = readFileSync(new URL(path, root), 'utf8')
    files.set(path, text)
    for (const { to, typeOnly } of readSource(path, text).references)
      if (to?.startsWith('.') && !typeOnly && /\.tsx?$/.test(to)) open.push(posix.join(posix.dirname(path), to))
  }
  return files
}

it('nothing that is bundled for browsers is newer than they are', () => {
  const files = bundled()
  expect([...files.keys()].filter((path) => path.startsWith('src/')).length).toBeGreaterThan(3)
  expect([...files].flatMap(([path, text]) => usesIn(path, text))).toEqual([])
})

it('the check sees them', () => {
  const sees = (text: string) => usesIn('a.tsx', text).length
  for (const text of [
    'list.at(-1)',
    'Object.hasOwn(a, b)',
    'structuredClone(a)',
    'crypto.randomUUID()',
    'a?.findLast(f)',
  ])
    expect(sees(text), text).toBe(1)
  for (const text of ['fact.at', 'AbortController.any', 'z.any()', 'text.replaceAll(a, b)', '// list.at(-1)'])
    expect(sees(text), text).toBe(0)
})
