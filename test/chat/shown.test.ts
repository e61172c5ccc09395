import { describe, expect, it } from 'vitest'
import { understand } from '../../src/chat/understand.ts'
import { openRegistry } from '../../src/unit/names.ts'
import { readRosterJson, rosterOf } from '../../src/unit/roster.ts'
import { townRoster } from '../town/plan.ts'

const registry = openRegistry(rosterOf(readRosterJson(townRoster)))
const heard = (text: string) =>
  understand(text, { registry, self: { role: 'office', units: [] }, asOf: '2017-08-15', botName: '督办' })

describe('whether the lists of a shared room say who is late', () => {
  it.each([
    ['本群清单显示逾期', true],
    ['本群清单也列出逾期任务', true],
    ['请本群的清单里显示逾期事项', true],
    ['@督办 群里清单列逾期的', true],
    ['本群清单不显示逾期', false],
    ['本群的周清单不要列出逾期单位', false],
    ['这个群的清单不再显示逾期情况', false],
  ])('%s', (text, overdue) => {
    expect(heard(text)).toEqual({ intent: 'show', overdue })
  })

  it.each(['本群清单', '逾期任务', '本群有哪些逾期任务', '本群清单显示逾期吗', '市财政局逾期任务清单'])(
    '%s is something else',
    (text) => {
      expect(heard(text).intent).not.toBe('show')
    },
  )
})
