import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { readSource, type SourceFacts } from './source.ts'

/** Files by their path from the repository's root (`src/time/day.ts`) with their text. */
export type Files = ReadonlyMap<string, string>

interface Layer {
  /** A folder, or one file. */
  at: string
  /** Folders and files that it may import besides its own. */
  may: string[]
  /** Files of which it may import types only. */
  types?: string[]
  /** Clock, chance, network, environment and Node itself come in as parameters. */
  pure?: boolean
}

const reading = ['src/model', 'src/time', 'src/unit']
const registers = ['src/clock', 'src/register', 'src/annual']
const answering = [...reading, ...registers, 'src/plan', 'src/chat', 'src/score', 'db']

/** The import law. A file of the program that lies in no layer breaks it: a new folder needs a line here. */
const law: Layer[] = [
  { at: 'src/model', may: [], pure: true },
  { at: 'src/time', may: ['src/model'], pure: true },
  { at: 'src/unit', may: ['src/model'], pure: true },
  { at: 'src/plan', may: reading, pure: true },
  { at: 'src/chat', may: reading, pure: true },
  // The other clocks: statutory time limits, the registers that run by them, the report that counts them.
  { at: 'src/clock', may: ['src/model', 'src/time'], pure: true },
  { at: 'src/register', may: [...reading, 'src/clock'], pure: true },
  { at: 'src/annual', may: [...reading, 'src/clock', 'src/register'], pure: true },
  // What a unit's work is worth in points, and papers as documents.
  { at: 'src/score', may: reading, pure: true },
  { at: 'src/paper', may: ['src/model'] },
  { at: 'db', may: ['src/model'] },
  { at: 'adapters', may: ['src/model'] },
  { at: 'src/draw', may: ['src/model'] },
  { at: 'commands', may: answering, pure: true },
  { at: 'src/flow', may: [...answering, 'src/paper', 'commands', 'adapters/adapter.ts', 'src/log.ts'] },
  { at: 'src/http/shapes', may: ['src/model'], pure: true },
  {
    at: 'src/http',
    may: [...reading, 'src/flow', 'adapters/adapter.ts', 'commands/command.ts', 'db', 'src/log.ts'],
    types: ['src/config.ts'],
  },
  { at: 'src/config.ts', may: ['src/config', 'src/model'] },
  { at: 'src/config', may: ['src/model'] },
  { at: 'src/log.ts', may: ['src/model'] },
  { at: 'src/ids.ts', may: [], pure: true },
  { at: 'src/ask-model.ts', may: ['src/model', 'src/log.ts', 'adapters/body.ts'] },
  { at: 'src/platforms.ts', may: ['adapters', 'src/model'], types: ['src/config.ts'] },
  // The browser's side: what it shares with the server is what things are and the shapes that go over the wire.
  { at: 'web', may: ['src/model', 'src/http/shapes'], types: ['src/http'] },
]

/** What is put together here may use everything. */
const entries = [
  'src/node.ts',
  'src/node-deps.ts',
  'src/office-deps.ts',
  'src/node',
  'src/worker.ts',
  'src/worker',
  'src/cli.ts',
  'src/cli',
]
const seeingEnvironment = ['src/config.ts', 'src/node.ts', 'src/node', 'src/worker.ts', 'src/cli.ts', 'src/cli']
const program = ['src', 'adapters', 'commands', 'db', 'web']

const within = (path: string, place: string) => path === place || path.startsWith(`${place}/`)
const withinAny = (path: string, places: string[]) => places.some((place) => within(path, place))
const layerOf = (path: string) => law.find((layer) => within(path, layer.at))

/** `adapters/lark/decode.ts`, `adapters/lark/render-card.ts`, `adapters/lark/render/list.ts` are pure; the rest of an adapter is not. */
const isPure = (path: string) => layerOf(path)?.pure || /^adapters\/.+\/(decode|render)[-./]/.test(path)
const isBuiltin = (to: string) => to.startsWith('node:') || builtinModules.includes(to)

/** What an adapter may load only out of `*.node.ts`, for everything else of it runs on Workers too. */
const needsNode = (from: string, to: string) =>
  within(from, 'adapters') && !from.endsWith('.node.ts') && (isBuiltin(to) || to === 'ws' || to.endsWith('.node.ts'))

/** `lark` of `adapters/lark/index.ts`, the empty text of a shared file directly under `adapters`. */
const adapterOf = (path: string) => (path.split('/').length > 2 ? path.split('/')[1] : '')

function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  if (withinAny(from, entries)) return withinAny(to, program)
  const layer = layerOf(from)
  if (!layer) return false
  if (layer.at === 'adapters' && within(to, 'adapters')) return ['', adapterOf(from)].includes(adapterOf(to))
  return within(to, layer.at) || withinAny(to, layer.may) || (typeOnly && withinAny(to, layer.types ?? []))
}

const targetOf = (path: string, to: string) => posix.normalize(posix.join(posix.dirname(path), to))

function brokenImports(path: string, facts: SourceFacts): string[] {
  return facts.references.flatMap(({ to, line, typeOnly }) => {
    if (to !== undefined && !typeOnly && needsNode(path, to)) return [`${path}:${line} may not import ${to}`]
    if (to === undefined)
      return withinAny(path, entries) ? [] : [`${path}:${line} imports what cannot be read off the text`]
    if (!to.startsWith('.')) return isPure(path) && isBuiltin(to) ? [`${path}:${line} may not import ${to}`] : []
    const target = targetOf(path, to)
    return mayImport(path, target, typeOnly) ? [] : [`${path}:${line} may not import ${target}`]
  })
}

function brokenAmbients(path: string, facts: SourceFacts): string[] {
  const banned = (name: string) => (isPure(path) ? true : name === 'process' && !withinAny(path, seeingEnvironment))
  return facts.ambients
    .filter(({ name }) => banned(name))
    .map(({ name, line }) => `${path}:${line} may not use ${name}`)
}

/** Files that reach each other, wherever they lie in more than one folder (Tarjan's strongly connected components). */
function cyclesAcrossFolders(imports: ReadonlyMap<string, string[]>): string[] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const found: string[] = []
  const visit = (path: string) => {
    order.set(path, order.size)
    low.set(path, order.get(path) ?? 0)
    open.push(path)
    for (const next of imports.get(path) ?? []) {
      if (!order.has(next)) visit(next)
      if (open.includes(next)) low.set(path, Math.min(low.get(path) ?? 0, low.get(next) ?? 0))
    }
    if (low.get(path) !== order.get(path)) return
    const circle = open.splice(open.indexOf(path))
    const folders = new Set(circle.map((file) => posix.dirname(file)))
    if (folders.size > 1) found.push(`a circle across folders: ${circle.sort().join(', ')}`)
  }
  for (const path of imports.keys()) if (!order.has(path)) visit(path)
  return found
}

/** Every breach of the law as one line, `file:line may not import …`; none where it holds. */
export function breaches(files: Files): string[] {
  const paths = [...files.keys()].filter((path) => withinAny(path, program)).sort()
  const homeless = paths
    .filter((path) => !layerOf(path) && !withinAny(path, entries))
    .map((path) => `${path} is in no layer`)
  const read = new Map(paths.map((path) => [path, readSource(path, files.get(path) ?? '')]))
  const single = [...read].flatMap(([path, facts]) => [...brokenImports(path, facts), ...brokenAmbients(path, facts)])
  const imports = new Map(
    [...read].map(([path, { references }]) => [
      path,
      references.flatMap(({ to }) => (to?.startsWith('.') ? [targetOf(path, to)] : [])).filter((to) => files.has(to)),
    ]),
  )
  return [...homeless, ...single, ...cyclesAcrossFolders(imports)]
}
