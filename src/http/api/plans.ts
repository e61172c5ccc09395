import type { Context } from 'hono'
import {
  addDraftTask,
  answerPlan,
  correctDraftHead,
  correctDraftTask,
  type Done,
  dropDraftTask,
  releaseDraft,
} from '../../flow/console/plans/deeds.ts'
import {
  beginImport,
  confirmReissue,
  importDifference,
  importState,
  openImports,
} from '../../flow/console/plans/import.ts'
import { limitsPreview, planFile, planLines, planList, planPage, releaseOutlook } from '../../flow/console/plans.ts'
import { isOffice } from '../../model/person.ts'
import {
  DocumentLines,
  HeadCorrection,
  ImportJob,
  LimitPreview,
  LimitRounds,
  PlanAnswer,
  PlanList,
  PlanPage,
  ReissueAnswers,
  ReissueApplied,
  ReissueConfirm,
  ReissueDifference,
  Release,
  ReleaseAsk,
  Released,
  ReleaseOutlook,
  TaskAddition,
  TaskCorrection,
} from '../shapes/plans.ts'
import { uploaded } from '../upload.ts'
import { asDownload, download } from './file.ts'
import { type ApiEnv, body, json, OFFICE, part, READS_ALL, Refusal, route, who, z } from './kit.ts'

export const Id = z.object({ id: z.string().max(64) })
const TaskId = Id.extend({ number: z.string().max(40) })

/** Drafts are the office's own: whoever else reads all units reads what is released. */
const seesDrafts = (c: Context<ApiEnv>): boolean => isOffice(who(c).actor)

const noPlan = () => new Refusal(404, '没有这份方案')
const noJob = () => new Refusal(404, '这次导入已经找不到了（服务器可能重启过）：请重新上传文件')

/** What was done, else the conflict with what stands there now. */
export const settled = <T>(made: Done<T>, words: string): T => {
  if ('stale' in made) throw new Refusal(409, words, made.stale)
  return made.done
}

/** A file's name as the header carries it: percent-encoded, since headers hold no Chinese. */
const nameIn = (text: string | undefined): string => {
  try {
    return decodeURIComponent(text ?? '').slice(-200)
  } catch {
    return ''
  }
}

/** Plans: importing, questions, corrections, release, new versions. */
export const plansApi = () => {
  const jobs = openImports()
  return part()
    .openapi(
      route(READS_ALL, { method: 'get', path: '/plans', responses: { 200: json(PlanList, '方案') } }),
      async (c) => c.json(await planList(c.get('deps'), who(c).actor, seesDrafts(c)), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/plans/upload',
        responses: {
          202: json(z.object({ job: z.string() }), '在读；请求体是文件本身，文件名在 x-file-name 里'),
          413: json(z.object({ error: z.string() }), '文件太大'),
        },
      }),
      async (c) => {
        const deps = c.get('deps')
        const { actor } = who(c)
        if (!deps.parseFile) throw new Refusal(422, '这里读不了文件：请在命令行导入 duban import 文件')
        const bytes = await uploaded(c.req.raw)
        const begun = beginImport(deps, jobs, actor.id, { name: nameIn(c.req.header('x-file-name')), bytes })
        if (!begun) throw new Refusal(503, '正在读的文件太多，请过一会儿再上传')
        return c.json({ job: begun.id }, 202)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/plans/jobs/{id}',
        request: { params: Id },
        responses: { 200: json(ImportJob, '读到哪一步') },
      }),
      (c) => {
        const state = importState(c.get('deps'), jobs, c.req.valid('param').id)
        if (!state) throw noJob()
        return c.json(state, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/plans/jobs/{id}/difference',
        request: { params: Id, body: body(ReissueAnswers) },
        responses: { 200: json(ReissueDifference, '新一稿与台账的差异，没有写入') },
      }),
      async (c) => {
        const { answers } = c.req.valid('json')
        const { actor } = who(c)
        const found = await importDifference(c.get('deps'), jobs, c.req.valid('param').id, actor.id, answers)
        if (!found) throw noJob()
        return c.json(found, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/plans/jobs/{id}/apply',
        request: { params: Id, body: body(ReissueConfirm) },
        responses: { 200: json(ReissueApplied, '已按新一稿修订') },
      }),
      async (c) => {
        const { actor } = who(c)
        const made = await confirmReissue(c.get('deps'), jobs, c.req.valid('param').id, actor.id, c.req.valid('json'))
        if (!made) throw noJob()
        if (!('applied' in made)) throw new Refusal(409, '这份方案刚被别人改过：请再核对一遍差异', made.stale)
        return c.json(made.applied, 200)
      },
    )
    .openapi(
      route(READS_ALL, {
        method: 'get',
        path: '/plans/{id}',
        request: { params: Id },
        responses: { 200: json(PlanPage, '一份方案') },
      }),
      async (c) => {
        const page = await planPage(c.get('deps'), c.req.valid('param').id, seesDrafts(c))
        if (!page) throw noPlan()
        return c.json(page, 200)
      },
    )
    .openapi(
      route(READS_ALL, {
        method: 'get',
        path: '/plans/{id}/lines',
        request: { params: Id },
        responses: { 200: json(DocumentLines, '原文各行') },
      }),
      async (c) => {
        const lines = await planLines(c.get('deps'), c.req.valid('param').id, seesDrafts(c))
        if (!lines) throw noPlan()
        return c.json(lines, 200)
      },
    )
    .openapi(
      route(READS_ALL, {
        method: 'get',
        path: '/plans/{id}/file',
        request: { params: Id },
        responses: { 200: download('方案的原文件') },
      }),
      async (c) => {
        const found = await planFile(c.get('deps'), c.req.valid('param').id, seesDrafts(c))
        if (!found) throw new Refusal(404, '没有保存这份方案的原文件')
        return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, asDownload(found.name, found.type))
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/plans/{id}/answer',
        request: { params: Id, body: body(PlanAnswer) },
        responses: { 200: json(z.object({ wrong: z.string().optional() }), '已答；wrong 说明答复应是什么') },
      }),
      async (c) => {
        const { id } = c.req.valid('param')
        const made = await answerPlan(c.get('deps'), id, c.req.valid('json'), who(c).actor.id)
        return c.json(settled(made, '这个问题已经有人处理了'), 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'patch',
        path: '/plans/{id}/tasks/{number}',
        request: { params: TaskId, body: body(TaskCorrection) },
        responses: { 200: json(z.object({}), '已改') },
      }),
      async (c) => {
        const { id, number } = c.req.valid('param')
        const { version, ...edit } = c.req.valid('json')
        const made = await correctDraftTask(c.get('deps'), id, { number, version }, edit, who(c).actor.id)
        settled(made, '别人刚改过这项任务')
        return c.json({}, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/plans/{id}/tasks/{number}/drop',
        request: { params: TaskId, body: body(z.object({ version: z.number().int() })) },
        responses: { 200: json(z.object({}), '已从草稿删去') },
      }),
      async (c) => {
        const { id, number } = c.req.valid('param')
        const { version } = c.req.valid('json')
        settled(await dropDraftTask(c.get('deps'), id, { number, version }, who(c).actor.id), '别人刚改过这项任务')
        return c.json({}, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'patch',
        path: '/plans/{id}/head',
        request: { params: Id, body: body(HeadCorrection) },
        responses: { 200: json(z.object({}), '已改') },
      }),
      async (c) => {
        const { id } = c.req.valid('param')
        settled(await correctDraftHead(c.get('deps'), id, c.req.valid('json'), who(c).actor.id), '别人刚改过这里')
        return c.json({}, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/plans/{id}/tasks',
        request: { params: Id, body: body(TaskAddition) },
        responses: { 200: json(z.object({}), '草稿里多了一项任务') },
      }),
      async (c) => {
        await addDraftTask(c.get('deps'), c.req.valid('param').id, c.req.valid('json'), who(c).actor.id)
        return c.json({}, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/plans/{id}/deadline',
        request: { params: Id, body: body(LimitPreview) },
        responses: { 200: json(LimitRounds, '这样写的时限有哪些期次，没有写入') },
      }),
      async (c) => c.json(await limitsPreview(c.get('deps'), c.req.valid('param').id, c.req.valid('json')), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/plans/{id}/outlook',
        request: { params: Id, body: body(ReleaseAsk) },
        responses: { 200: json(ReleaseOutlook, '下达会产生什么，没有写入') },
      }),
      async (c) =>
        c.json(await releaseOutlook(c.get('deps'), c.req.valid('param').id, c.req.valid('json').startOn), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/plans/{id}/release',
        request: { params: Id, body: body(Release) },
        responses: { 200: json(Released, '已下达') },
      }),
      async (c) => {
        const { id } = c.req.valid('param')
        const made = await releaseDraft(c.get('deps'), id, c.req.valid('json'), who(c).actor.id)
        return c.json(settled(made, '这份草稿刚被别人改过：请再核对一遍'), 200)
      },
    )
}
export type PlansApi = ReturnType<typeof plansApi>
