import { writeDocx } from './docx.ts'
import { writeHtml } from './html.ts'
import { layParagraphs, layTable } from './layout.ts'
import { writeOfd } from './ofd.ts'
import { writePdf } from './pdf.ts'
import { paragraphsOf, rowsOf } from './source.ts'
import { writeXlsx } from './xlsx.ts'

/** The examples in the formats offices hand over, by file name, made from the two texts; the same texts give the same bytes. */
export function exampleFiles(plan: string, table: string): Map<string, Uint8Array> {
  const paragraphs = paragraphsOf(plan)
  const heading = paragraphsOf(table)
  const rows = rowsOf(table)
  const [planPages, tablePages] = [layParagraphs(paragraphs), layTable(heading, rows)]
  return new Map([
    ['plan.docx', writeDocx(paragraphs)],
    ['plan.html', writeHtml({ title: '政务公开工作任务分工方案', facts: PLAN_FACTS, paragraphs })],
    ['plan.pdf', writePdf(planPages)],
    ['plan.ofd', writeOfd(planPages)],
    ['table.docx', writeDocx(heading, rows)],
    ['table.xlsx', writeXlsx(heading, rows)],
    ['table.html', writeHtml({ title: '优化营商环境重点任务分工表', facts: TABLE_FACTS, paragraphs: heading, rows })],
    ['table.pdf', writePdf(tablePages)],
    ['table.ofd', writeOfd(tablePages)],
  ])
}

const PLAN_FACTS: [string, string][] = [
  ['索引号', 'YL-2026-00018'],
  ['文号', '云政办发〔2026〕18号'],
  ['发布机构', '云岭市人民政府办公室'],
  ['成文日期', '2026年3月20日'],
]
const TABLE_FACTS: [string, string][] = [
  ['索引号', 'YL-2026-00023'],
  ['文号', '无'],
  ['发布机构', '云岭市人民政府办公室'],
  ['成文日期', '2026年4月8日'],
]
