import { isConflict } from '../../../db/conflict.ts'
import { previewRoster, rosterWorkbook, writeRoster } from '../../flow/console/roster/file.ts'
import { bindRoom, setRobot } from '../../flow/console/roster/rooms.ts'
import { peopleShown, roomsShown, unitsShown } from '../../flow/console/roster.ts'
import { sessionStamp } from '../../flow/console/sign-in.ts'
import type { Deps } from '../../flow/deps.ts'
import {
  addPerson,
  addressOf,
  addUnit,
  editPerson,
  editUnit,
  handOutCode,
  removePerson,
  setAbsence,
  unbindAccount,
  unbindRoom,
} from '../../flow/roster.ts'
import { readRosterFile } from '../../flow/roster-file.ts'
import { foresee, foreseenLines, isPending, noShares, succeed, unsaidLines } from '../../flow/succession.ts'
import { dayOf } from '../../time/day.ts'
import {
  Absence,
  CodeGiven,
  Done,
  PeopleShown,
  PersonEdit,
  PersonForm,
  RoomBind,
  RoomRobot,
  RoomSeen,
  RoomsShown,
  RosterPreview,
  Seen,
  SuccessionForm,
  SuccessionSeen,
  UnitEdit,
  UnitNew,
  UnitsShown,
} from '../shapes/roster.ts'
import { asWorkbook, workbook } from './file.ts'
import { body, json, OFFICE, part, Refusal, route, who, z } from './kit.ts'

const MOVED = '别人刚改过这一项：请看一下现在的样子，再改一次'

/**
 * Does the work where the row still stands at the version that was seen; else, and where another comes first in the
 * middle of it, the answer is 409 with the row as it is now.
 */
const freshly = async <T extends { version: number }>(
  read: () => Promise<T | undefined>,
  seen: number,
  work: () => Promise<void>,
): Promise<void> => {
  const now = await read()
  if (!now) throw new Refusal(404, '没有这一项，可能刚被移除：请刷新页面')
  if (now.version !== seen) throw new Refusal(409, MOVED, now)
  try {
    await work()
  } catch (error) {
    if (isConflict(error)) throw new Refusal(409, MOVED, await read())
    throw error
  }
}

const unitNow = (deps: Deps, id: string) => async () => {
  const { units, classes } = await unitsShown(deps)
  return units.find((one) => one.id === id) ?? classes.find((one) => one.id === id)
}
const personNow = (deps: Deps, id: string) => async () => (await peopleShown(deps)).find((one) => one.id === id)
const roomNow = (deps: Deps, id: string) => async () => (await roomsShown(deps)).rooms.find((one) => one.id === id)

const params = z.object({ id: z.string() })
const done = { 200: json(Done, '已改') }

/** A file of at most a request's size, and whether it is to be written: only at the version that was shown. */
const RosterFile = z.object({
  file: z.custom<File>((value) => value instanceof File).openapi({ type: 'string', format: 'binary' }),
  write: z.string().optional(),
})

const units = () =>
  part()
    .openapi(
      route(OFFICE, { method: 'get', path: '/roster/units', responses: { 200: json(UnitsShown, '单位和单位组') } }),
      async (c) => c.json(await unitsShown(c.get('deps')), 200),
    )
    .openapi(
      route(OFFICE, { method: 'post', path: '/roster/units', request: { body: body(UnitNew) }, responses: done }),
      async (c) => {
        const deps = c.get('deps')
        const form = c.req.valid('json')
        await addUnit(deps, form, sessionStamp(deps, who(c).actor.id))
        return c.json({ text: `已列入通讯录：${form.name}` }, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'put',
        path: '/roster/units/{id}',
        request: { params, body: body(UnitEdit) },
        responses: done,
      }),
      async (c) => {
        const deps = c.get('deps')
        const { id } = c.req.valid('param')
        const { version, ...form } = c.req.valid('json')
        const stamp = sessionStamp(deps, who(c).actor.id)
        await freshly(unitNow(deps, id), version, () => editUnit(deps, id, form, stamp))
        return c.json({ text: '已保存' }, 200)
      },
    )

const files = () =>
  part()
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/roster/file',
        responses: { 200: workbook('通讯录，改好后可以再导入') },
      }),
      async (c) => {
        const deps = c.get('deps')
        const bytes = await rosterWorkbook(deps)
        return c.body(bytes, 200, asWorkbook(`通讯录${dayOf(deps.now(), deps.zone)}.xlsx`))
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/roster/file',
        request: { body: { content: { 'multipart/form-data': { schema: RosterFile } }, required: true } },
        responses: { 200: json(RosterPreview, '这个文件会改动什么；write 是预览时的版本，写上才导入') },
      }),
      async (c) => {
        const deps = c.get('deps')
        const { file, write } = c.req.valid('form')
        const draft = await readRosterFile(file.name, new Uint8Array(await file.arrayBuffer()))
        const preview = await previewRoster(deps, draft)
        if (write === undefined) return c.json({ ...preview, written: false }, 200)
        if (Number(write) !== preview.version)
          throw new Refusal(409, '通讯录刚被别人改过：请核对现在的差异，再确认一次', { ...preview, written: false })
        await writeRoster(deps, draft, sessionStamp(deps, who(c).actor.id))
        return c.json({ ...preview, written: true }, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/roster/successions/preview',
        request: { body: body(SuccessionForm) },
        responses: { 200: json(SuccessionSeen, '登记承接会移动什么') },
      }),
      async (c) => {
        const deps = c.get('deps')
        const foreseen = await foresee(deps, { ...c.req.valid('json'), shares: noShares })
        return c.json(
          {
            ...{ version: foreseen.version, pending: isPending(foreseen) },
            ...{ lines: foreseenLines(foreseen), unsaid: unsaidLines(foreseen) },
          },
          200,
        )
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/roster/successions',
        request: { body: body(SuccessionForm.extend({ version: z.number() })) },
        responses: done,
      }),
      async (c) => {
        const deps = c.get('deps')
        const { version, ...form } = c.req.valid('json')
        const request = { ...form, shares: noShares }
        const foreseen = await foresee(deps, request)
        if (foreseen.version !== version)
          throw new Refusal(409, '通讯录刚被别人改过：请再看一次会移动什么', foreseenLines(foreseen))
        const { moved, people, rooms } = await succeed(deps, request, sessionStamp(deps, who(c).actor.id))
        return c.json({ text: `已登记承接：责任事项移${moved}条，人员${people}名，群${rooms}个` }, 200)
      },
    )

const people = () =>
  part()
    .openapi(
      route(OFFICE, { method: 'get', path: '/roster/people', responses: { 200: json(PeopleShown, '人员') } }),
      async (c) => {
        const deps = c.get('deps')
        const { asOf, gaps } = await unitsShown(deps)
        return c.json({ asOf, people: await peopleShown(deps), gaps }, 200)
      },
    )
    .openapi(
      route(OFFICE, { method: 'post', path: '/roster/people', request: { body: body(PersonForm) }, responses: done }),
      async (c) => {
        const deps = c.get('deps')
        const form = c.req.valid('json')
        await addPerson(deps, form, sessionStamp(deps, who(c).actor.id))
        return c.json({ text: `已登记 ${form.name}` }, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'put',
        path: '/roster/people/{id}',
        request: { params, body: body(PersonEdit) },
        responses: done,
      }),
      async (c) => {
        const deps = c.get('deps')
        const { id } = c.req.valid('param')
        const { version, ...form } = c.req.valid('json')
        const stamp = sessionStamp(deps, who(c).actor.id)
        await freshly(personNow(deps, id), version, () => editPerson(deps, id, form, stamp))
        return c.json({ text: '已保存' }, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/roster/people/{id}/remove',
        request: { params, body: body(Seen) },
        responses: done,
      }),
      async (c) => {
        const deps = c.get('deps')
        const { id } = c.req.valid('param')
        const stamp = sessionStamp(deps, who(c).actor.id)
        await freshly(personNow(deps, id), c.req.valid('json').version, () => removePerson(deps, id, stamp))
        return c.json({ text: '已移出通讯录，账号和登录都已失效' }, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/roster/people/{id}/code',
        request: { params },
        responses: { 200: json(CodeGiven, '一次性绑定码，只显示这一次') },
      }),
      async (c) => {
        const deps = c.get('deps')
        const { id } = c.req.valid('param')
        if (!(await personNow(deps, id)())) throw new Refusal(404, '没有这一项，可能刚被移除：请刷新页面')
        const given = await handOutCode(deps, id, sessionStamp(deps, who(c).actor.id))
        return c.json({ ...given, expiresAt: given.expiresAt.toISOString() }, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/roster/people/{id}/unbind',
        request: { params, body: body(Seen.extend({ digest: z.string() })) },
        responses: done,
      }),
      async (c) => {
        const deps = c.get('deps')
        const { id } = c.req.valid('param')
        const { version, digest } = c.req.valid('json')
        const stamp = sessionStamp(deps, who(c).actor.id)
        await freshly(personNow(deps, id), version, () => unbindAccount(deps, id, digest, stamp))
        return c.json({ text: '账号已解绑' }, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'put',
        path: '/roster/people/{id}/absence',
        request: { params, body: body(Absence) },
        responses: done,
      }),
      async (c) => {
        const deps = c.get('deps')
        const { id } = c.req.valid('param')
        const { version, ...absence } = c.req.valid('json')
        const stamp = sessionStamp(deps, who(c).actor.id)
        await freshly(personNow(deps, id), version, () => setAbsence(deps, id, absence, stamp))
        return c.json({ text: absence.until ? '已登记请假' : '已销假' }, 200)
      },
    )

const rooms = () =>
  part()
    .openapi(
      route(OFFICE, { method: 'get', path: '/roster/rooms', responses: { 200: json(RoomsShown, '群') } }),
      async (c) => c.json(await roomsShown(c.get('deps')), 200),
    )
    .openapi(
      route(OFFICE, { method: 'put', path: '/roster/rooms', request: { body: body(RoomBind) }, responses: done }),
      async (c) => {
        const deps = c.get('deps')
        const { version, ...binding } = c.req.valid('json')
        const stamp = sessionStamp(deps, who(c).actor.id)
        const read = roomNow(deps, binding.id.trim())
        const work = () => bindRoom(deps, binding, stamp)
        const now = await read()
        if (version === undefined && now) throw new Refusal(409, '这个群已经绑定：请看一下现在的样子，再改', now)
        if (version === undefined) await work()
        else await freshly(read, version, work)
        return c.json({ text: `已绑定 ${binding.id}` }, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/roster/rooms/unbind',
        request: { body: body(RoomSeen) },
        responses: done,
      }),
      async (c) => {
        const deps = c.get('deps')
        const { id, version } = c.req.valid('json')
        const stamp = sessionStamp(deps, who(c).actor.id)
        await freshly(roomNow(deps, id), version, () => unbindRoom(deps, addressOf(id, 'room'), stamp))
        return c.json({ text: `已解除绑定 ${id}` }, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/roster/rooms/robot',
        request: { body: body(RoomRobot) },
        responses: done,
      }),
      async (c) => {
        const deps = c.get('deps')
        const { id, version, webhook } = c.req.valid('json')
        const stamp = sessionStamp(deps, who(c).actor.id)
        await freshly(roomNow(deps, id), version, () => setRobot(deps, id, webhook, stamp))
        return c.json({ text: webhook.trim() === '' ? '不再用群机器人推送' : '已登记群机器人' }, 200)
      },
    )

/** People, units and rooms, as the office keeps them. */
export const rosterApi = () => part().route('/', units()).route('/', files()).route('/', people()).route('/', rooms())
export type RosterApi = ReturnType<typeof rosterApi>
