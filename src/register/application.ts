import { dayIn } from '../model/clock.ts'
import { officeRoles } from '../model/person.ts'
import { opened, titled } from './plain.ts'
import { lastOf, type Register } from './register.ts'

export const application: Register = {
  kind: 'application',
  word: '依申请',
  grain: 'day',
  states: { open: '办理中', done: '已办结' },
  opening: opened,
  deeds: [
    {
      name: 'finished',
      title: '办结',
      roles: officeRoles,
      unit: true,
      fields: [{ name: 'at', label: '日期', type: 'day', optional: true }],
      fits: (it) => lastOf(it, 'finished') === undefined,
    },
  ],
  view: (it) => {
    const closed = lastOf(it, 'finished')
    return {
      ...titled(it),
      state: closed ? 'done' : 'open',
      closedOn: closed ? dayIn(closed.at) : null,
      clocks: [],
      facts: [],
    }
  },
}
