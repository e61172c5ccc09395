import { expect, it } from 'vitest'
import { hear } from './office.ts'

const tasks = ['3', '5']
const plan = '公开18'

/** Codes as they are copied from a card: the plan before each number. */
it.each([
  ['O', '通过 公开18-3、公开18-5', { intent: 'approve', tasks, plan }],
  ['O', '通过 公开18-3, 公开18-5', { intent: 'approve', tasks, plan }],
  ['O', '通过公开18-3-1、公开18-3-2', { intent: 'approve', tasks: ['3-1', '3-2'], plan }],
  ['O', '催办公开18-3和公开18-5', { intent: 'urge', tasks, plan }],
  [
    'L',
    '公开18-3、公开18-5已公开 http://a.example.gov.cn',
    { intent: 'report', tasks, plan, links: ['http://a.example.gov.cn'] },
  ],
  ['L', '签收 公开18-3、公开18-5、公开18-7', { intent: 'accept', tasks: [...tasks, '7'], plan }],
  ['L', '公开18-3 公开18-5是什么', { intent: 'task', tasks, plan }],
  ['L', '公开18-3已办结，公开18-5还在办', { intent: 'report', tasks: ['3'], plan }],
  // A plan that the office has not is one nobody knows: its short name is read as such all the same.
  ['O', '公开17-3、公开17-5通过', { intent: 'approve', tasks, plan: '公开17' }],
] as const)('%s: %s', (who, text, frame) => expect(hear(text, who)).toEqual(frame))

/** What is said of one clause is not said of the other's number. */
it.each([
  ['把公开18-3改派市财政局，公开18-5改派市审计局', ['3', '5']],
  ['公开18-3免予办理，并入公开18-5', ['5']],
  ['催办公开18-3，参照公开18-5', ['3', '5']],
] as const)('%s', (text, tasks) => expect(hear(text, 'O')).not.toMatchObject({ tasks }))
