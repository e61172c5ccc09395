import { describe, expect, it } from 'vitest'
import { disclosureRules } from '../../src/clock/rules/disclosure.ts'
import { ruleOn } from '../../src/clock/rules/rule.ts'
import type { ClockEvent } from '../../src/clock/run.ts'
import { ran, saidClock } from './said.ts'

/*
 * What happens to the answer of an application, worked by hand. A pause counts the day of asking and not that of the reply;
 * what is left is counted from the day after the reply.
 */
const NEW = '政府信息公开条例（2019年修订）'
const OLD = '政府信息公开条例（2007年）'

type Happening = [does: ClockEvent['does'], at: string]

/** The events of an answer clock by the rules of the day of receipt. */
const course = (happenings: readonly Happening[]): ClockEvent[] => {
  const rules = ruleOn(disclosureRules, happenings[0]?.[1] ?? '')
  const { answer, extension, thirdParty, supplement } = rules
  return happenings.map(([does, at]): ClockEvent => {
    switch (does) {
      case 'extend':
        return { event: '延长答复期限', at, does, span: extension.span, basis: extension.basis }
      case 'pause':
        return { event: '征求第三方意见', at, does, basis: thirdParty.uncounted ?? thirdParty.basis }
      case 'resume':
        return { event: '收到第三方意见', at, does, basis: thirdParty.uncounted ?? thirdParty.basis }
      case 'restart':
        return { event: '收到补正', at, does, basis: supplement.restart }
      case 'lapse':
        return { event: '逾期不补正', at, does, basis: supplement.givenUp ?? supplement.restart }
      case 'end':
        return { event: '答复', at, does, basis: answer.basis }
      default:
        return { event: '收到申请', at, does, span: answer.span, basis: answer.basis }
    }
  })
}

const steps = (happenings: readonly Happening[], now?: string) => saidClock(ran(course(happenings), now))

describe('an extension', () => {
  it('by the 2007 rules begins where the fifteen end', () => {
    expect(
      steps([
        ['start', '2017-09-20'],
        ['extend', '2017-10-13'],
      ])[1],
    ).toBe(
      `2017-10-13 延长答复期限 | ${OLD}第二十四条第二款 | 15工作日 | 2017-11-07 | 周末10-21~10-22 周末10-28~10-29 周末11-04~11-05`,
    )
  })

  it('by the 2019 rules begins where the twenty end', () => {
    expect(
      steps([
        ['start', '2019-09-25'],
        ['extend', '2019-10-24'],
      ])[1],
    ).toBe(
      `2019-10-24 延长答复期限 | ${NEW}第三十三条第二款 | 20工作日 | 2019-11-25 | 周末11-02~11-03 周末11-09~11-10 周末11-16~11-17 周末11-23~11-24`,
    )
  })

  it('over Spring Festival', () => {
    // 26–30 | 2–6 | 9–13 14 班 | 24–27
    expect(
      steps([
        ['start', '2025-12-25'],
        ['extend', '2026-01-20'],
      ])[1],
    ).toBe(
      `2026-01-20 延长答复期限 | ${NEW}第三十三条第二款 | 20工作日 | 2026-02-27 | 周末01-24~01-25 周末01-31~02-01 周末02-07~02-08 春节02-15~02-23 | 调休上班02-14`,
    )
  })

  it('that is decided while others are asked adds to what is left', () => {
    // 22 23 24 counted, 17 left, and 20: 10-16 17 | 20–24 | 27–31 | 11-03–07 | 10–14 | 17–21 | 24–28 | 12-01–05
    expect(
      steps([
        ['start', '2025-09-19'],
        ['pause', '2025-09-24'],
        ['extend', '2025-10-10'],
        ['resume', '2025-10-15'],
      ]),
    ).toEqual([
      `2025-09-19 收到申请 | ${NEW}第三十三条第二款 | 20工作日 | 2025-10-23 | 周末09-20~09-21 周末09-27 国庆节10-01~10-05 中秋节10-06 国庆节10-07~10-08 周末10-12 周末10-18~10-19 | 调休上班09-28 调休上班10-11`,
      `2025-09-24 征求第三方意见 | ${NEW}第三十三条第三款 | 17工作日 | 不计时`,
      `2025-10-10 延长答复期限 | ${NEW}第三十三条第二款 | 20工作日 | 不计时`,
      `2025-10-15 收到第三方意见 | ${NEW}第三十三条第三款 | 37工作日 | 2025-12-05 | 周末10-18~10-19 周末10-25~10-26 周末11-01~11-02 周末11-08~11-09 周末11-15~11-16 周末11-22~11-23 周末11-29~11-30 |  | 停11`,
    ])
  })

  it('and then a third party is asked', () => {
    // after the extension 10-15…11-11; asked on 10-21, 15 are left: 31 | 1 | 4–8 | 11–15 | 18 19 20
    expect(
      steps([
        ['start', '2024-09-10'],
        ['extend', '2024-10-11'],
        ['pause', '2024-10-21'],
        ['resume', '2024-10-30'],
      ]).slice(1),
    ).toEqual([
      `2024-10-11 延长答复期限 | ${NEW}第三十三条第二款 | 20工作日 | 2024-11-11 | 周末10-19~10-20 周末10-26~10-27 周末11-02~11-03 周末11-09~11-10`,
      `2024-10-21 征求第三方意见 | ${NEW}第三十三条第三款 | 15工作日 | 不计时`,
      `2024-10-30 收到第三方意见 | ${NEW}第三十三条第三款 | 15工作日 | 2024-11-20 | 周末11-02~11-03 周末11-09~11-10 周末11-16~11-17 |  | 停7`,
    ])
  })
})

describe('asking others', () => {
  it('stops the twenty days over National Day', () => {
    // 10 11 12 16 counted; 17–20, 23–27, 29 30, 8–10 not; then 11 | 12 班 | 14–18 | 21–25 | 28–31
    expect(
      steps([
        ['start', '2019-09-09'],
        ['pause', '2019-09-16'],
        ['resume', '2019-10-10'],
      ]),
    ).toEqual([
      `2019-09-09 收到申请 | ${NEW}第三十三条第二款 | 20工作日 | 2019-10-12 | 中秋节09-13~09-15 周末09-21~09-22 周末09-28 国庆节10-01~10-07 | 调休上班09-29 调休上班10-12`,
      `2019-09-16 征求第三方意见 | ${NEW}第三十三条第三款 | 16工作日 | 不计时`,
      `2019-10-10 收到第三方意见 | ${NEW}第三十三条第三款 | 16工作日 | 2019-10-31 | 周末10-13 周末10-19~10-20 周末10-26~10-27 | 调休上班10-12 | 停14`,
    ])
  })

  it('stops them over Labour Day', () => {
    expect(
      steps([
        ['start', '2024-04-22'],
        ['pause', '2024-04-25'],
        ['resume', '2024-05-08'],
      ])[2],
    ).toBe(
      `2024-05-08 收到第三方意见 | ${NEW}第三十三条第三款 | 17工作日 | 2024-05-30 | 周末05-12 周末05-18~05-19 周末05-25~05-26 | 调休上班05-11 | 停7`,
    )
  })

  it('of two at once stops them until both have replied', () => {
    const asked = steps([
      ...([
        ['start', '2023-11-01'],
        ['pause', '2023-11-08'],
        ['pause', '2023-11-10'],
      ] satisfies Happening[]),
      ...([
        ['resume', '2023-11-15'],
        ['resume', '2023-11-20'],
      ] satisfies Happening[]),
    ])
    expect(asked.slice(1)).toEqual([
      `2023-11-08 征求第三方意见 | ${NEW}第三十三条第三款 | 15工作日 | 不计时`,
      `2023-11-10 征求第三方意见 | ${NEW}第三十三条第三款 |  | 不计时`,
      `2023-11-15 收到第三方意见 | ${NEW}第三十三条第三款 |  | 不计时`,
      `2023-11-20 收到第三方意见 | ${NEW}第三十三条第三款 | 15工作日 | 2023-12-11 | 周末11-25~11-26 周末12-02~12-03 周末12-09~12-10 |  | 停8`,
    ])
  })

  it('on the day of receipt leaves all of them', () => {
    expect(
      steps([
        ['start', '2025-06-03'],
        ['pause', '2025-06-03'],
        ['resume', '2025-06-20'],
      ])[2],
    ).toBe(
      `2025-06-20 收到第三方意见 | ${NEW}第三十三条第三款 | 20工作日 | 2025-07-18 | 周末06-21~06-22 周末06-28~06-29 周末07-05~07-06 周末07-12~07-13 |  | 停13`,
    )
  })

  it('on the last day leaves none: the answer is due with the reply', () => {
    expect(
      steps([
        ['start', '2025-06-03'],
        ['pause', '2025-07-01'],
        ['resume', '2025-07-10'],
      ]).slice(1),
    ).toEqual([
      `2025-07-01 征求第三方意见 | ${NEW}第三十三条第三款 | 0工作日 | 不计时`,
      `2025-07-10 收到第三方意见 | ${NEW}第三十三条第三款 | 0工作日 | 2025-07-10 |  |  | 停7`,
    ])
  })

  it('after the last day changes nothing', () => {
    expect(
      steps([
        ['start', '2025-06-03'],
        ['pause', '2025-07-02'],
        ['resume', '2025-07-10'],
      ]).slice(1),
    ).toEqual([
      `2025-07-02 征求第三方意见 | ${NEW}第三十三条第三款 |  | 2025-07-01`,
      `2025-07-10 收到第三方意见 | ${NEW}第三十三条第三款 |  | 2025-07-01`,
    ])
  })

  it('that is not answered yet says how long it has taken so far', () => {
    // 22 23 24 | 28 29 30 | 8 9 | 10 班 | 12
    const clock = ran(
      course([
        ['start', '2026-09-16'],
        ['pause', '2026-09-21'],
      ]),
      '2026-10-12',
    )
    expect(saidClock(clock)[1]).toBe(
      `2026-09-21 征求第三方意见 | ${NEW}第三十三条第三款 | 16工作日 | 不计时 |  |  | 停10`,
    )
    expect(clock).toMatchObject({ state: 'paused', due: null })
  })

  it('by the 2007 rules, over Spring Festival', () => {
    // 6 | 9 10 counted; 11–13, 16–20, 22 班, 23–26, 3, 4 班, 6 not; then 7–10 | 13–17 | 20 21 22
    expect(
      steps([
        ['start', '2017-01-05'],
        ['pause', '2017-01-10'],
        ['resume', '2017-02-06'],
      ]),
    ).toEqual([
      `2017-01-05 收到申请 | ${OLD}第二十四条第二款 | 15工作日 | 2017-01-25 | 周末01-07~01-08 周末01-14~01-15 周末01-21 | 调休上班01-22`,
      `2017-01-10 征求第三方意见 | ${OLD}第二十四条第三款 | 12工作日 | 不计时`,
      `2017-02-06 收到第三方意见 | ${OLD}第二十四条第三款 | 12工作日 | 2017-02-22 | 周末02-11~02-12 周末02-18~02-19 |  | 停16`,
    ])
  })
})

describe('a supplement', () => {
  it('has the twenty days counted anew from its receipt', () => {
    expect(
      steps([
        ['start', '2025-01-20'],
        ['pause', '2025-01-22'],
        ['restart', '2025-02-10'],
      ]),
    ).toEqual([
      `2025-01-20 收到申请 | ${NEW}第三十三条第二款 | 20工作日 | 2025-02-21 | 周末01-25 春节01-28~02-04 周末02-09 周末02-15~02-16 | 调休上班01-26 调休上班02-08`,
      `2025-01-22 征求第三方意见 | ${NEW}第三十三条第三款 | 18工作日 | 不计时`,
      `2025-02-10 收到补正 | ${NEW}第三十条 | 20工作日 | 2025-03-10 | 周末02-15~02-16 周末02-22~02-23 周末03-01~03-02 周末03-08~03-09`,
    ])
  })

  it('and a third party asked thereafter', () => {
    // from 09-19: 20–23 | 26–30 | 8 班 9 班 10–14 | 17–20. Asked on 22, 17 left from 10-13: 13 14 | 17–21 | 24–28 | 31 1–4
    expect(
      steps([
        ['start', '2022-09-05'],
        ['restart', '2022-09-19'],
        ['pause', '2022-09-22'],
        ['resume', '2022-10-12'],
      ]),
    ).toEqual([
      `2022-09-05 收到申请 | ${NEW}第三十三条第二款 | 20工作日 | 2022-10-09 | 中秋节09-10~09-12 周末09-17~09-18 周末09-24~09-25 国庆节10-01~10-07 | 调休上班10-08~10-09`,
      `2022-09-19 收到补正 | ${NEW}第三十条 | 20工作日 | 2022-10-20 | 周末09-24~09-25 国庆节10-01~10-07 周末10-15~10-16 | 调休上班10-08~10-09`,
      `2022-09-22 征求第三方意见 | ${NEW}第三十三条第三款 | 17工作日 | 不计时`,
      `2022-10-12 收到第三方意见 | ${NEW}第三十三条第三款 | 17工作日 | 2022-11-04 | 周末10-15~10-16 周末10-22~10-23 周末10-29~10-30 |  | 停11`,
    ])
  })

  it('that does not come gives the application up', () => {
    const clock = ran(
      course([
        ['start', '2024-03-01'],
        ['pause', '2024-03-05'],
        ['lapse', '2024-03-29'],
      ]),
    )
    expect(clock).toMatchObject({ state: 'lapsed', due: null })
    expect(saidClock(clock)[2]).toBe(`2024-03-29 逾期不补正 | ${NEW}第三十条 |  | 不计时`)
  })
})

describe('an answer', () => {
  it('ends the clock, with the day by which it was due', () => {
    const clock = ran(
      course([
        ['start', '2024-09-10'],
        ['end', '2024-10-14'],
      ]),
    )
    expect(clock).toMatchObject({ state: 'ended', due: null })
    expect(saidClock(clock)[1]).toBe(`2024-10-14 答复 | ${NEW}第三十三条第二款 |  | 2024-10-14`)
  })

  it('cannot be extended afterwards', () => {
    const clock = ran(
      course([
        ['start', '2024-09-10'],
        ['end', '2024-10-14'],
        ['extend', '2024-10-15'],
      ]),
    )
    expect(clock).toMatchObject({ state: 'ended', due: null })
  })
})
