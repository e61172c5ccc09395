import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { oneLocale } from './build.locale.mjs'
import { outside } from './deploy/outside.mjs'

// node build.mjs [ENTRY [OUT]] → OUT/cli.js, the threads' files, and their chunks (src/cli.ts → dist). The Worker is built by build.worker.ts.
const root = dirname(fileURLToPath(import.meta.url))
const [entry = 'src/cli.ts', out = 'dist'] = process.argv.slice(2)
const outdir = resolve(root, out)

// The benches' alone.
const atWork = ['miniflare', 'esbuild', 'wrangler']

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
      const contents = text.replaceAll('import.meta.url', `new URL(${from}, import.meta.url).href`)
      return { contents, loader: 'ts', resolveDir: dirname(path) }
    })
  },
}

await rm(outdir, { recursive: true, force: true })
const { metafile } = await build({
  metafile: true,
  absWorkingDir: root,
  // What is run in a thread is a file of its own.
  entryPoints: {
    cli: entry,
    'reader-thread': 'src/node/reader-thread.ts',
    'send-thread': 'src/node/send-thread.ts',
  },
  outdir,
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
  sourcemap: 'external',
  external: [...outside, ...atWork],
  plugins: [sourceUrls, oneLocale],
  logLevel: 'warning',
  // Bundled CommonJS packages ask for Node's own modules by `require`.
  banner: {
    js: `import{createRequire as __nodeRequire}from'node:module';const require=__nodeRequire(import.meta.url);`,
  },
})
await chmod(resolve(outdir, 'cli.js'), 0o755)

// Which packages are in it, by their folders: whoever hands it on hands on their licences too.
const folders = Object.keys(metafile.inputs).map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
const bundled = [...new Set(folders.filter(Boolean))].sort()
await writeFile(resolve(outdir, 'bundled.json'), `${JSON.stringify(bundled, null, 2)}\n`)
