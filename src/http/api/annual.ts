import { annualBehind, annualDocx, annualEnter, annualPage } from '../../flow/console/annual.ts'
import { AnnualAsked, AnnualBehind, AnnualEntered, AnnualPage, BehindAsked } from '../shapes/annual.ts'
import { asDownload, download } from './file.ts'
import { body, json, OFFICE, part, READS_ALL, Refusal, route, who } from './kit.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** 年度报告: read by who reads all units, filled in by the office. */
export const annualApi = () =>
  part()
    .openapi(
      route(READS_ALL, {
        method: 'get',
        path: '/annual',
        request: { query: AnnualAsked },
        responses: { 200: json(AnnualPage, '一年的报告：截至今天的数、文字和核对') },
      }),
      async (c) => c.json(await annualPage(c.get('deps'), who(c).actor, c.req.valid('query')), 200),
    )
    .openapi(
      route(READS_ALL, {
        method: 'get',
        path: '/annual/behind',
        request: { query: BehindAsked },
        responses: { 200: json(AnnualBehind, '一个数是从哪些办件或报数来的') },
      }),
      async (c) => c.json(await annualBehind(c.get('deps'), c.req.valid('query')), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/annual',
        request: { body: body(AnnualEntered) },
        responses: { 200: json(AnnualPage, '已填；报告现在的样子') },
      }),
      async (c) => {
        const [deps, { actor }, entered] = [c.get('deps'), who(c), c.req.valid('json')]
        const page = await annualEnter(deps, actor, entered)
        if (page) return c.json(page, 200)
        const now = await annualPage(deps, actor, { year: entered.year })
        throw new Refusal(409, '别人刚填过这份报告：请看一下现在的样子，再填一次', now)
      },
    )
    .openapi(
      route(READS_ALL, {
        method: 'get',
        path: '/annual/docx',
        request: { query: AnnualAsked },
        responses: { 200: download('Word 草稿') },
      }),
      async (c) => {
        const file = await annualDocx(c.get('deps'), who(c).actor, c.req.valid('query'))
        return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, asDownload(file.name, DOCX)) as never
      },
    )
export type AnnualApi = ReturnType<typeof annualApi>
