import { caseActed, caseEntered } from '../../flow/console/cases/deeds.ts'
import { exportCases } from '../../flow/console/cases/export.ts'
import { casePage } from '../../flow/console/cases/page.ts'
import { caseList, registerList } from '../../flow/console/cases.ts'
import { streamOf } from '../../flow/console/workbook.ts'
import {
  CaseDeedDone,
  CaseDone,
  CaseList,
  CaseLook,
  CaseNew,
  CasePage,
  CaseQuery,
  RegisterList,
} from '../shapes/cases.ts'
import { asWorkbook, workbook } from './file.ts'
import { body, EVERYONE, json, OFFICE, part, Refusal, route, who, z } from './kit.ts'

const Id = z.object({ id: z.string().max(64) })

const noCase = () => new Refusal(404, '没有这一件，或者不是本单位的')

/** 办件: the registers with their forms, the cases in them, and what can be done to each. */
export const casesApi = () =>
  part()
    .openapi(
      route(EVERYONE, { method: 'get', path: '/registers', responses: { 200: json(RegisterList, '登记簿') } }),
      async (c) => c.json(await registerList(c.get('deps'), who(c).actor), 200),
    )
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/cases',
        request: { query: CaseQuery },
        responses: { 200: json(CaseList, '办件的一页') },
      }),
      async (c) => {
        const { offset, limit, ...asked } = c.req.valid('query')
        return c.json(await caseList(c.get('deps'), who(c).actor, asked, { offset, limit }), 200)
      },
    )
    .openapi(
      route(EVERYONE, {
        method: 'post',
        path: '/cases',
        request: { body: body(CaseNew) },
        responses: { 200: json(CaseDone, '已登记') },
      }),
      async (c) => {
        return c.json(await caseEntered(c.get('deps'), who(c).actor, c.req.valid('json')), 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/cases/export',
        request: { query: CaseLook },
        responses: { 200: workbook('所见即所得的工作簿') },
      }),
      async (c) => {
        const file = await exportCases(c.get('deps'), who(c).actor, c.req.valid('query'))
        return c.body(streamOf(file.pieces), 200, asWorkbook(file.name)) as never
      },
    )
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/cases/{id}',
        request: { params: Id },
        responses: { 200: json(CasePage, '一件，时限一步一步列明') },
      }),
      async (c) => {
        const page = await casePage(c.get('deps'), who(c).actor, c.req.valid('param').id)
        if (!page) throw noCase()
        return c.json(page, 200)
      },
    )
    .openapi(
      route(EVERYONE, {
        method: 'post',
        path: '/cases/{id}/deeds',
        request: { params: Id, body: body(CaseDeedDone) },
        responses: { 200: json(CaseDone, '已办') },
      }),
      async (c) => {
        const { id } = c.req.valid('param')
        const done = await caseActed(c.get('deps'), who(c).actor, id, c.req.valid('json'))
        if (done === 'gone') throw noCase()
        if (done !== 'moved') return c.json(done, 200)
        const now = await casePage(c.get('deps'), who(c).actor, id)
        throw new Refusal(409, '这一件刚被改过：请看一遍现在的内容再办', now)
      },
    )
export type CasesApi = ReturnType<typeof casesApi>
