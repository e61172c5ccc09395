import { expect, it } from 'vitest'
import { understand } from '../../src/chat/understand.ts'
import type { Role } from '../../src/model/person.ts'
import { registry } from './office.ts'

const says = (text: string, role: Role = 'office') => {
  const self = { role, units: role === 'liaison' ? ['市财政局'] : [] }
  return understand(text, { registry, self, asOf: '2026-08-10', plans: ['上级26', '公开26'] })
}
const up = { intent: 'report-up', tasks: ['3'], plan: '上级26' }
const links = ['http://a.example.gov.cn/1']

it.each([
  ['上报上级26-3', up],
  ['上报 上级26-3：初稿已征求意见，预计月底公开', up],
  ['先上报上级26-3，还有两家没有交', up],
  ['上级26-3报市里', up],
  ['上级26-3 上报市里', up],
  ['把上级26-3上报，预计9月底办结', up],
  ['上级26-3上报省里，已公开 http://a.example.gov.cn/1', { ...up, done: true, links }],
  ['上报上级26-3，已全部办结', { ...up, done: true }],
  ['上报上级26-3 http://a.example.gov.cn/1', { ...up, done: true, links }],
  ['上报上级26-3、上级26-5', { ...up, tasks: ['3', '5'] }],
])('%s goes up', (text, frame) => expect(says(text)).toEqual(frame))

it.each([
  '上级26-3上报了吗',
  '上级26-3已上报',
  '上级26-3上报的材料发我',
  '上级26-3上报情况',
  '上报上级26-3的情况',
  '上报上级26-3了没有',
  '上报公开26-3',
  '上报3号',
])('%s does not', (text) => expect(says(text).intent).not.toBe('report-up'))

it('is the office’s alone', () => {
  expect(says('上报 上级26-3', 'liaison').intent).not.toBe('report-up')
  expect(says('上报 上级26-3', 'leader').intent).not.toBe('report-up')
})

it.each([
  '上报上级26-3，8月底前完成',
  '上报上级26-3，月底完成',
  '上报上级26-3：8月底前公开 http://a.example.gov.cn/1',
  '上报上级26-3，其中5项已公开',
  '上报上级26-3：5家单位已公开',
])('%s is no report yet', (text) => expect(says(text)).not.toMatchObject({ done: true }))

it.each([
  '上报 上级26-3：与4号任务合并推进',
  '上报 上级26-3：在办；上报 上级26-5：初稿',
  '上报 上级26-3，是否已经通过',
  '上报 上级26-3：市里通过了没',
])('%s is not sent up', (text) => expect(says(text).intent).not.toBe('report-up'))
