import { exportScores } from '../../flow/assess/export.ts'
import {
  assessmentList,
  assessmentPage,
  giveScore,
  importTable,
  readTable,
  setRules,
  stepAssessment,
  unitScore,
} from '../../flow/console/assess.ts'
import type { Done } from '../../flow/console/plans/deeds.ts'
import { streamOf } from '../../flow/console/workbook.ts'
import type { Role } from '../../model/person.ts'
import {
  AssessmentList,
  AssessmentPage,
  RulesChange,
  ScoreDeed,
  ScoresQuery,
  Step,
  TableImport,
  TableShown,
  UnitScore,
} from '../shapes/assess.ts'
import { TABLE_UPLOAD, uploaded } from '../upload.ts'
import { asDownload, asWorkbook, download } from './file.ts'
import { body, EVERYONE, json, OFFICE, part, Refusal, route, who, z } from './kit.ts'

const Id = z.object({ id: z.string().max(64) })
const UnitId = Id.extend({ unit: z.string().max(64) })
/** Who gives points or objects: a unit's own people, and the office. */
const GIVERS: readonly Role[] = ['liaison', 'head', ...OFFICE]

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

const none = () => new Refusal(404, '没有这次考核')

const settled = <T>(made: Done<T> | undefined): T => {
  if (!made) throw none()
  if ('stale' in made) throw new Refusal(409, '别人刚改过：请看一下现在的样子，再改一次', made.stale)
  return made.done
}

const found = <T>(made: T | undefined): T => {
  if (made === undefined) throw none()
  return made
}

const nameIn = (text: string | undefined): string => {
  try {
    return decodeURIComponent(text ?? '').slice(-200)
  } catch {
    return ''
  }
}

/** 考核: tables of indicators, rules, points line by line, objections. */
export const assessApi = () =>
  part()
    .openapi(
      route(EVERYONE, { method: 'get', path: '/assessments', responses: { 200: json(AssessmentList, '考核') } }),
      async (c) => c.json(await assessmentList(c.get('deps'), who(c).actor), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: TABLE_UPLOAD,
        responses: { 200: json(TableShown, '读出的指标表，什么都没有保存；请求体是文件本身，文件名在 x-file-name 里') },
      }),
      async (c) => {
        const bytes = await uploaded(c.req.raw)
        return c.json(await readTable(c.get('deps'), bytes, nameIn(c.req.header('x-file-name'))), 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/assessments',
        request: { body: body(TableImport) },
        responses: { 200: json(Id, '新的考核，草稿') },
      }),
      async (c) => c.json(await importTable(c.get('deps'), who(c).actor.id, c.req.valid('json')), 200),
    )
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/assessments/{id}',
        request: { params: Id },
        responses: { 200: json(AssessmentPage, '一次考核，和可以看的单位') },
      }),
      async (c) => c.json(found(await assessmentPage(c.get('deps'), who(c).actor, c.req.valid('param').id)), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'put',
        path: '/assessments/{id}/rules',
        request: { params: Id, body: body(RulesChange) },
        responses: { 200: json(z.object({}), '评分规则已改') },
      }),
      async (c) => {
        settled(await setRules(c.get('deps'), who(c).actor, c.req.valid('param').id, c.req.valid('json')))
        return c.json({}, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/assessments/{id}/step',
        summary: '开始评分、公示、办结',
        request: { params: Id, body: body(Step) },
        responses: { 200: json(z.object({}), '已办') },
      }),
      async (c) => {
        settled(await stepAssessment(c.get('deps'), who(c).actor, c.req.valid('param').id, c.req.valid('json')))
        return c.json({}, 200)
      },
    )
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/assessments/{id}/units/{unit}',
        request: { params: UnitId },
        responses: { 200: json(UnitScore, '一个单位的得分，逐条') },
      }),
      async (c) => {
        const { id, unit } = c.req.valid('param')
        return c.json(found(await unitScore(c.get('deps'), who(c).actor, id, unit)), 200)
      },
    )
    .openapi(
      route(GIVERS, {
        method: 'post',
        path: '/assessments/{id}/scores',
        summary: '自评、评分、第三方评分、异议、答复',
        request: { params: Id, body: body(ScoreDeed) },
        responses: { 200: json(z.object({}), '已记') },
      }),
      async (c) => {
        settled(await giveScore(c.get('deps'), who(c).actor, c.req.valid('param').id, c.req.valid('json')))
        return c.json({}, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/assessments/{id}/export',
        request: { params: Id, query: ScoresQuery },
        responses: {
          200: download('得分汇总和逐条说明'),
        },
      }),
      async (c) => {
        const asked = { assessment: c.req.valid('param').id, ...c.req.valid('query') }
        const file = await exportScores(c.get('deps'), who(c).actor, asked)
        const headers = asked.as === 'docx' ? asDownload(file.name, DOCX) : asWorkbook(file.name)
        return c.body(streamOf(file.pieces), 200, headers) as never
      },
    )
export type AssessApi = ReturnType<typeof assessApi>
