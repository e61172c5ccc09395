import { describe, expect, it } from 'vitest'
import { headOf } from '../../src/plan/columns.ts'
import { parse } from '../../src/plan/parse.ts'

/** The heads of columns in the words that offices use for them. */

const words = (list: string): string[] => list.split('、')
const kinds = (...heads: string[]) => headOf({ line: 1, cells: heads })

describe('heads told by their words', () => {
  it.each(words('序号、编号、项次、任务编号、项目序号、总序号'))('%s: numbers', (head) => {
    expect(kinds(head, '工作任务', '责任单位', '完成时限')?.[0]).toBe('number')
  })

  it.each(
    words(
      '工作任务、重点事项、督办事项、主要内容、具体措施、整改要求、改革举措、民生实事、建设内容、报告原文、年度目标',
    ),
  )('%s: what is to be done', (head) => {
    expect(kinds('序号', head, '责任单位', '完成时限')?.[1]).toBe('text')
  })

  it.each(
    words(
      '责任科室、责任股室、主办单位、承办部门、牵头责任单位、任务责任单位、起草单位、业务指导部门、责任县区、实施主体',
    ),
  )('%s: who answers', (head) => {
    expect(kinds('序号', '工作任务', head, '完成时限')?.[2]).toBe('lead')
  })

  it.each(words('配合单位、协办部门、协同单位、参与单位、会办单位、责任配合单位、市级配合单位'))(
    '%s: who helps',
    (head) => {
      expect(kinds('序号', '工作任务', '牵头单位', head)?.[3]).toBe('support')
    },
  )

  it.each(words('时限要求、时间节点、整改期限、办结时限、目标时限、时序进度、完成年限'))('%s: by when', (head) => {
    expect(kinds('序号', '工作任务', '责任单位', head)?.[3]).toBe('time')
  })

  it.each(words('责任人、责任领导、包联领导、联系人、联系电话、单位负责人、分值、资金来源'))(
    '%s: none of these',
    (head) => {
      expect(kinds('序号', '工作任务', '责任单位', head)?.[3]).toBe('other')
    },
  )

  it('a row of the table is no head, whatever its words', () => {
    expect(kinds('1', '工作任务', '责任单位', '长期')).toBeUndefined()
    expect(kinds('加强重点工作调度', '各责任单位', '全年')).toBeUndefined()
  })
})

it('columns of persons and telephones give no units', () => {
  const rows = [
    '序号\t工作任务\t责任单位\t责任人\t联系电话\t市级领导\t完成时限',
    '1\t修订应急预案\t市应急局\t孙志强\t0900-1234567\t周明华\t6月底前',
    '2\t开展应急演练\t市应急局\t孙志强\t13900000000\t周明华\t9月底前',
  ]
  const { tasks } = parse(`北河市2023年应急管理任务表\n${rows.join('\n')}`)
  expect(tasks.map((t) => [...t.lead, ...t.support])).toEqual([['市应急局'], ['市应急局']])
})
