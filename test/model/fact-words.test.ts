import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript-api'
import { expect, it } from 'vitest'
import { kindWords } from '../../src/model/fact-words.ts'

const root = new URL('../../', import.meta.url)
const folders = ['src/flow', 'src/http', 'src/cli', 'commands']

const textsIn = (node: ts.Node): string[] =>
  ts.isStringLiteralLike(node)
    ? [node.text]
    : ts.isConditionalExpression(node)
      ? [...textsIn(node.whenTrue), ...textsIn(node.whenFalse)]
      : ts.isAsExpression(node) || ts.isParenthesizedExpression(node)
        ? textsIn(node.expression)
        : []

const nameOf = ({ name }: ts.ObjectLiteralElementLike): string => (name && ts.isIdentifier(name) ? name.text : '')

/** What an object of `…{ row, kind }` in another says counts as its own. */
const propertiesOf = (object: ts.ObjectLiteralExpression): ts.ObjectLiteralElementLike[] =>
  object.properties.flatMap((one) =>
    ts.isSpreadAssignment(one) && ts.isObjectLiteralExpression(one.expression) ? propertiesOf(one.expression) : [one],
  )

/** The kinds of facts that a file writes: an object with a kind beside a body or a chain, or a call that takes one. */
const kindsIn = (path: string, text: string): string[] => {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const constants = new Map<string, string[]>()
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      constants.set(node.name.text, textsIn(node.initializer))
    if (ts.isObjectLiteralExpression(node)) {
      const properties = propertiesOf(node)
      const names = properties.map(nameOf)
      const kind = properties.find((one) => nameOf(one) === 'kind')
      if (kind && ts.isPropertyAssignment(kind) && ['body', 'seq', 'row'].some((one) => names.includes(one)))
        found.push(...textsIn(kind.initializer))
    }
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const at = { personHappens: 2, happens: 2 }[node.expression.text]
      const given = at === undefined ? undefined : node.arguments[at]
      if (given) found.push(...(ts.isIdentifier(given) ? (constants.get(given.text) ?? []) : textsIn(given)))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const written = new Map<string, string>()
for (const folder of folders)
  for (const name of readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.ts')) {
      const path = `${folder}/${name}`
      for (const kind of kindsIn(path, readFileSync(new URL(path, root), 'utf8'))) written.set(kind, path)
    }

it('every kind of fact that the program writes has a word', () => {
  // Those that are easily overlooked: by a variable, out of a spread object, out of a call.
  for (const kind of ['signed-out', 'succeeded', 'unbound', 'exported', 'drafted', 'took-over', 'bound'])
    expect([...written.keys()]).toContain(kind)
  expect([...written].filter(([kind]) => !Object.keys(kindWords).includes(kind))).toEqual([])
})
