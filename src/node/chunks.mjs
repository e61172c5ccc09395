import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { Script } from 'node:vm'

/** What V8 made of the chunks, as the build left it beside them: its SHA-256, then a Map of names and code. */
const cacheIn = (folder) => join(folder, 'chunks.cache')
const digestOf = (bytes) => createHash('sha256').update(bytes).digest()

/** V8 looks at its version and flags, but ends the process at a byte that is wrong. */
const cacheOf = (folder) => {
  try {
    const bytes = readFileSync(cacheIn(folder))
    const map = bytes.subarray(32)
    return digestOf(map).equals(bytes.subarray(0, 32)) ? deserialize(map) : new Map()
  } catch {
    return new Map()
  }
}

/** A script has no `import()` of its own. */
const imported = (name) => import(name)

/** Named by its content, so that a name stands for one text: all but the programs. */
const isChunk = (name) => /-[0-9A-Z]{8}\.cjs$/.test(name)

/**
 * The chunks of the bundle in a folder, each run once, when it is first asked for; a program is run whenever it is. Compiling
 * them is much of what a start costs, so V8 takes what the build's V8 had made of them; another version compiles them itself.
 */
export const openChunks = (folder, cached = cacheOf(folder)) => {
  const packages = createRequire(join(folder, 'cli.js'))
  const modules = new Map()
  const scripts = new Map()

  const compile = (filename, name) => {
    const wrapped = `(function(exports,require,module,__filename,__dirname,__import){${readFileSync(filename, 'utf8')}\n})`
    // The name alone, because V8 writes it into the cache, and where it was built is nobody's business.
    const script = new Script(wrapped, { filename: name, cachedData: cached.get(name) })
    if (isChunk(name)) scripts.set(name, script)
    return script.runInThisContext()
  }
  const load = (name) => {
    const known = modules.get(name)
    if (known) return known.exports
    const filename = join(folder, name)
    const module = { exports: {} }
    if (isChunk(name)) modules.set(name, module)
    try {
      compile(filename, name).call(module.exports, module.exports, require, module, filename, folder, imported)
    } catch (error) {
      modules.delete(name)
      throw error
    }
    return module.exports
  }
  const require = Object.assign((id) => (id.startsWith('./') ? load(id.slice(2)) : packages(id)), {
    resolve: packages.resolve,
  })

  return {
    /** What a chunk exports. */
    load,
    /** Those that were run and that V8 compiled itself. */
    compiled: () => [...scripts].filter(([, script]) => script.cachedDataRejected !== false).map(([name]) => name),
    /** Leaves the code of all chunks that were run beside them, with the functions that were called. */
    keep: () => {
      const map = serialize(new Map([...scripts].map(([name, script]) => [name, script.createCachedData()])))
      writeFileSync(cacheIn(folder), Buffer.concat([digestOf(map), map]))
    },
  }
}
