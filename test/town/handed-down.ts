import type { Deps } from '../../src/flow/deps.ts'
import { addedWrites } from '../../src/flow/opened.ts'
import { type AboveFact, aboveRegister } from '../../src/model/above.ts'
import type { Body } from '../../src/model/fact.ts'
import { classId } from '../../src/unit/id.ts'

/** 上级17-1, as it stands in an office's ledger once the office above has handed it down; the other side is not there. */
export const handDown = async (deps: Deps): Promise<void> => {
  const dueOn = '2017-09-30'
  const fact: AboveFact = {
    ...{ on: '2017-08-01', office: 'province', duty: 'duty-above', version: 1, code: '公开17-9-2', round: dueOn },
    ...{ state: 'open', dueOn, what: 'new' },
  }
  const task = {
    ...{
      plan: aboveRegister('2017'),
      number: '1',
      text: '公布本级财政专项资金管理清单',
      proofs: [],
      lead: [],
      support: [],
    },
    deadlines: [{ kind: 'date' as const, by: dueOn, raw: '上级要求的时限' }],
    source: '云岭省：公开17-9-2',
    above: { fact: fact as unknown as Body, secret: false },
    seeds: [
      {
        ...{ unit: classId('本级各单位'), role: 'lead' as const, demand: 0, round: dueOn, dueOn, dueAt: null },
        ...{ provisional: false, state: 'unclaimed' as const, times: 1, named: false },
      },
    ],
  }
  const stamp = { by: 'duban', via: 'above:province', at: deps.now() }
  await deps.store.atomic((q) => addedWrites(deps, q, [task], stamp))
}
