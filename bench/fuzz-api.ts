import type { Store } from '../db/store.ts'
import { openSession } from '../src/flow/console/sign-in.ts'
import type { Deps } from '../src/flow/deps.ts'
import { importPlan, releasePlan } from '../src/flow/import.ts'
import { ensureOffice } from '../src/flow/office.ts'
import { applyRoster, personNamed, register } from '../src/flow/roster.ts'
import { verifyLedger } from '../src/flow/verify.ts'
import type { Role } from '../src/model/person.ts'
import { parse } from '../src/plan/parse.ts'
import { readPlanFile } from '../src/plan/parse-file.ts'
import { readRosterJson } from '../src/unit/roster.ts'
import { openConsole } from '../test/http/console.ts'
import { seeded, townDeps, ZONE } from '../test/town/deps.ts'
import { townPlan, townRoster } from '../test/town/plan.ts'

const NOW = new Date('2017-08-28T02:00:00Z')
const OWN = '市审计局'
const OTHER = '市财政局'
/** Said by one unit alone: whoever of another unit hears it hears what is not theirs. */
const SAID = '仅财政局知晓的办理说明'

type Schema = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}
interface Operation {
  method: string
  path: string
  params: { name: string; in: string; schema: Schema }[]
  json?: Schema
  form: boolean
  roles: readonly string[] | 'public'
}
interface Sent {
  method: string
  url: string
  body?: string | Uint8Array | FormData
  type?: string
}

const WILD: unknown[] = [
  null,
  -1,
  0,
  2 ** 31,
  2 ** 53,
  1e308,
  '',
  ' ',
  '\0',
  '\ud800',
  '😀',
  '%',
  "'; drop table facts --",
]
const WILDER: unknown[] = [
  '9'.repeat(3000),
  '<img src=x onerror=1>',
  '../../etc/passwd',
  [],
  {},
  [[[[]]]],
  true,
  '=1+1',
]
const DAYS = [
  '2017-08-28',
  '2017-12-31',
  '2016-02-29',
  '2017-02-30',
  '0000-00-00',
  '9999-12-31',
  '2017-01-01..2017-12-31',
]
const WORDS = [
  '公开',
  '已公开 http://a.gov.cn/1',
  '理由：依据不足',
  '每月5日前',
  '12月底前',
  '机密★1年',
  '帮助',
  '全部',
  '1',
  '2',
]

/** Values by what a schema says, one in ten of them anything else. */
const valuesOf = (random: () => number, known: readonly string[]) => {
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const text = (): string => one([one(known), one(known), one(DAYS), one(WORDS), `press-${Math.floor(random() * 1e9)}`])
  const wild = (): unknown => one([...WILD, ...WILDER])
  const made = (schema: Schema | undefined, depth = 0): unknown => {
    if (!schema || random() < 0.04) return wild()
    if (schema.const !== undefined) return schema.const
    if (schema.enum) return one(schema.enum)
    const choice = schema.oneOf ?? schema.anyOf
    if (choice) return made(one(choice), depth)
    const type = Array.isArray(schema.type) ? one(schema.type) : schema.type
    if (type === 'string') return text()
    if (type === 'integer' || type === 'number') return one([0, 1, 1, 2, 3, 17, 50, 500])
    if (type === 'boolean') return random() < 0.5
    if (type === 'array') return Array.from({ length: Math.floor(random() * 4) }, () => made(schema.items, depth + 1))
    if (schema.properties && depth < 6)
      return Object.fromEntries(
        Object.entries(schema.properties)
          .filter(([name]) => schema.required?.includes(name) || random() < 0.5)
          .map(([name, inner]) => [name, made(inner, depth + 1)]),
      )
    return {}
  }
  return { one, text, wild, made }
}

/** A request to an operation: mostly as its document says, some spoilt, a few no request at all. */
const requestTo = (values: ReturnType<typeof valuesOf>, random: () => number, to: Operation): Sent => {
  const { one, text, made } = values
  const put = (value: unknown): string =>
    encodeURIComponent(storableInUrl(typeof value === 'object' ? JSON.stringify(value) : String(value)))
  let path = to.path
  const query: string[] = []
  for (const { name, in: place, schema } of to.params) {
    if (place === 'path') path = path.replace(`{${name}}`, put(made(schema)) || 'x')
    else if (random() < 0.5) query.push(`${name}=${put(made(schema))}`)
  }
  if (random() < 0.02) query.push(`${put(text())}=${put(text())}`)
  const url = `http://duban.test/api${path}${query.length > 0 ? `?${query.join('&')}` : ''}`
  const method = to.method.toUpperCase()
  if (method === 'GET' || method === 'DELETE') return { method, url }
  if (to.path === '/plans/upload')
    return { method, url, body: new TextEncoder().encode(one([townPlan, '', '密级：机密', text()])) }
  if (to.form) {
    const form = new FormData()
    const file = one([JSON.stringify(townRoster), '{"level":"市","units":[]}', 'PK\u0003\u0004', '[', text()])
    if (random() < 0.95) form.set('file', new File([file], one(['r.json', 'r.xlsx', text()])))
    if (random() < 0.3) form.set('write', one(['0', '1', '99', text()]))
    return { method, url, body: form }
  }
  const body = JSON.stringify(made(to.json)) ?? ''
  const spoilt = random() < 0.03 ? body.slice(0, Math.floor(random() * body.length)) : body
  return {
    method,
    url,
    body: spoilt,
    type: random() < 0.98 ? 'application/json' : one(['text/plain', '', 'application/x-www-form-urlencoded']),
  }
}
/** `encodeURIComponent` takes no half of a pair. */
const storableInUrl = (text: string): string => text.replace(/\p{Cs}/gu, '?')

const stamp = (deps: Deps) => ({ by: 'admin:fuzz', via: `fuzz:${deps.newId()}`, at: deps.now() })

/** An office with a released plan, a draft, reports of a unit, and people of all roles who sign in again whenever they are out. */
const openOffice = async (store: Store) => {
  const deps = {
    ...townDeps(store.of('api'), { now: NOW }),
    publicUrl: 'http://duban.test',
    parseFile: readPlanFile,
    checkLink: async () => ({ outcome: 'open' as const, status: 200, why: '' }),
  }
  await ensureOffice(deps.store, { name: '云溪市', zone: ZONE })
  await applyRoster(deps, readRosterJson(townRoster), stamp(deps))
  const bytes = new TextEncoder().encode(townPlan)
  const { plan } = await importPlan(deps, parse(bytes), bytes, stamp(deps))
  await releasePlan(deps, plan, stamp(deps))
  const other = new TextEncoder().encode(townPlan.replaceAll('2017', '2018'))
  await importPlan(deps, parse(other), other, stamp(deps))
  const broken: string[] = []
  const http = openConsole(deps, {
    log: ({ event, status, error }) => {
      if (event === 'request' && status === 500) broken.push(JSON.stringify(error))
    },
  })
  const people = new Map<string, { person: string; cookie: string }>()
  /** The browser of somebody of that role, signed in anew where the last session is over or its person gone. */
  const signIn = async (role: Exclude<Role, 'unknown'>, unit?: string): Promise<{ person: string; cookie: string }> => {
    const name = `${role}${unit ?? ''}${people.size}`
    const { view } = await deps.cache(deps.store)
    const units = view.units.filter((one) => one.name === unit).map(({ id }) => id)
    const one = { name, role, units, charge: [], post: '' as const, mobile: '', identities: [] }
    await register(deps, { people: [one] }, stamp(deps))
    const person = (await personNamed(deps, name, role)) ?? ''
    const { cookie } = await openSession(deps, person, 'link', 'fuzz')
    people.set(person, { person, cookie })
    return { person, cookie }
  }
  return { deps, http, broken, signIn }
}

/** What the document of the API says there is to call. */
const operationsOf = async (http: ReturnType<typeof openConsole>): Promise<Operation[]> => {
  const { body } = await http.nobody.get('/openapi.json')
  return Object.entries(body.paths as Record<string, Record<string, Record<string, unknown>>>).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): Operation => {
      const content = (operation.requestBody as { content?: Record<string, { schema: Schema }> })?.content ?? {}
      const schema = content['application/json']?.schema
      return {
        ...{ method, path, params: (operation.parameters ?? []) as Operation['params'] },
        ...(schema && { json: schema }),
        form: content['multipart/form-data'] !== undefined,
        roles: operation['x-roles'] as Operation['roles'],
      }
    }),
  )
}

/**
 * Requests to every route of the console, most of them nearly right, with the cookie of each role: none breaks the server,
 * none tells a unit what another one said or has, and the ledger holds afterwards. @throws Error with the request
 */
export const fuzzApi = async (store: Store, runs: number, seed: number): Promise<string> => {
  const random = seeded(seed)
  const { deps, http, broken, signIn } = await openOffice(store)
  const operations = await operationsOf(http)
  const finance = await signIn('liaison', OTHER)
  const clerk = await signIn('office')
  const rows = async (cookie: string) => (await http.call('GET', '/ledger?limit=500', cookie)).body.rows as Row[]
  type Row = { id: string; code: string; text: string; unit: string }
  const mine = await signIn('liaison', OWN)
  const visible = await rows(mine.cookie)
  const owned = new Set(visible.map(({ id }) => id))
  const texts = new Set(visible.map(({ text }) => text))
  const all = await rows(clerk.cookie)
  const theirs = all.filter(({ id }) => !owned.has(id))
  const said = theirs.find(({ unit }) => unit === OTHER)
  const number = said?.code.split('-').slice(1).join('-')
  const report = {
    id: 'first-report',
    intent: { intent: 'report', tasks: [number] },
    text: `${SAID} http://a.gov.cn/1`,
  }
  await http.call('POST', '/act', finance.cookie, report)
  const told = await http.call('GET', `/duties/${said?.id}`, finance.cookie)
  if (!JSON.stringify(told.body).includes(SAID)) throw new Error('api: nobody hears what the other unit said')
  const { units } = (await http.call('GET', '/roster/units', clerk.cookie)).body
  const { plans } = (await http.call('GET', '/plans', clerk.cookie)).body
  const known = [
    ...all.flatMap(({ id, code }) => [id, `${id}@1`, `${id}@2`, code, code.split('-').slice(1).join('-')]),
    ...(units as { id: string; name: string }[]).flatMap(({ id, name }) => [id, name]),
    ...(plans as { id: string; code: string }[]).flatMap(({ id, code }) => [id, code]),
    ...[finance.person, clerk.person, mine.person],
  ]
  const values = valuesOf(random, known)
  const secret = [SAID, ...theirs.map(({ text }) => text).filter((text) => text.length > 12 && !texts.has(text))]
  const seen = new Map<number, number>()
  const failed = (why: string, who: string, { method, url, body }: Sent): Error =>
    new Error(`api: ${why}: ${who} ${method} ${url} ${typeof body === 'string' ? body.slice(0, 2000) : ''}`)

  const ask = async (
    who: string,
    cookie: string | undefined,
    sent: Sent,
  ): Promise<{ status: number; text: string }> => {
    const response = await http.app.request(sent.url, {
      method: sent.method,
      headers: {
        ...(sent.method !== 'GET' && { 'x-duban': 'console', origin: 'http://duban.test' }),
        ...(cookie && { cookie: `duban=${cookie}` }),
        ...(sent.type !== undefined && { 'content-type': sent.type }),
      },
      ...(sent.body !== undefined && { body: sent.body as NonNullable<RequestInit['body']> }),
    })
    const text = await response.text()
    seen.set(response.status, (seen.get(response.status) ?? 0) + 1)
    // Too many files at once is told as such.
    if (response.status >= 500 && !(response.status === 503 && sent.url.includes('/plans/upload')))
      throw failed(`${response.status} ${broken.join(' ')}`, who, sent)
    return { status: response.status, text }
  }

  /** Members in turn, each signed in anew when somebody's request has put them out. */
  const turns = async (members: readonly (readonly [Exclude<Role, 'unknown'>, string?])[], n: number, own: boolean) => {
    const signed = await Promise.all(members.map(([role, unit]) => signIn(role, unit)))
    for (let i = 0; i < n; i++) {
      const at = Math.floor(random() * (members.length + 0.05))
      const [role, unit] = members[at] ?? []
      // Mostly what they may call: the table of routes and roles is tested elsewhere.
      const may = operations.filter(({ roles }) => roles === 'public' || (role && roles.includes(role)))
      const sent = requestTo(values, random, values.one(random() < 0.05 ? operations : may))
      const { status, text } = await ask(role ?? 'nobody', signed[at]?.cookie, sent)
      if (status === 401 && role) signed[at] = await signIn(role, unit)
      const leaked = own && unit === OWN && status === 200 ? secret.find((words) => text.includes(words)) : undefined
      if (leaked !== undefined) throw failed(`tells “${leaked}”`, `${role} ${unit}`, sent)
      if (i % 50 === 0) await deps.settled()
    }
    await deps.settled()
  }
  const half = Math.floor(runs / 2)
  await turns(
    [
      ['liaison', OWN],
      ['head', OWN],
    ],
    half,
    true,
  )
  await turns([['office'], ['admin'], ['leader'], ['liaison', OWN], ['head', OTHER]], runs - half, false)
  const { broken: chains } = await verifyLedger(deps.store)
  if (chains.length > 0) throw new Error(`api: the ledger is broken: ${chains.slice(0, 5).join(' ')}`)
  const statuses = [...seen].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  return `api: ${runs} requests to ${operations.length} routes (${statuses.join(', ')}), nothing broke, nothing of another unit was told, the ledger holds`
}
