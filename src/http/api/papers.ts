import type { Context } from 'hono'
import {
  paperDraft,
  paperFile,
  paperList,
  paperPage,
  paperPush,
  paperRedraft,
  paperSettings,
  paperSign,
  paperSubmit,
  paperVoid,
  rectificationList,
  talkList,
  talkRecord,
} from '../../flow/console/papers.ts'
import {
  PaperDone,
  PaperDraft,
  PaperList,
  PaperPage,
  PaperSeen,
  PaperSettings,
  PaperSign,
  PaperVoid,
  RectificationLine,
  TalkList,
  TalkNew,
} from '../shapes/papers.ts'
import { asDownload, download } from './file.ts'
import { type ApiEnv, body, EVERYONE, json, OFFICE, part, READS_ALL, Refusal, route, who, z } from './kit.ts'
import { changed } from './setting.ts'

const Id = z.object({ id: z.string().max(64) })
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

const noPaper = () => new Refusal(404, '没有这份文书')

/** What was done, or the paper as it stands where somebody else was first. */
const settled = async (c: Context<ApiEnv>, id: string, done: PaperDone | undefined): Promise<PaperDone> => {
  if (done) return done
  throw new Refusal(409, '这份文书刚被改过：请看一遍现在的内容再办', await paperPage(c.get('deps'), who(c).actor, id))
}

/** A leader reads and signs what is for leaders alone: what they may not read is not there. */
const seen = async (c: Context<ApiEnv>, id: string) => {
  const page = await paperPage(c.get('deps'), who(c).actor, id)
  if (!page) throw noPaper()
  return page
}

/** 文书: drafts, signatures, what signed ones opened, and 约谈. */
export const papersApi = () =>
  part()
    .openapi(
      route(EVERYONE, { method: 'get', path: '/papers', responses: { 200: json(PaperList, '文书') } }),
      async (c) => c.json(await paperList(c.get('deps'), who(c).actor), 200),
    )
    .openapi(
      route(EVERYONE, {
        method: 'post',
        path: '/papers',
        request: { body: body(PaperDraft) },
        responses: { 200: json(PaperDone, '已起草') },
      }),
      async (c) => {
        const made = await paperDraft(c.get('deps'), who(c).actor, c.req.valid('json'))
        if (!made) throw new Refusal(403, '您的身份不能起草这种文书')
        return c.json(made, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'put',
        path: '/papers/settings',
        request: { body: body(PaperSettings) },
        responses: { 200: json(PaperSettings, '改后的样子') },
      }),
      async (c) => {
        const { version, papers } = c.req.valid('json')
        return c.json(await changed(c, version, { papers }, paperSettings), 200)
      },
    )
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/papers/{id}',
        request: { params: Id },
        responses: { 200: json(PaperPage, '一份文书') },
      }),
      async (c) => c.json(await seen(c, c.req.valid('param').id), 200),
    )
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/papers/{id}/docx',
        request: { params: Id },
        responses: { 200: download('Word 文件：未签发的每页有字样，已签发的是签发时的原件') },
      }),
      async (c) => {
        const file = await paperFile(c.get('deps'), who(c).actor, c.req.valid('param').id)
        if (!file) throw noPaper()
        return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, asDownload(file.name, DOCX)) as never
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/papers/{id}/redraft',
        request: { params: Id, body: body(PaperSeen) },
        responses: { 200: json(PaperDone, '已按今天的数据重新起草') },
      }),
      async (c) => {
        const { id } = c.req.valid('param')
        const done = await paperRedraft(c.get('deps'), who(c).actor, id, c.req.valid('json').version)
        return c.json(await settled(c, id, done), 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/papers/{id}/submit',
        request: { params: Id, body: body(PaperSeen) },
        responses: { 200: json(PaperDone, '待签发') },
      }),
      async (c) => {
        const { id } = c.req.valid('param')
        const done = await paperSubmit(c.get('deps'), who(c).actor, id, c.req.valid('json').version)
        return c.json(await settled(c, id, done), 200)
      },
    )
    .openapi(
      route(READS_ALL, {
        method: 'post',
        path: '/papers/{id}/sign',
        request: { params: Id, body: body(PaperSign) },
        responses: { 200: json(PaperDone, '签发已登记；领导只能签自己的名') },
      }),
      async (c) => {
        const { id } = c.req.valid('param')
        await seen(c, id)
        const done = await paperSign(c.get('deps'), who(c).actor, id, c.req.valid('json'))
        return c.json(await settled(c, id, done), 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/papers/{id}/void',
        request: { params: Id, body: body(PaperVoid) },
        responses: { 200: json(PaperDone, '已作废') },
      }),
      async (c) => {
        const { id } = c.req.valid('param')
        const done = await paperVoid(c.get('deps'), who(c).actor, id, c.req.valid('json'))
        return c.json(await settled(c, id, done), 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/papers/{id}/push',
        request: { params: Id, body: body(PaperSeen) },
        responses: { 200: json(PaperDone, '将在推送时段告知点名的单位') },
      }),
      async (c) => {
        const { id } = c.req.valid('param')
        const done = await paperPush(c.get('deps'), who(c).actor, id, c.req.valid('json').version)
        return c.json(await settled(c, id, done), 200)
      },
    )
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/rectifications',
        responses: { 200: json(z.object({ rows: z.array(RectificationLine) }), '通报开出的整改') },
      }),
      async (c) => c.json({ rows: await rectificationList(c.get('deps'), who(c).actor) }, 200),
    )
    .openapi(
      route(EVERYONE, { method: 'get', path: '/talks', responses: { 200: json(TalkList, '约谈') } }),
      async (c) => c.json(await talkList(c.get('deps'), who(c).actor), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/talks',
        request: { body: body(TalkNew) },
        responses: { 200: json(z.object({}), '已记录') },
      }),
      async (c) => {
        await talkRecord(c.get('deps'), who(c).actor, c.req.valid('json'))
        return c.json({}, 200)
      },
    )
export type PapersApi = ReturnType<typeof papersApi>
