import { checkOf, startCheck } from '../../flow/console/audit/check.ts'
import { exportAudit, exportSeals } from '../../flow/console/audit/sheet.ts'
import { auditChoices, auditPage, sealPage } from '../../flow/console/audit.ts'
import { AuditChoices, AuditFilter, AuditPage, LedgerCheck, Seals } from '../shapes/audit.ts'
import { asWorkbook, workbook } from './file.ts'
import { body, json, OFFICE, part, route, who, z } from './kit.ts'

const PageQuery = AuditFilter.extend({
  after: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

/** Everything that anybody did, the check of the chains, and the seals. */
export const auditApi = () =>
  part()
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/audit',
        summary: '审计记录，新的在前',
        request: { query: PageQuery },
        responses: { 200: json(AuditPage, '一页记录') },
      }),
      async (c) => {
        const { after, limit, ...filter } = c.req.valid('query')
        return c.json(await auditPage(c.get('deps'), filter, { after, limit }), 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/audit/choices',
        summary: '可供筛选的人员和单位',
        responses: { 200: json(AuditChoices, '人员和单位') },
      }),
      async (c) => c.json(await auditChoices(c.get('deps')), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/audit/export',
        summary: '按筛选导出审计记录，导出本身也记入审计',
        request: { body: body(AuditFilter) },
        responses: { 200: workbook('表格') },
      }),
      async (c) => {
        const deps = c.get('deps')
        const bytes = await exportAudit(deps, who(c).actor.id, c.req.valid('json'))
        return c.body(bytes, 200, asWorkbook('审计.xlsx'))
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/audit/check',
        summary: '最近一次台账核对的进度和结果',
        responses: { 200: json(LedgerCheck, '进度或结果') },
      }),
      async (c) => c.json(checkOf(c.get('deps')), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/audit/check',
        summary: '核对台账：逐条验算记录链和封印',
        responses: { 200: json(LedgerCheck, '已经开始') },
      }),
      async (c) => c.json(startCheck(c.get('deps')), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/audit/seals',
        summary: '每日封印，新的在前',
        request: { query: z.object({ before: z.iso.date().optional() }) },
        responses: { 200: json(Seals, '封印') },
      }),
      async (c) => c.json(await sealPage(c.get('deps'), c.req.valid('query').before), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/audit/seals/export',
        summary: '导出全部封印的哈希，供外部留存',
        responses: { 200: workbook('表格') },
      }),
      async (c) => {
        const bytes = await exportSeals(c.get('deps'), who(c).actor.id)
        return c.body(bytes, 200, asWorkbook('封印.xlsx'))
      },
    )
export type AuditApi = ReturnType<typeof auditApi>
