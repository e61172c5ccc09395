import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderText } from '../../adapters/console/index.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { compose } from '../../src/flow/compose.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { plannedPushes } from '../../src/flow/remind/queue.ts'
import { noShares, succeed } from '../../src/flow/succession.ts'
import { accounts, settle } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'

let store: Store
let town: Town
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  town = await openTown(store.of('yunxi'))
  await settle(town, 'lark')
  town.on('2017-08-15')
  const stamp = { by: 'admin:test', via: 'test:succeed', at: town.deps.now() }
  const request = { olds: ['市财政局'], heirs: ['市财政和国资局'], from: '2017-08-14', reason: '', shares: noShares }
  await succeed(town.deps, request, stamp)
})
afterAll(() => store.close())

let count = 0
/** Something said in the finance bureau's group on Lark. */
const inGroup = async (who: string, text: string) => {
  const place = { platform: 'lark' as const, route: 'cli_1' }
  const turn = await dispatch(town.deps, {
    ...place,
    id: `om_${++count}`,
    at: town.deps.now(),
    from: { id: who, name: '' },
    room: { ...place, kind: 'room', id: 'oc_finance' },
    addressed: true,
    text,
  })
  return { ...turn, text: turn.reply ? renderText(turn.reply) : '' }
}

describe('the people of a unit under a new name, in its group', () => {
  it('the liaison reports as before, and it counts for the new unit', async () => {
    const said = await inGroup(accounts.finance, '1-2 7月的已公开 http://czj.example.gov.cn/1')
    expect(said.text).toMatch(/已收到反馈/)
    const { rows } = await town.as('office').says('待审核的反馈')
    expect(rows.map(({ unit, task }) => [unit, task])).toEqual([['市财政和国资局', '1-2']])
  })

  it('asks by the old name and by the new one, and may read both', async () => {
    for (const name of ['市财政局', '市财政和国资局']) {
      const { text, rows } = await inGroup(accounts.finance, `${name}本月有哪些任务`)
      expect(rows.length).toBeGreaterThan(0)
      expect(/由市财政和国资局承接/.test(text)).toBe(name === '市财政局')
    }
    expect((await inGroup(accounts.finance, '市审计局本月有哪些任务')).text).toMatch(/不能查看其他单位/)
  })

  it('the office acts for it by either name', async () => {
    const said = await town.as('office').says('市财政局电话报：1-2 6月的已公开')
    said.hears(/市财政局自2017年8月14日起由市财政和国资局承接/, /已收到反馈/)
    ;(await town.as('office').says('通过 市财政局 1-2 7月')).hears(/审核通过/)
  })

  it('the weekly list of its group speaks of the new unit', async () => {
    town.on('2017-08-28')
    const planned = await plannedPushes(town.deps)
    const own = planned.find(({ address }) => address.id === 'oc_finance')
    const card = own && (await compose(town.deps, own.recipe))
    expect(card?.card.title).toMatch(/^市财政和国资局本周任务/)
  })
})
