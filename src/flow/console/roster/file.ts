import writeWorkbook from 'write-excel-file/universal'
import { isBound } from '../../../../commands/rooms.ts'
import { roomsOf } from '../../../../db/queries/people.ts'
import { peopleOnDuty } from '../../../../db/queries/roster.ts'
import type { Unit } from '../../../model/unit.ts'
import { cell, head } from '../../../plan/sheet-out.ts'
import { dayOf } from '../../../time/day.ts'
import { type RosterDraft, rosterDifference } from '../../../unit/roster.ts'
import type { Deps } from '../../deps.ts'
import type { Stamp } from '../../ledger.ts'
import { applyRoster, rosterNow } from '../../roster.ts'
import { foresee, foreseenLines, isPending, noShares, type Request, succeed, unsaidLines } from '../../succession.ts'

/** The successions of a file whose day has come and that are not written yet. */
const pendingOf = async (deps: Deps, draft: RosterDraft) => {
  const today = dayOf(deps.now(), deps.zone)
  const pending: { request: Request; lines: string[] }[] = []
  for (const { old, heirs, from, reason } of draft.successions) {
    const request = { olds: [old], heirs, from, reason, shares: noShares }
    if (from > today) {
      pending.push({
        request,
        lines: [`${old} 自 ${from} 起由 ${heirs.join('、')} 承接：还没有到日，到日以后再导入一次`],
      })
      continue
    }
    const foreseen = await foresee(deps, request)
    if (isPending(foreseen)) pending.push({ request, lines: [...foreseenLines(foreseen), ...unsaidLines(foreseen)] })
  }
  return pending
}

/** What a roster file would change. @throws BadInput */
export const previewRoster = async (deps: Deps, draft: RosterDraft) => {
  const { view } = await deps.cache(deps.store)
  const { added, changed, gone, lines } = rosterDifference(await rosterNow(deps), draft)
  const known = new Set(view.units.map(({ name }) => name))
  // A unit that the same file brings is on the register only once it is written: its succession is shown then.
  const told = draft.successions.filter(({ old }) => known.has(old))
  const successions = await pendingOf(deps, { ...draft, successions: told })
  return {
    ...{ version: view.version, added: added.length, changed: changed.length, gone: gone.length, lines },
    successions: successions.map((one) => one.lines),
  }
}

/** Takes a roster file over as it was shown, with its successions. @throws BadInput, conflict */
export const writeRoster = async (deps: Deps, draft: RosterDraft, stamp: Stamp): Promise<void> => {
  await applyRoster(deps, draft, stamp)
  const today = dayOf(deps.now(), deps.zone)
  for (const { request } of await pendingOf(deps, draft)) if (request.from <= today) await succeed(deps, request, stamp)
}

const COLUMNS = [
  ...['单位', '简称', '层级', '分管市领导', '分管领导', '联络员A', '手机A', '联络员B', '手机B'],
  ...['群', '单位组', '承接单位', '起始日', '备注'],
] as const
type Cells = Partial<Record<(typeof COLUMNS)[number], string>>

const PLAIN = /^[^、，,;；/\s]+$/

/** The rows of a unit: one, and one more for each pair of liaisons beyond the first. */
const unitRows = (
  unit: Unit,
  {
    people,
    rooms,
    classes,
    names,
  }: { people: Row[]; rooms: string[]; classes: string[]; names: (id: string) => string },
): Cells[] => {
  const own = people.filter((one) => one.role === 'liaison' && one.units.includes(unit.id))
  const [a, b] = (['A', 'B'] as const).map((post) => own.filter((one) => one.post === post).map(({ name }) => name))
  const others = own.filter(({ post }) => post === '').map(({ name }) => name)
  const notes = [
    ...(unit.origin === 'plan' ? ['由方案录入'] : []),
    ...(others.length > 0 ? [`未分岗联络员：${others.join('、')}`] : []),
  ]
  const more = Math.max(a?.length ?? 0, b?.length ?? 0, 1)
  return Array.from({ length: more }, (_, i): Cells => {
    const posts = { 联络员A: a?.[i] ?? '', 联络员B: b?.[i] ?? '' }
    if (i > 0) return posts
    return {
      ...{ 单位: unit.name, 简称: unit.short.join('、'), 层级: unit.level },
      ...{ 分管市领导: unit.leader, 分管领导: unit.head, ...posts },
      ...{ 群: rooms.join('、'), 单位组: classes.join('、'), 备注: notes.join('；') },
      ...(unit.succession && {
        承接单位: unit.succession.to.map(names).join('、'),
        起始日: unit.succession.from,
      }),
    }
  })
}

type Row = Awaited<ReturnType<typeof peopleOnDuty>>[number]

/**
 * The roster as a workbook that `readRosterFile` reads again. Mobile numbers are not in it, since nobody keeps them; nor
 * are rooms of several units, which a column of one unit cannot say.
 */
export const rosterWorkbook = async (deps: Deps): Promise<Uint8Array<ArrayBuffer>> => {
  const { view } = await deps.cache(deps.store)
  const people = await peopleOnDuty(deps.store)
  const rooms = (await roomsOf(deps.store)).filter((room) => isBound(room) && room.units.length === 1)
  const classes = view.units.filter(({ kind }) => kind === 'class')
  const names = (id: string) => view.units.find((unit) => unit.id === id)?.name ?? id
  const rows = view.units
    .filter(({ kind }) => kind === 'unit')
    .flatMap((unit) =>
      unitRows(unit, {
        ...{ people, names },
        rooms: rooms
          .filter((room) => room.units[0] === unit.id && PLAIN.test(room.address.id))
          .map(({ address }) => `${address.platform}:${address.id}`),
        classes: classes.filter(({ members }) => members?.includes(unit.id)).map(({ name }) => name),
      }),
    )
  const sheet = {
    sheet: '通讯录',
    data: [COLUMNS.map(head), ...rows.map((row) => COLUMNS.map((column) => cell(row[column] ?? '')))],
    columns: COLUMNS.map((column) => ({ width: column === '单位' ? 26 : column === '群' ? 24 : 14 })),
    stickyRowsCount: 1,
  }
  const blob = await writeWorkbook([sheet]).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}
