import { describe, expect, it } from 'vitest'
import type { Duty, DutySeed } from '../../src/model/duty.ts'
import { addedEffect } from '../../src/plan/effects.ts'

describe("everyone's work of a re-issued plan", () => {
  const seed = (demand: number, round: string): DutySeed => ({
    ...{ task: '共性', unit: '甲', role: 'lead', demand, round, dueOn: round, dueAt: null },
    ...{ provisional: false, state: 'open', times: 1, named: true },
  })
  const held = (demand: number, round: string): Duty => ({
    ...seed(demand, round),
    ...{ id: `${demand} ${round}`, plan: '公开25', ord: 0, dueAt: null, claimBy: null, disclaimed: false, approved: 0 },
    ...{
      reportedOn: null,
      closedOn: null,
      setDueOn: null,
      owedOn: round,
      late: false,
      ...{ acceptedOn: null, asked: null, firstDueOn: null, before: null, clearedOn: null, proofs: [], parts: [] },
      archivedOn: null,
    },
  })
  const context = { today: '2025-04-01', claimBy: '2025-04-15', waivedBefore: new Set<string>() }

  it('opens the rounds that are new, keeps those that stand, and waives those that are gone', () => {
    const duties = [held(0, '2025-06-30'), held(1, '2025-11-30')]
    const effect = addedEffect(duties, [seed(0, '2025-06-30'), seed(1, '2025-12-20')], context)
    expect(effect.opened).toEqual([seed(1, '2025-12-20')])
    expect(effect.waived).toEqual([duties[1]])
  })
})
