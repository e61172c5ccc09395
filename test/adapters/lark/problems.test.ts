import { describe, expect, it } from 'vitest'
import { DEAD_TOKEN, larkProblem } from '../../../adapters/lark/problems.ts'
import type { DeliveryError } from '../../../src/model/problem.ts'

/** The platform's table of errors, class by class. 230018 and 230035 are a group's own rules or a mute, which end. */
const classes: [reason: DeliveryError['reason'], codes: number[]][] = [
  ['later', [99991400, 230020, 230049, 18121, 11232, 11233, 11247, 1500, 2200, 5000, 10101]],
  ['forbidden', [99991672, 99991401, 99991403, 230006, 230027, 10014, 230018, 230035]],
  ['gone', [230002, 232009, 230013, 230029, 230034, 230038, 230053, 99992361]],
  ['malformed', [230001, 230019, 230022, 230025, 230028, 230054, 230071, 230072, 230099, 99992402]],
  ['malformed', [230011, 230031, 234043]],
]

describe('errors of Lark', () => {
  it.each(classes.flatMap(([reason, codes]) => codes.map((code) => [code, reason] as const)))(
    '%d is %s, whatever the status',
    (code, reason) => {
      for (const status of [200, 400, 403, 500]) expect(larkProblem(status, code, null).reason).toBe(reason)
    },
  )

  it('has one class for each code, and a new token for a dead one', () => {
    const codes = classes.flatMap(([, some]) => some)
    expect(new Set([...codes, ...DEAD_TOKEN]).size).toBe(codes.length + 5)
    expect([...DEAD_TOKEN].sort()).toEqual([20005, 99991661, 99991663, 99991664, 99991665])
  })

  it('waits as long as it is told, and only then', () => {
    expect(larkProblem(429, 99991400, '7').after).toBe(7000)
    expect(larkProblem(429, 99991400, 'soon').after).toBeUndefined()
    expect(larkProblem(400, 230002, '7').after).toBeUndefined()
  })

  it('says for the administrator what to do, and nothing of what was sent', () => {
    const body = { code: 99991672, msg: 'x', error: { permission_violations: [{ subject: 'im:message' }] } }
    expect(larkProblem(400, 99991672, null, body).message).toBe(
      'lark 400 code 99991672：应用缺少权限 im:message：开发者后台“权限管理”开通，再“版本管理与发布”发布新版本',
    )
    expect(larkProblem(400, 230001, null, { msg: 'your text 张三 is wrong' }).message).toBe('lark 400 code 230001')
  })
})
