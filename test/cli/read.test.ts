import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { townPlan, townRoster } from '../town/plan.ts'
import { type Desk, openDesk } from './duban.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  desk.file('plan.txt', townPlan)
  desk.file('units.json', JSON.stringify(townRoster))
})
afterAll(() => desk.close())

const lines = (...values: object[]) => `${values.map((value) => JSON.stringify(value)).join('\n')}\n`
const jsonLines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe.concurrent('commands that only read', () => {
  it('parse prints document and tasks, each value with the line that says it, and the questions', async () => {
    const { code, stdout, stderr } = await desk.run(['parse', 'plan.txt'])
    expect([code, stderr]).toEqual([0, ''])
    const draft = JSON.parse(stdout)
    expect(draft.document).toMatchObject({ number: '云政办发〔2017〕33号', issuedOn: '2017-07-11', year: 2017 })
    expect(Array.isArray(draft.questions)).toBe(true)
    const printed = townPlan.split('\n')
    for (const task of draft.tasks) {
      expect(printed[task.source.line - 1], task.id).toContain(task.source.raw.slice(0, 8))
      for (const part of ['lead', 'support', 'deadlines'])
        expect(task.sources[part], `${task.id} ${part}`).toHaveLength(task[part].length)
    }
    const monthly = draft.tasks.find((task: { id: string }) => task.id === '1-2')
    expect(monthly).toMatchObject({ lead: ['市财政局'], deadlines: [{ kind: 'recurring', every: 'month' }] })
  })

  it('deadlines answers line by line', async () => {
    const asked = (text: string) => ({ text, asOf: '2017-07-11', year: 2017 })
    const stdin = lines(asked('按月公开财政收支'), asked('8月底前完成'), asked('加强领导'))
    const { code, stdout } = await desk.run(['deadlines'], { stdin })
    expect(code).toBe(0)
    expect(jsonLines(stdout)).toMatchObject([
      { deadlines: [{ kind: 'recurring', every: 'month' }] },
      { deadlines: [{ kind: 'date', by: '2017-08-31' }] },
      { deadlines: [] },
    ])
  })

  it('understand answers line by line', async () => {
    const as = { role: 'liaison', unit: '市财政局' }
    const stdin = lines(
      { text: '@督办 1-2 7月的已公开 http://czj.example.gov.cn/1.html', as, asOf: '2017-08-15', botName: '督办' },
      { text: '本月市财政局有哪些到期任务', as: { role: 'leader' }, asOf: '2017-08-15' },
    )
    const { code, stdout } = await desk.run(['understand', '--units', 'units.json'], { stdin })
    expect(code).toBe(0)
    expect(jsonLines(stdout)).toMatchObject([
      { intent: 'report', tasks: ['1-2'], links: ['http://czj.example.gov.cn/1.html'] },
      { intent: 'list', units: ['市财政局'], window: { from: '2017-08-01', to: '2017-08-31' } },
    ])
  })

  it('nothing on stdin is nothing to answer', async () => {
    expect(await desk.run(['deadlines'])).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})
