import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { build } from 'esbuild'
import { Response as Answer, Miniflare, type MiniflareOptions, type Request as Outgoing } from 'miniflare'
import { openD1 } from '../../db/d1.ts'
import { migrationsTable } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import type { Store } from '../../db/store.ts'
import { bindingOf, worker as d1Worker } from '../db/d1-binding.ts'
import { createFakeLark, freeLark, freeLarkEnv, larkConfig } from '../fakes/lark.ts'
import type { Wire } from '../fakes/wire.ts'

const root = new URL('../../', import.meta.url)
const file = (path: string) => readFile(new URL(path, root), 'utf8')

const bundled = async () => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root.pathname,
    entryPoints: ['src/worker.ts'],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const [output] = Object.values(metafile.outputs)
  const packages = Object.keys(output?.inputs ?? {}).flatMap(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
  )
  const imports = (output?.imports ?? []).filter(({ kind }) => kind === 'import-statement').map(({ path }) => path)
  return { script: outputFiles[0]?.text ?? '', packages: [...new Set(packages)], imports }
}

let made: ReturnType<typeof bundled> | undefined

/** src/worker.ts in one file, as wrangler makes it, the packages that went in, and what it needs at its start; made once. */
export const bundle = (): ReturnType<typeof bundled> => {
  made ??= bundled()
  return made
}

/** What wrangler.toml says of the runtime, so that the tests run on what is deployed. */
const runtime = async () => {
  const toml = await file('wrangler.toml')
  const flags = /^compatibility_flags = \[(.*)\]/m.exec(toml)?.[1] ?? ''
  return {
    compatibilityDate: /^compatibility_date = "([\d-]+)"/m.exec(toml)?.[1] ?? 'not in wrangler.toml',
    compatibilityFlags: [...flags.matchAll(/"(\w+)"/g)].flatMap(([, flag]) => flag ?? []),
  }
}

/** What wrangler.toml says of the static assets, as wrangler hands it on; they lie in `directory` here. */
const assetsIn = async (directory: string) => {
  const toml = await file('wrangler.toml')
  const [, section = ''] = /^\[assets\]\n([^[]*(?:\[[^\]\n]*\][^[]*)?)/m.exec(toml) ?? []
  const unfound = /^not_found_handling = "(single-page-application|404-page|none)"/m.exec(section)?.[1]
  const first = /^run_worker_first = \[(.*)\]/m.exec(section)?.[1] ?? ''
  return {
    directory,
    assetConfig: { not_found_handling: unfound as 'single-page-application' | '404-page' | 'none' },
    routerConfig: {
      has_user_worker: true,
      static_routing: { user_worker: [...first.matchAll(/"([^"]+)"/g)].flatMap(([, path]) => path ?? []) },
    },
  }
}

/** `wrangler d1 migrations apply`: the files of the folder, and a note of each. */
const applyMigrations = async (binding: D1Database): Promise<void> => {
  const note = `create table if not exists ${migrationsTable} (id integer primary key autoincrement, name text unique,
    applied_at timestamp default current_timestamp not null)`
  await binding.batch([binding.prepare(note)])
  for (const { name } of migrations.sqlite) {
    const sql = await file(`db/migrations/sqlite/${name}`)
    const statements = sql.split('--> statement-breakpoint').map((statement) => binding.prepare(statement))
    await binding.batch([...statements, binding.prepare(`insert into ${migrationsTable} (name) values (?)`).bind(name)])
  }
}

export interface Running {
  store: Store
  fake: ReturnType<typeof createFakeLark>
  /** Posts from outside, over a real port. */
  post(wire: Wire, signal?: AbortSignal): Promise<Response>
  get(path: string, init?: RequestInit): Promise<Response>
  /** The cron trigger. */
  minute(): Promise<void>
  /** The words of the cards that reached the platform since the last look, once there are `n`. */
  heard(n: number): Promise<string[]>
  /** What the Worker wrote to its console. */
  lines: string[]
  /** Started anew with other variables, on the same database. */
  again(variables: Record<string, string>): Promise<void>
  stop(): Promise<void>
}

export const larkVariables = {
  LARK_APP_ID: larkConfig.appId,
  LARK_APP_SECRET: larkConfig.appSecret,
  LARK_ENCRYPT_KEY: larkConfig.encryptKey,
  LARK_VERIFICATION_TOKEN: larkConfig.verificationToken,
  LARK_DOMAIN: larkConfig.domain,
  ...freeLarkEnv,
}

/** The Worker in workerd with a D1 of its own; every call that it makes to the outside lands at a fake open platform. */
export const runWorker = async (
  variables: Record<string, string>,
  { migrated = true, slowBy = 0, assets }: { migrated?: boolean; slowBy?: number; assets?: string } = {},
): Promise<Running> => {
  const clock = { now: new Date(variables.DUBAN_NOW ?? 0) }
  const fake = createFakeLark(freeLark, () => clock.now)
  const lines: string[] = []
  const { script } = await bundle()
  const versions = await runtime()
  const pages = assets === undefined ? {} : { assets: await assetsIn(assets) }
  const databases = { d1Databases: { DB: 'duban' } }
  const outside = async (request: Outgoing): Promise<Answer> => {
    const body = request.method === 'GET' ? {} : { body: await request.text() }
    if (slowBy > 0) await new Promise((done) => setTimeout(done, slowBy))
    const headers = Object.fromEntries(request.headers)
    const answer = await fake.fetch(request.url, { method: request.method, headers, ...body })
    return new Answer(await answer.text(), { status: answer.status, headers: Object.fromEntries(answer.headers) })
  }
  const options = (given: Record<string, string>): MiniflareOptions => ({
    handleRuntimeStdio: (out: Readable, err: Readable) => {
      for (const stream of [out, err]) stream.on('data', (part: unknown) => lines.push(String(part)))
    },
    workers: [
      {
        name: 'duban',
        modules: [{ type: 'ESModule', path: 'worker.js', contents: script }],
        ...versions,
        ...databases,
        ...pages,
        bindings: { TZ_OFFICE: 'Asia/Shanghai', ...given },
        outboundService: outside,
      },
      { name: 'd1', modules: true, script: d1Worker, ...databases, routes: ['http://d1/*'], ...versions },
    ],
  })
  const miniflare = new Miniflare(options(variables))
  let url = await miniflare.ready
  const binding = bindingOf(miniflare, 'DB')
  if (migrated) await applyMigrations(binding)
  let looked = 0
  return {
    store: openD1(binding),
    fake,
    lines,
    post: ({ url: to, headers, body }, signal) =>
      fetch(new URL(new URL(to).pathname, url), { method: 'POST', headers, body, ...(signal && { signal }) }),
    get: (path, init) => fetch(new URL(path, url), init),
    minute: async () => {
      const worker = await miniflare.getWorker('duban')
      await worker.scheduled({ cron: '* * * * *' })
    },
    heard: async (n) => {
      for (let tries = 0; fake.sent.length < looked + n && tries < 500; tries++)
        await new Promise((done) => setTimeout(done, 10))
      const cards = fake.sent.slice(looked).map(({ card }) => JSON.stringify(card))
      looked = fake.sent.length
      return cards
    },
    again: async (given) => {
      clock.now = new Date(given.DUBAN_NOW ?? 0)
      await miniflare.setOptions(options(given))
      url = await miniflare.ready
    },
    stop: () => miniflare.dispose(),
  }
}
