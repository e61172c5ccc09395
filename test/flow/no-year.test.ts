import { describe, expect, it } from 'vitest'
import { importPlan, releasePlan } from '../../src/flow/import.ts'
import { parse } from '../../src/plan/parse.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'

const office = officesOf('no-year')
const text = `云溪市政务服务提升工作任务分工

一、优化办事流程
1. 编制一次办好事项清单，每月公布办理情况。（牵头单位：市财政局）
2. 年底前完成自助终端布设。（牵头单位：市教育局）
`

describe('a plan whose text names no year', () => {
  it('is not released, in one line that says what would be right; the draft stays', async () => {
    const town = await openTown(office())
    const bytes = new TextEncoder().encode(text)
    const draft = parse(bytes)
    expect(draft.document.year).toBe(0)
    const stamp = { by: 'admin:test', via: `test:${town.deps.newId()}`, at: town.deps.now() }
    const { plan } = await importPlan(town.deps, draft, bytes, stamp)
    await expect(releasePlan(town.deps, plan, stamp)).rejects.toThrow(/没有写明是哪一年.*2-1号的时限.*再导入一次/)
    const { view } = await town.deps.cache(town.deps.store)
    expect(view.plans.find(({ id }) => id === plan)?.state).toBe('draft')
  })
})
