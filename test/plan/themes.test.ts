import { describe, expect, it } from 'vitest'
import { type Headed, themesIn } from '../../src/plan/themes.ts'

const under = (tasks: number, ...section: string[]): Headed => ({ section, tasks })
const namesOf = (plan: Headed[]) => plan.map(({ section }) => themesIn(plan)(section)?.name)

describe('the themes of a plan are', () => {
  it('its top headings, where they part it', () => {
    expect(
      namesOf([under(3, '一、财政', '（一）预算'), under(3, '一、财政', '（二）决算'), under(4, '二、民生')]),
    ).toEqual(['一、财政', '一、财政', '二、民生'])
  })

  it('the subsections of a heading that holds nearly all, and beside them what else there is', () => {
    const plan = [
      under(1, '一、总体要求'),
      under(9, '二、重点任务', '（一）企业', '1.政策'),
      under(8, '二、重点任务', '（二）账本'),
      under(1, '二、重点任务'),
      under(1, '三、保障措施'),
      under(4),
    ]
    expect(plan.map(({ section }) => themesIn(plan)(section))).toEqual([
      { name: '一、总体要求', whole: true },
      { name: '（一）企业', whole: true },
      { name: '（二）账本', whole: true },
      { name: '二、重点任务', whole: false },
      { name: '三、保障措施', whole: true },
      undefined,
    ])
  })

  it('as deep as one heading holds nearly all of another', () => {
    const plan = [under(5, '附件', '任务', '甲'), under(5, '附件', '任务', '乙'), under(1, '附件', '要求')]
    expect(namesOf(plan)).toEqual(['甲', '乙', '要求'])
  })

  it('never a heading for each task, and a heading alone stays one', () => {
    const each = Array.from({ length: 40 }, (_, i) => under(1, '重点任务', `${i}.`))
    expect(new Set(namesOf(each))).toEqual(new Set(['重点任务']))
    expect(namesOf([under(9, '重点任务', '甲')])).toEqual(['重点任务'])
  })
})
