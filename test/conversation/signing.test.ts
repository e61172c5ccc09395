import { describe, expect, it } from 'vitest'
import { createConsoleAdapter } from '../../adapters/console/index.ts'
import { tick } from '../../src/flow/tick.ts'
import { settle } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { openTown, type Town } from '../town/town.ts'

const nextOffice = officesOf('signing')

const town = async (day: string): Promise<Town> => {
  const opened = await openTown(nextOffice())
  opened.on(day)
  return opened
}

describe('签收', () => {
  it('of all, said to the bot alone where nothing was just issued, asks for numbers and signs nothing', async () => {
    const t = await town('2017-07-12')
    const unit = t.as('liaison:市财政局')
    ;(await unit.says('全部签收')).hears(/请写明编号/, /没有登记/)
    expect((await unit.says('收到')).text).toBe('')
    ;(await t.as('office').says('市财政局未签收的任务')).hears(/公开17-1-2/)
  })

  it('by number signs the unit’s own rounds, once', async () => {
    const t = await town('2017-07-12')
    const unit = t.as('liaison:市财政局')
    ;(await t.as('office').says('市财政局未签收的任务')).hears(/公开17-1-2/)
    ;(await unit.says('签收1-2')).hears(/已签收/, /公开17-1-2/)
    ;(await unit.says('签收1-2')).hears(/已经签收/)
    ;(await t.as('office').says('市财政局未签收的任务')).misses(/公开17-1-2/)
    ;(await t.as('liaison:市审计局').says('签收1-2')).hears(/不是本单位的任务/)
  })

  it('of several numbers signs what is its own and tells the rest', async () => {
    const t = await town('2017-07-12')
    const unit = t.as('liaison:市财政局')
    ;(await unit.says('签收1-2、4-1')).hears(/已签收/, /公开17-1-2/, /不是本单位的任务/, /4-1 的责任单位是/)
    ;(await t.as('office').says('市财政局未签收的任务')).misses(/公开17-1-2/)
    ;(await unit.says('签收99')).hears(/没有这个编号/)
    ;(await t.as('liaison:市统计局').says('签收1-3')).hears(/已签收/, /三季度、四季度/)
  })

  it('what is closed needs no signature', async () => {
    const t = await town('2017-08-15')
    await t.as('liaison:市发改委').says('2-1已完成')
    await t.as('office').says('通过 2-1')
    ;(await t.as('liaison:市发改委').says('签收2-1')).hears(/不需要签收/, /办结/)
  })

  it('a bare 收到 after a person’s notice says and signs nothing', async () => {
    const t = await town('2017-07-12')
    const answer = await t.as('liaison:市财政局', 'oc_finance').says('收到')
    answer.misses(/./)
    ;(await t.as('office').says('市财政局未签收的任务')).hears(/公开17-1-2/)
  })

  it('a bare 收到 signs what the bot itself has just pushed into the room', async () => {
    const t = await town('2017-08-28')
    await settle(t, 'console')
    await tick({ ...t.deps, adapters: [createConsoleAdapter(() => undefined)] })
    ;(await t.as('liaison:市财政局', 'oc_finance').says('收到')).hears(/已签收/, /公开17-1-2/)
    t.on('2017-08-30')
    ;(await t.as('liaison:市审计局', 'oc_finance').says('收到')).misses(/./)
  })
})
