import { execFileSync } from 'node:child_process'
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { oneLocale } from './build.locale.mjs'
import { outside } from './deploy/outside.mjs'

// node build.mjs [ENTRY [OUT]] → OUT/cli.js, the threads' files, and their chunks (src/cli.ts → dist). The Worker is built by build.worker.ts.
const root = dirname(fileURLToPath(import.meta.url))
const program = 'src/cli.ts'
const [entry = program, out = 'dist'] = process.argv.slice(2)
const outdir = resolve(root, out)

// The benches' alone.
const atWork = ['miniflare', 'esbuild', 'wrangler']
const beside = new Set([...outside, ...atWork])

/**
 * Files beside the source (migrations, examples) are found by `import.meta.url`. In the bundle it keeps meaning the
 * source file, so that one path is right under tsx and in dist; all chunks therefore lie directly in the output folder.
 */
const sourceUrls = {
  name: 'source-urls',
  setup({ onLoad }) {
    onLoad({ filter: /\.m?ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      if (path.includes('node_modules') || !text.includes('import.meta.url')) return undefined
      const from = JSON.stringify(relative(outdir, path))
      const contents = text.replaceAll(
        'import.meta.url',
        `require('node:url').pathToFileURL(require('node:path').join(__dirname, ${from})).href`,
      )
      return { contents, loader: 'ts', resolveDir: dirname(path) }
    })
  },
}

// What is run in a thread is a program of its own.
const programs = {
  cli: entry,
  'reader-thread': 'src/node/reader-thread.ts',
  'send-thread': 'src/node/send-thread.ts',
}

await rm(outdir, { recursive: true, force: true })
const { metafile, outputFiles } = await build({
  metafile: true,
  absWorkingDir: root,
  entryPoints: programs,
  outdir,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  minifyWhitespace: true,
  minifySyntax: true,
  // Where a thread's file lies, from the root: `import.meta.url` means the source.
  define: { 'import.meta.out': JSON.stringify(relative(root, outdir)) },
  external: [...beside],
  plugins: [sourceUrls, oneLocale],
  logLevel: 'warning',
  write: false,
})

// V8 keeps what it compiled of scripts, not of ES modules (src/node/chunks.mjs), and esbuild splits ES modules alone: so it
// splits first, and turns each chunk into a script then.

/** Chunks load chunks by `require`; what is no chunk may be an ES module, and goes by the `import()` of the loader. */
const asScript = async ({ text }) => {
  const named = text.replace(/\bimport\("([^"]+)"\)/g, (whole, name) =>
    beside.has(name) ? `__import("${name}")` : whole,
  )
  const { code } = await transform(named, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    supported: { 'dynamic-import': false },
  })
  return code
}

await mkdir(outdir, { recursive: true })
await Promise.all(outputFiles.map(async (chunk) => writeFile(chunk.path, await asScript(chunk))))
await copyFile(resolve(root, 'src/node/chunks.mjs'), resolve(outdir, 'chunks.mjs'))
for (const name of Object.keys(programs))
  await copyFile(resolve(root, 'src/node/program.mjs'), resolve(outdir, `${name}.js`))
await chmod(resolve(outdir, 'cli.js'), 0o755)
// Its log is told only where it fails. One that never answers is ended, and not asked to end: a server that has not begun
// may not hear it.
if (entry === program)
  execFileSync(process.execPath, [resolve(root, 'build.cache.mjs'), outdir], {
    ...{ stdio: 'pipe', encoding: 'utf8', timeout: 60_000, killSignal: 'SIGKILL' },
  })

// Which packages are in it, by their folders: whoever hands it on hands on their licences too.
const folders = Object.keys(metafile.inputs).map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
const bundled = [...new Set(folders.filter(Boolean))].sort()
await writeFile(resolve(outdir, 'bundled.json'), `${JSON.stringify(bundled, null, 2)}\n`)
