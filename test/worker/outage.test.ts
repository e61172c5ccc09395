import { Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLarkAdapter } from '../../adapters/lark/index.ts'
import { isConflict, isOutage } from '../../db/conflict.ts'
import { openD1 } from '../../db/d1.ts'
import { migrations } from '../../db/migrations/index.ts'
import { createApp } from '../../src/http/app.ts'
import { bindingOf, worker } from '../db/d1-binding.ts'
import { createFakeLark, freeLark } from '../fakes/lark.ts'
import { toRequest } from '../fakes/wire.ts'
import { accounts } from '../town/members.ts'
import { openTownOn } from '../town/platform.ts'

/** What Cloudflare documents as passing, and its bounds on what is stored. */
const passing = [
  'D1 DB reset because its code was updated.',
  'Internal error while starting up D1 DB storage caused object to be reset.',
  'Network connection lost.',
  'Internal error in D1 DB storage caused object to be reset.',
  'Cannot resolve D1 DB due to transient issue on remote node.',
  "Can't read from request stream because client disconnected.",
  'D1 DB storage operation exceeded timeout which caused object to be reset.',
  'D1 DB is overloaded. Requests queued for too long.',
  'D1 DB is overloaded. Too many requests queued.',
  "D1 DB's isolate exceeded its memory limit and was reset.",
  'D1 DB exceeded its CPU time limit and was reset.',
  'Exceeded maximum DB size',
]

describe('what D1 says when it cannot', () => {
  it('is an outage, with its prefix and without', () => {
    for (const message of passing)
      for (const said of [message, `D1_ERROR: ${message}`]) {
        expect(isOutage(new Error(said)), said).toBe(true)
        expect(isOutage(new Error('Failed query', { cause: new Error(said) })), said).toBe(true)
        expect(isConflict(new Error(said)), said).toBe(false)
      }
  })

  it('is told from our own mistakes, whatever people’s words stand in an error', () => {
    for (const said of [
      'D1_ERROR: no such table: tasks: SQLITE_ERROR',
      'D1_ERROR: UNIQUE constraint failed: receipts.id: SQLITE_CONSTRAINT',
      'Failed query: insert into facts … params: D1 DB is overloaded. Network connection lost.',
      'D1_ERROR: too many SQL variables at offset 3: SQLITE_ERROR',
    ])
      expect(isOutage(new Error(said)), said).toBe(false)
  })
})

describe('a message that comes while D1 is out', () => {
  let miniflare: Miniflare
  beforeAll(() => {
    miniflare = new Miniflare({ modules: true, script: worker, d1Databases: ['DB'], compatibilityDate: '2026-03-17' })
  })
  afterAll(() => miniflare.dispose())

  it('is answered 503, and answered once when it comes again, even where the batch went through and its answer was lost', async () => {
    const real = bindingOf(miniflare, 'DB')
    await real.batch(migrations.sqlite.flatMap(({ statements }) => statements.map((sql) => real.prepare(sql))))
    let out: 'no' | 'before' | 'after' = 'no'
    const flaky = {
      prepare: (sql: string) => real.prepare(sql),
      batch: async (statements: D1PreparedStatement[]) => {
        if (out === 'before') throw new Error('D1_ERROR: D1 DB is overloaded. Requests queued for too long.')
        const results = await real.batch(statements)
        if (out === 'after') throw new Error('Network connection lost.')
        return results
      },
    }
    const store = openD1(flaky as unknown as D1Database)
    const { fake, town, adapter } = await openTownOn(store.of('default'), 'lark', (now) => {
      const made = createFakeLark(freeLark, now)
      return { fake: made, adapter: createLarkAdapter(freeLark, { fetch: made.fetch, now }) }
    })
    town.on('2017-08-15')
    const lines: unknown[] = []
    const { deps } = town
    const app = createApp({ door: () => ({ adapter, deps }), offices: () => [deps], log: (line) => lines.push(line) })
    const wire = fake.says({ from: accounts.finance, chat: 'oc_work', text: '1-2 7月的正在办', at: true })
    for (const when of ['before', 'after', 'no'] as const) {
      out = when
      const response = await app.request(toRequest(wire))
      await deps.settled()
      expect([when, response.status]).toEqual([when, when === 'no' ? 200 : 503])
    }
    expect(lines).toMatchObject([{ outcome: 'outage' }, { outcome: 'outage' }])
    expect(JSON.stringify(lines)).not.toContain('正在办')
    const { t, q } = deps.store
    const progressed = (await q.select({ kind: t.facts.kind }).from(t.facts)).filter(
      ({ kind }) => kind === 'progressed',
    )
    expect(progressed).toHaveLength(1)
    expect(fake.sent).toHaveLength(1)
  }, 60_000)
})
