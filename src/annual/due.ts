import type { Day } from '../model/deadline.ts'

/** When a year's report has to be out, and by which article. `confirmed`: the article's text was read. */
export interface AnnualDue {
  who: string
  on: Day
  law: string
  article: string
  confirmed: boolean
}

/** Rules by the day from which they hold; the last one that holds on the day of publishing counts. */
const rules = [
  {
    since: '2008-05-01',
    law: '政府信息公开条例（2007年）',
    article: '第三十一条',
    confirmed: false,
    days: [['各级行政机关', '03-31']],
  },
  {
    since: '2019-05-15',
    law: '政府信息公开条例（2019年修订）',
    article: '第四十九条',
    confirmed: true,
    days: [
      ['县级以上人民政府部门', '01-31'],
      ['县级以上地方人民政府的主管部门', '03-31'],
    ],
  },
] as const

/** The days by which the report of a year is published, in the year after it. */
export const annualDues = (year: number): AnnualDue[] => {
  const inForce = [...rules].reverse().find(({ since }) => since <= `${year + 1}-01-01`) ?? rules[0]
  const { law, article, confirmed, days } = inForce
  return days.map(([who, day]) => ({ ...{ who, law, article, confirmed }, on: `${year + 1}-${day}` }))
}

/** 县级以上人民政府部门应在2027-01-31以前公布（政府信息公开条例（2019年修订） 第四十九条） */
export const dueWords = ({ who, on, law, article, confirmed }: AnnualDue): string =>
  `${who}应在${on}以前公布（${law} ${article}${confirmed ? '' : '，未经核对'}）`
