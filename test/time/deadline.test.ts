import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Deadline } from '../../src/model/deadline.ts'
import { isTimeLabel, readDeadlines } from '../../src/time/deadline.ts'
import { lines } from './lines.ts'

const here = { asOf: '2025-03-12', year: 2025 }

function short(deadline: Deadline): string {
  switch (deadline.kind) {
    case 'date':
      return `by ${deadline.by}`
    case 'ongoing':
      return `ongoing ${deadline.year}`
    case 'prompt':
      return 'prompt'
    case 'relative':
      return `after ${deadline.event} ${deadline.n} ${deadline.unit}`
    case 'recurring': {
      const { within, by, times } = deadline
      const window = within ? ` ${within.n} ${within.unit} ${within.of === 'period-start' ? 'this' : 'next'}` : ''
      return `every ${deadline.every}${window}${by ? ` ${by}` : ''}${times ? ` x${times}` : ''}`
    }
  }
}

describe('lines of official documents', () => {
  it.each(lines.map(([text, ...expected]) => ({ text, expected })))('$text', ({ text, expected }) => {
    const column = text.startsWith('栏：')
    const read = readDeadlines(column ? text.slice(2) : text, { ...here, column })
    expect(read.map(({ deadline }) => short(deadline))).toEqual(expected)
  })
})
