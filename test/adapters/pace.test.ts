import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPace } from '../../adapters/pace.ts'

const clock = () => {
  let time = 0
  const pass = (ms: number) => {
    time += ms
  }
  return { now: () => new Date(time), pass, at: () => time }
}

describe('a pace', () => {
  it('tells when there is room again', () => {
    const { now, pass } = clock()
    const pace = createPace([[3, 1000]], now)
    expect(pace.readyAt('a', 3)).toBeUndefined()
    pace.took('a')
    pass(100)
    pace.took('a')
    expect(pace.readyAt('a', 1)).toBeUndefined()
    expect(pace.readyAt('a', 2)).toEqual(new Date(1000))
    expect(pace.readyAt('a', 3)).toEqual(new Date(1100))
    expect(pace.readyAt('a', 9)).toEqual(new Date(1100))
    expect(pace.readyAt('b', 3)).toBeUndefined()
    pass(900)
    expect(pace.readyAt('a', 2)).toBeUndefined()
  })

  it('keeps every limit, whoever keeps to it', () => {
    const limits = [
      [5, 1000],
      [12, 5000],
    ] as const
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 5 })), { maxLength: 60 }), (steps) => {
        const { now, pass, at } = clock()
        const pace = createPace(limits, now)
        const sent: number[] = []
        for (const [ms, room] of steps) {
          pass(ms)
          const ready = pace.readyAt('a', room)
          if (ready) pass(ready.getTime() - at())
          expect(pace.readyAt('a', room)).toBeUndefined()
          for (let i = 0; i < room; i++) {
            pace.took('a')
            sent.push(at())
          }
        }
        for (const [most, ms] of limits)
          for (const end of sent)
            expect(sent.filter((time) => time > end - ms && time <= end).length).toBeLessThanOrEqual(most)
      }),
    )
  })
})
