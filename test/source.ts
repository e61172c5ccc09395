import ts from 'typescript-api'

/** What one file takes from elsewhere: `to` is the specifier as written, or undefined where it is not a plain text. */
export interface Reference {
  to: string | undefined
  line: number
  typeOnly: boolean
}

/** A thing of the surroundings that a file touches, by its name: `Date.now`, `new Date()`, `fetch`, `process`… */
export interface Ambient {
  name: string
  line: number
}

export interface SourceFacts {
  references: Reference[]
  ambients: Ambient[]
}

const onMember = new Set(['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID', 'crypto.getRandomValues'])
const onItsOwn = new Set(['fetch', 'process', 'WebSocket', 'XMLHttpRequest'])

const textOf = (node: ts.Node | undefined) => (node && ts.isStringLiteralLike(node) ? node.text : undefined)

function referenceOf(node: ts.Node): { to: string | undefined; typeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node))
    return { to: textOf(node.moduleSpecifier), typeOnly: node.importClause?.isTypeOnly ?? false }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier)
    return { to: textOf(node.moduleSpecifier), typeOnly: node.isTypeOnly }
  if (ts.isExternalModuleReference(node)) return { to: textOf(node.expression), typeOnly: false }
  if (ts.isImportTypeNode(node))
    return { to: ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined, typeOnly: true }
  if (!ts.isCallExpression(node)) return undefined
  const called = node.expression
  const loads = called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === 'require')
  return loads ? { to: textOf(node.arguments[0]), typeOnly: false } : undefined
}

/** `globalThis.fetch` and `globalThis.Date.now` are the same as without their prefix. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text
  if (ts.isElementAccessExpression(node)) return joined(node.expression, textOf(node.argumentExpression))
  return ts.isPropertyAccessExpression(node) ? joined(node.expression, node.name.text) : undefined
}

function joined(of: ts.Expression, member: string | undefined): string | undefined {
  const owner = nameOf(of)
  if (!owner || !member) return undefined
  return owner === 'globalThis' || owner === 'self' ? member : `${owner}.${member}`
}

/** A name is a use of the surroundings only where it is read as a value, not where it names a member or a binding. */
function isRead(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isTypeNode(parent) || ts.isTypeElement(parent) || ts.isTypeQueryNode(parent) || ts.isQualifiedName(parent))
    return false
  return (
    !(ts.isDeclarationStatement(parent) || 'name' in parent) || ('initializer' in parent && parent.initializer === node)
  )
}

function ambientOf(node: ts.Node, bound: () => ReadonlySet<string>): string | undefined {
  if (ts.isNewExpression(node) && nameOf(node.expression) === 'Date' && !node.arguments?.length) return 'new Date()'
  if (ts.isCallExpression(node) && nameOf(node.expression) === 'Date') return 'Date()'
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    const name = nameOf(node)
    return name && (onMember.has(name) || onItsOwn.has(name)) ? name : undefined
  }
  if (ts.isIdentifier(node) && onItsOwn.has(node.text) && !bound().has(node.text) && isRead(node)) return node.text
  const taken = ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer
  const owner = taken ? nameOf(taken) : undefined
  if (!owner || !ts.isVariableDeclaration(node) || !ts.isObjectBindingPattern(node.name)) return undefined
  return node.name.elements
    .map((element) => `${owner}.${(element.propertyName ?? element.name).getText()}`)
    .find((name) => onMember.has(name))
}

/** Names that the file itself binds (a parameter called `fetch` is the injected one). */
function bindingsOf(file: ts.SourceFile): Set<string> {
  const names = new Set<string>()
  const walk = (node: ts.Node) => {
    const binds = ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isBindingElement(node)
    if (
      (binds || ts.isFunctionDeclaration(node) || ts.isImportSpecifier(node)) &&
      node.name &&
      ts.isIdentifier(node.name)
    )
      names.add(node.name.text)
    ts.forEachChild(node, walk)
  }
  walk(file)
  return names
}

/** Reads one file's imports of every form (static, dynamic, export from, type) and the surroundings it touches. */
export function readSource(path: string, text: string): SourceFacts {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const facts: SourceFacts = { references: [], ambients: [] }
  let bindings: Set<string> | undefined
  const bound = () => {
    bindings ??= bindingsOf(file)
    return bindings
  }
  const lineOf = (node: ts.Node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
  const walk = (node: ts.Node) => {
    const reference = referenceOf(node)
    if (reference) facts.references.push({ ...reference, line: lineOf(node) })
    const name = ambientOf(node, bound)
    if (name) facts.ambients.push({ name, line: lineOf(node) })
    ts.forEachChild(node, walk)
  }
  walk(file)
  return facts
}
