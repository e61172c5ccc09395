import { disclosureRules } from '../clock/rules/disclosure.ts'
import { ruleOn } from '../clock/rules/rule.ts'
import type { Basis } from '../model/clock.ts'
import type { Day } from '../model/deadline.ts'

/** When a year's report has to be out, and by which article. */
export interface AnnualDue {
  title: string
  on: Day
  basis: Basis
}

/** The days by which the report of a year is published, in the year after it, by the rules that hold then. */
export const annualDues = (year: number): AnnualDue[] =>
  ruleOn(disclosureRules, `${year + 1}-01-01`).report.map(({ title, date, basis }) => ({
    ...{ title, basis, on: `${year + 1}-${date}` },
  }))

/** 部门提交并公布年度报告：2027-01-31以前（政府信息公开条例（2019年修订）第四十九条第一款） */
export const dueWords = ({ title, on, basis: { law, article, confirmed } }: AnnualDue): string =>
  `${title}：${on}以前（${law}${article}${confirmed === false ? '，未经核对' : ''}）`

/** The year whose report is being written on a day: the last one until its report is out, then this one as far as it has come. */
export const usualYear = (today: Day): number => {
  const year = Number(today.slice(0, 4))
  const dues = annualDues(year - 1)
  return dues.some(({ on }) => today <= on) ? year - 1 : year
}
