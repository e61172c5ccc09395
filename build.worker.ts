import { rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { oneLocale } from './build.locale.mjs'

// npm run build:worker [-- OUT] → OUT/worker.js and its chunks (dist/worker): what `wrangler deploy` uploads as it is. The
// tests build by the same function, so they run what is deployed.
const root = dirname(fileURLToPath(import.meta.url))

/**
 * Builds the Worker into `outdir`, which is emptied first. What only some requests need (readers of files, PDF.js, the
 * writers of Word and Excel) lies in chunks of its own, so that a cold start does not run it.
 */
export const buildWorker = async (outdir: string) => {
  await rm(outdir, { recursive: true, force: true })
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { worker: 'src/worker.ts' },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*'],
    define: { 'process.env.NODE_ENV': '"production"' },
    // Names stay as they are: an error in the log says where it came from.
    minifyWhitespace: true,
    minifySyntax: true,
    metafile: true,
    plugins: [oneLocale],
    logLevel: 'warning',
  })
  return metafile
}

const [program, outdir = 'dist/worker'] = process.argv.slice(1)
if (program === fileURLToPath(import.meta.url)) void buildWorker(resolve(root, outdir))
