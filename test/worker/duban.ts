import { mkdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Response as Answer, Miniflare, type MiniflareOptions, type Request as Outgoing } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from 'wrangler'
import { buildWorker } from '../../build.worker.ts'
import { openD1 } from '../../db/d1.ts'
import { migrationsTable } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import type { Sealing } from '../../db/sealing.ts'
import type { Store } from '../../db/store.ts'
import { bindingOf, worker as d1Worker } from '../db/d1-binding.ts'
import { createFakeLark, freeLark, freeLarkEnv, larkConfig } from '../fakes/lark.ts'
import { wecomBotConfig } from '../fakes/wecom.ts'
import { createFakeWecomApp, wecomAppConfig } from '../fakes/wecom-app.ts'
import type { Wire } from '../fakes/wire.ts'

/** Everything comes to a Worker through the edge: nobody reads its figures without a token. */
const METRICS_TOKEN = 'figures-of-the-worker'
export const reader = { headers: { authorization: `Bearer ${METRICS_TOKEN}` } }

const root = new URL('../../', import.meta.url)
const file = (path: string) => readFile(new URL(path, root), 'utf8')

const built = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'duban-worker-'))
  const { outputs } = await buildWorker(folder)
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
  const modules = await Promise.all(
    Object.entries(outputs).map(async ([path, { imports }]) => ({
      name: nameOf(path),
      contents: await readFile(join(folder, nameOf(path)), 'utf8'),
      /** What is loaded with it; what it loads by and by is left out. */
      needs: imports.filter(({ kind }) => kind === 'import-statement').map(({ path: other }) => nameOf(other)),
    })),
  )
  await rm(folder, { recursive: true })
  const packages = Object.values(outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  )
  return { modules, packages: [...new Set(packages)] }
}

let made: ReturnType<typeof built> | undefined

/** The Worker as it is deployed, by build.worker.ts: its modules, and the packages that went in; made once. */
export const bundle = (): ReturnType<typeof built> => {
  made ??= built()
  return made
}

/** The modules as miniflare takes them, the entry first. */
export const modulesOf = async () => {
  const { modules } = await bundle()
  const entry = ({ name }: { name: string }) => (name === 'worker.js' ? 0 : 1)
  return [...modules]
    .sort((a, b) => entry(a) - entry(b))
    .map(({ name, contents }) => ({ type: 'ESModule' as const, path: name, contents }))
}

/** What wrangler makes of wrangler.toml, so that the tests run on what is deployed; it wants the console's folder to be there. */
export const deployed = () => {
  mkdirSync(new URL('dist/web', root), { recursive: true })
  return workerOptionsOf(new URL('wrangler.toml', root).pathname).workerOptions
}

/** `wrangler d1 migrations apply`: the files of the folder, and a note of each. */
export const applyMigrations = async (binding: D1Database): Promise<void> => {
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
  /** The open platform of Lark, as the Worker's calls reach it. */
  fake: ReturnType<typeof createFakeLark>
  wecom: ReturnType<typeof createFakeWecomApp>
  /** What lies in the bucket. */
  files(): Promise<string[]>
  /** Posts from outside, over a real port; at the doors of the office of that name, where there are several. */
  post(wire: Wire, signal?: AbortSignal, office?: string): Promise<Response>
  get(path: string, init?: RequestInit): Promise<Response>
  /** The cron trigger. */
  minute(): Promise<void>
  /** The words of what reached the platform since the last look, once there are `n`. */
  heard(n: number): Promise<string[]>
  /** The same of WeCom's members. */
  told(n: number): Promise<string[]>
  /** What the Worker wrote to its console. */
  lines: string[]
  /** Started anew with other variables, on the same database. */
  again(variables: Record<string, string>): Promise<void>
  stop(): Promise<void>
}

export const wecomAppVariables = {
  WECOM_CORP_ID: wecomAppConfig.corpId,
  WECOM_AGENT_ID: wecomAppConfig.agentId,
  WECOM_SECRET: wecomAppConfig.secret,
  WECOM_TOKEN: wecomAppConfig.token,
  WECOM_AES_KEY: wecomAppConfig.aesKey,
  WECOM_API_BASE: wecomAppConfig.apiBase,
}

export const wecomBotVariables = {
  WECOM_BOT_ID: wecomBotConfig.botId,
  WECOM_BOT_TOKEN: wecomBotConfig.token,
  WECOM_BOT_AES_KEY: wecomBotConfig.aesKey,
  WECOM_API_BASE: wecomBotConfig.apiBase,
}

export const larkVariables = {
  LARK_APP_ID: larkConfig.appId,
  LARK_APP_SECRET: larkConfig.appSecret,
  LARK_ENCRYPT_KEY: larkConfig.encryptKey,
  LARK_VERIFICATION_TOKEN: larkConfig.verificationToken,
  LARK_DOMAIN: larkConfig.domain,
  ...freeLarkEnv,
}

/** What has come since the last look, once there are `n`; after five seconds what there is. */
const since = <T>(sent: readonly T[], wordsOf: (one: T) => string) => {
  let looked = 0
  return async (n: number): Promise<string[]> => {
    for (let tries = 0; sent.length < looked + n && tries < 500; tries++)
      await new Promise((done) => setTimeout(done, 10))
    const words = sent.slice(looked).map(wordsOf)
    looked = sent.length
    return words
  }
}

interface RunOptions {
  migrated?: boolean
  slowBy?: number
  assets?: string
  /** As which the test itself is at the database. */
  sealing?: Sealing
}

/** The Worker in workerd with a D1 of its own; every call that it makes to the outside lands at a fake open platform. */
export const runWorker = async (
  variables: Record<string, string>,
  { migrated = true, slowBy = 0, assets, sealing }: RunOptions = {},
): Promise<Running> => {
  const clock = { now: new Date(variables.DUBAN_NOW ?? 0) }
  const fake = createFakeLark(freeLark, () => clock.now)
  const wecom = createFakeWecomApp(wecomAppConfig, () => clock.now)
  const lines: string[] = []
  const modules = await modulesOf()
  const { compatibilityDate, compatibilityFlags, assets: pages } = deployed()
  const versions = { compatibilityDate: compatibilityDate ?? 'not in wrangler.toml', compatibilityFlags }
  const databases = { d1Databases: { DB: 'duban' } }
  const outside = async (request: Outgoing): Promise<Answer> => {
    const body = request.method === 'GET' ? {} : { body: await request.arrayBuffer() }
    if (slowBy > 0) await new Promise((done) => setTimeout(done, slowBy))
    const headers = Object.fromEntries(request.headers)
    const platform = new URL(request.url).origin === wecomAppConfig.apiBase ? wecom : fake
    const answer = await platform.fetch(request.url, { method: request.method, headers, ...body })
    return new Answer(await answer.arrayBuffer(), {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
    })
  }
  const options = (given: Record<string, string>): MiniflareOptions => ({
    handleRuntimeStdio: (out: Readable, err: Readable) => {
      for (const stream of [out, err]) stream.on('data', (part: unknown) => lines.push(String(part)))
    },
    workers: [
      {
        name: 'duban',
        modules,
        ...versions,
        ...databases,
        r2Buckets: { FILES: 'files' },
        ...(assets !== undefined && pages && { assets: { ...pages, directory: assets } }),
        bindings: { TZ_OFFICE: 'Asia/Shanghai', METRICS_TOKEN, ...given },
        outboundService: outside,
      },
      { name: 'd1', modules: true, script: d1Worker, ...databases, routes: ['http://d1/*'], ...versions },
    ],
  })
  const miniflare = new Miniflare(options(variables))
  let url = await miniflare.ready
  const binding = bindingOf(miniflare, 'DB')
  if (migrated) await applyMigrations(binding)
  return {
    store: openD1(binding, sealing),
    fake,
    wecom,
    files: async () => {
      const bucket = await miniflare.getR2Bucket('FILES', 'duban')
      return (await bucket.list()).objects.map(({ key }) => key)
    },
    lines,
    post: ({ url: to, headers, body }, signal, office) => {
      const { pathname, search } = new URL(to)
      const at = new URL(`${pathname}${office === undefined ? '' : `/${office}`}${search}`, url)
      return fetch(at, { method: 'POST', headers, body, ...(signal && { signal }) })
    },
    get: (path, init) => fetch(new URL(path, url), init),
    minute: async () => {
      const worker = await miniflare.getWorker('duban')
      await worker.scheduled({ cron: '* * * * *' })
    },
    heard: since(fake.sent, ({ card }) => JSON.stringify(card)),
    told: since(wecom.sent, ({ words }) => words),
    again: async (given) => {
      clock.now = new Date(given.DUBAN_NOW ?? 0)
      await miniflare.setOptions(options(given))
      url = await miniflare.ready
    },
    stop: () => miniflare.dispose(),
  }
}
