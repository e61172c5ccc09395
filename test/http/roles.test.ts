import { beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../src/model/person.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('roles')
const roles = ['liaison', 'head', 'leader', 'office', 'admin'] as const
type Member = Exclude<Role, 'unknown'>

const everyone = [...roles]
/** Who reads all units: leaders see what is released, of every unit. */
const readers: Member[] = ['leader', 'office', 'admin']
/** Review, bind, import, release, export, subscriptions, audit: the office's alone. */
const officers: Member[] = ['office', 'admin']

/**
 * Who may call what, written out by hand: the document of the API must say the same, so that a change of roles is a
 * decision and no slip. A new route needs its line. Where everyone may call, what they are given is their own: a liaison
 * and a head their units' rows, a leader and the office all; the tests of each part prove that.
 */
const table: Record<string, readonly Member[] | 'public'> = {
  // Signing in, and one's own sessions.
  'get /me': everyone,
  'post /session/link': 'public',
  'post /session': 'public',
  'delete /session': everyone,
  'get /session/ways': 'public',
  'get /session/{way}': 'public',
  'get /session/{way}/callback': 'public',
  'get /sessions': everyone,
  'get /sessions/all': officers,
  'delete /sessions/others': everyone,
  'delete /sessions/{id}': everyone,
  // What the chat can do too: the same words ask for the same rights there and here.
  'post /act': everyone,
  // Reading, each within their scope.
  'get /overview': everyone,
  'get /overview/themes': everyone,
  'get /overview/calendar': everyone,
  'get /overview/moved': everyone,
  'get /overview/provisional': everyone,
  'get /ledger': everyone,
  'get /ledger/choices': everyone,
  'get /duties/{id}': everyone,
  'post /duties/{id}/links/check': everyone,
  'get /evidence/{id}/file': everyone,
  'get /ledger/export': officers,
  // 考核: a unit reads its own lines, gives its own score and objects; all else is the office's.
  'get /assessments': everyone,
  'post /assessments/read': officers,
  'post /assessments': officers,
  'get /assessments/{id}': everyone,
  'put /assessments/{id}/rules': officers,
  'post /assessments/{id}/step': officers,
  'get /assessments/{id}/units/{unit}': everyone,
  'post /assessments/{id}/scores': ['liaison', 'head', ...officers],
  'get /assessments/{id}/export': officers,
  // 报数: a unit reads and enters its own figures; the office all, and the area's.
  'get /tallies': everyone,
  'get /tallies/export': officers,
  'get /tallies/units/{unit}': everyone,
  'put /tallies/units/{unit}': ['liaison', ...officers],
  // 年度报告: read by who reads all units, filled in by the office.
  'get /annual': readers,
  'get /annual/behind': readers,
  'post /annual': officers,
  'get /annual/docx': readers,
  // Plans: read by who reads all units, made by the office.
  'get /plans': readers,
  'get /plans/{id}': readers,
  'get /plans/{id}/lines': readers,
  'get /plans/{id}/file': readers,
  'post /plans/upload': officers,
  'get /plans/jobs/{id}': officers,
  'post /plans/jobs/{id}/difference': officers,
  'post /plans/jobs/{id}/apply': officers,
  'post /plans/{id}/answer': officers,
  'patch /plans/{id}/tasks/{number}': officers,
  'post /plans/{id}/tasks': officers,
  'post /plans/{id}/tasks/{number}/drop': officers,
  'patch /plans/{id}/head': officers,
  'post /plans/{id}/deadline': officers,
  'post /plans/{id}/outlook': officers,
  'post /plans/{id}/release': officers,
  'post /plans/{id}/close': officers,
  'get /plans/{id}/ending': officers,
  'get /plans/{id}/following': officers,
  'post /plans/{id}/following': officers,
  // Papers: each reads what is theirs; leaders sign for themselves; a draft asks for the rights of the chat's.
  'get /papers': everyone,
  'post /papers': everyone,
  'put /papers/settings': officers,
  'get /papers/{id}': everyone,
  'get /papers/{id}/docx': everyone,
  'post /papers/{id}/redraft': officers,
  'post /papers/{id}/submit': officers,
  'post /papers/{id}/sign': readers,
  'post /papers/{id}/void': officers,
  'post /papers/{id}/push': officers,
  'get /rectifications': everyone,
  'get /talks': everyone,
  'post /talks': officers,
  // The registers: each reads their units' cases, and does what each deed says whose it is.
  'get /registers': everyone,
  'get /cases': everyone,
  'post /cases': everyone,
  'get /cases/export': officers,
  'get /cases/{id}': everyone,
  'post /cases/{id}/deeds': everyone,
  'get /cases/{id}/notices/{kind}': officers,
  // What waits for the office's word.
  'get /review': officers,
  'post /review': officers,
  // The roster: names and telephone numbers are nobody else's to read.
  'get /roster/units': officers,
  'post /roster/units': officers,
  'put /roster/units/{id}': officers,
  'get /roster/file': officers,
  'post /roster/file': officers,
  'post /roster/successions/preview': officers,
  'post /roster/successions': officers,
  'get /roster/people': officers,
  'post /roster/people': officers,
  'put /roster/people/{id}': officers,
  'post /roster/people/{id}/remove': officers,
  'post /roster/people/{id}/code': officers,
  'post /roster/people/{id}/unbind': officers,
  'put /roster/people/{id}/absence': officers,
  'get /roster/rooms': officers,
  'put /roster/rooms': officers,
  'post /roster/rooms/unbind': officers,
  'post /roster/rooms/robot': officers,
  // Subscriptions and what was sent.
  'get /pushes/accounts': officers,
  'get /pushes/messages': officers,
  'get /pushes/ahead': officers,
  'get /pushes/preview': officers,
  'get /pushes/subscriptions': officers,
  'get /pushes/settings': officers,
  'put /pushes/settings': officers,
  'get /pushes/retention': officers,
  'put /pushes/retention': officers,
  'get /pushes/registers': officers,
  'put /pushes/registers': officers,
  'get /pushes/noise': officers,
  // Who did what, and whether the ledger is whole.
  'get /audit': officers,
  'get /audit/choices': officers,
  'post /audit/export': officers,
  'get /audit/check': officers,
  'post /audit/check': officers,
  'get /audit/seals': officers,
  'post /audit/seals/export': officers,
}

interface Operation {
  method: string
  path: string
  roles: readonly Member[] | 'public' | undefined
}

const methods = ['get', 'post', 'put', 'patch', 'delete']

let web: ReturnType<typeof openConsole>
let operations: Operation[]
let cookies: Record<Member | 'nobody', string | undefined>

beforeAll(async () => {
  const { deps } = await openTown(office())
  web = openConsole(deps)
  const { body } = await web.nobody.get('/openapi.json')
  operations = Object.entries(body.paths as Record<string, Record<string, { 'x-roles'?: Operation['roles'] }>>).flatMap(
    ([path, item]) =>
      Object.entries(item)
        .filter(([method]) => methods.includes(method))
        .map(([method, operation]) => ({ method, path, roles: operation['x-roles'] })),
  )
  const unit = (role: Member) => (role === 'liaison' || role === 'head' ? ['市财政局'] : [])
  const signedIn = async (role: Member) => [role, (await web.as(role, ...unit(role))).cookie] as const
  cookies = {
    ...(Object.fromEntries(await Promise.all(roles.map(signedIn))) as Record<Member, string>),
    nobody: undefined,
  }
})

/** A path with something in its places that is nothing's id. */
const filled = (path: string): string => path.replace(/\{[^}]+\}/g, 'nothing')

const name = ({ method, path }: Operation): string => `${method} ${path}`
const isUnsafe = ({ method }: Operation): boolean => method !== 'get'

describe('every route', () => {
  it('says whose it is, as the table does', () => {
    expect(Object.fromEntries(operations.map((one) => [name(one), one.roles]))).toEqual(table)
  })

  it.each([...roles, 'nobody' as const])('lets %s through or not, exactly as it says, and never fails', async (who) => {
    // Signing out comes last: nobody is signed in after it.
    const order = [...operations].sort(
      (a, b) => Number(name(a) === 'delete /session') - Number(name(b) === 'delete /session'),
    )
    for (const operation of order) {
      const { method, path, roles: allowed } = operation
      const body = isUnsafe(operation) && method !== 'delete' ? {} : undefined
      const { status } = await web.call(method.toUpperCase(), filled(path), cookies[who], body)
      const may = allowed === 'public' || (who !== 'nobody' && allowed?.includes(who))
      const expected = may ? [false, false] : who === 'nobody' ? [true, false] : [false, true]
      expect([name(operation), status === 401, status === 403, status >= 500]).toEqual([
        name(operation),
        ...expected,
        false,
      ])
    }
  })

  it('that changes something refuses what another site could send', async () => {
    const { cookie } = await web.as('admin')
    const send = (operation: Operation, headers: Record<string, string>) =>
      web.app.request(`http://duban.test/api${filled(operation.path)}`, {
        method: operation.method.toUpperCase(),
        headers: { cookie: `duban=${cookie}`, 'content-type': 'application/json', ...headers },
        ...(operation.method !== 'delete' && { body: '{}' }),
      })
    const own = { 'x-duban': 'console' }
    const foreign: Record<string, string>[] = [
      {},
      { origin: 'http://duban.test' },
      { ...own, origin: 'https://evil.example' },
      { ...own, origin: 'null' },
      { ...own, origin: 'http://duban.test.evil.example' },
      { ...own, 'sec-fetch-site': 'cross-site' },
      { ...own, 'sec-fetch-site': 'same-site' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'multipart/form-data; boundary=x' },
    ]
    for (const operation of operations.filter(isUnsafe))
      for (const headers of foreign)
        expect([name(operation), headers, (await send(operation, headers)).status]).toEqual([
          name(operation),
          headers,
          403,
        ])
    const { status } = await web.call('GET', '/me', cookie)
    expect(status).toBe(200)
    const mine = await send(
      { method: 'delete', path: '/session', roles: everyone },
      { ...own, origin: 'http://duban.test' },
    )
    expect(mine.status).toBe(200)
  })
})
