import type { Outcome } from '../../../commands/command.ts'
import { isConflict } from '../../../db/conflict.ts'
import { type DutyView, findDuties } from '../../../db/queries/duties.ts'
import {
  broughtBy,
  bytesBroughtBy,
  type EvidenceRow,
  evidenceIn,
  messagesWaiting,
} from '../../../db/queries/evidence.ts'
import { describeError } from '../../log.ts'
import type { Hint } from '../../model/evidence.ts'
import type { Json } from '../../model/fact.ts'
import { DeliveryError } from '../../model/problem.ts'
import { atOffice, dayOf } from '../../time/day.ts'
import { deliverSoon } from '../deliver.ts'
import type { Deps } from '../deps.ts'
import { type KeptFile, keepFile, typeOf } from '../keep-file.ts'
import type { Stamp } from '../ledger.ts'
import { storable } from '../meant.ts'
import { type Happens, happens } from '../subjects.ts'
import { fileHint, hintOf, type LookedAt, lookedAt, sizeWords } from './hint.ts'
import { whyNot } from './taking.ts'
import { tellWrites } from './telling.ts'
import { shownName } from './visible.ts'

/** Fetching files and looking at links, behind the back of whoever reported: at once where the process stays, else by the next tick. */

/** Of a page and of a file no more is read. */
const MOST_PAGE = 2 << 20
const MOST_FILE = 20 << 20
/** One person's files and copies of pages in a day: of twenty megabytes a message there would be no end. */
const MOST_A_DAY = 500 << 20
/** Files, and messages whose links are looked at, in memory at one time, whoever sends how many. */
const LANES = 4
/** What could not be had for so long is given up. */
const GIVE_UP_MS = 30 * 60_000
/** Messages of one tick. */
const MOST_MESSAGES = 10

/** How something that waited ended. */
export interface Ending {
  row: EvidenceRow
  state: 'kept' | 'looked' | 'failed'
  hint: Hint
  kept?: KeptFile | undefined
  /** As the platform calls it only when it is fetched. */
  name?: string | undefined
}

/** Bytes that may still be kept of whoever sent it. */
interface Room {
  left: number
}

const FOR_GOOD = new Set<DeliveryError['reason']>(['gone', 'forbidden', 'malformed', 'no-route'])

const failed = (row: EvidenceRow, why: string): Ending => ({ row, state: 'failed', hint: fileHint('lost', { why }) })

const FULL = `一人一天最多存${MOST_A_DAY >> 20}MB，请明天再发或送办公室`

const isOld = ({ now }: Deps, { at }: EvidenceRow): boolean => now().getTime() - at.getTime() > GIVE_UP_MS

const fetched = async (deps: Deps, row: EvidenceRow, room: Room): Promise<Ending | undefined> => {
  const { file, room: place } = row.source ?? {}
  const adapter = deps.adapters.find((one) => one.platform === place?.platform && one.route === place.route)
  const later = isOld(deps, row) ? failed(row, '一直取不到，请重发') : undefined
  if (!file || !adapter?.fetchFile || !deps.blobs) return later
  if (room.left <= 0) return failed(row, FULL)
  try {
    const { name, bytes } = await adapter.fetchFile(file)
    if (bytes.length > MOST_FILE) return failed(row, '超过20MB')
    if (bytes.length === 0) return failed(row, '是空的')
    if (bytes.length > room.left) return failed(row, FULL)
    const type = await typeOf(bytes)
    // By the name that it will be saved under: signs that nobody sees would hide its ending.
    const shown = shownName(storable(name))
    const why = whyNot(shown, { type, bytes })
    if (why) return failed(row, why)
    const kept = await keepFile(deps, bytes, 'evidence')
    room.left -= bytes.length
    const called = file.name === '' ? shown : ''
    const hint = fileHint('kept', { what: sizeWords(bytes.length) })
    return { row, state: 'kept', kept, hint, ...(called && { name: called }) }
  } catch (error) {
    if (error instanceof DeliveryError && FOR_GOOD.has(error.reason))
      return failed(row, error.reason === 'malformed' && /20MB/.test(error.message) ? '超过20MB' : '取不到了，请重发')
    deps.log({ event: 'evidence', id: row.id, outcome: 'later', error: describeError(error) })
    return later
  }
}

type Around = { duties: ReadonlyMap<string, DutyView>; issuedOn(plan: string): string | null; room: Room }

const looked = async (
  deps: Deps,
  row: EvidenceRow,
  { duties, issuedOn, room }: Around,
  at: (link: string) => Promise<LookedAt>,
): Promise<Ending | undefined> => {
  if (!deps.checkLink) return isOld(deps, row) ? failed(row, '这台服务器不查看链接') : undefined
  const duty = duties.get(row.duty)
  // What is no longer anybody's to check is not called.
  if (!duty || duty.secret) return failed(row, '这一项已不查看链接')
  const found = await at(row.name)
  const hint = hintOf(found, duty, { reportedOn: dayOf(row.at, deps.zone), issuedOn: issuedOn(duty.plan) })
  const bytes = found.read.body?.bytes
  const fits = bytes !== undefined && bytes.length > 0 && bytes.length <= room.left
  if (fits) room.left -= bytes.length
  const kept = fits ? await keepFile(deps, bytes, 'page').catch(() => undefined) : undefined
  return { row, state: 'looked', hint, kept }
}

const factOf = ({ state, hint, kept, name }: Ending, on: string): Happens => ({
  kind: state === 'kept' ? 'saved' : state,
  body: {
    ...{ on, outcome: hint.outcome },
    ...(hint.status !== null && { status: hint.status }),
    ...(kept && { hash: kept.hash, size: kept.size, type: kept.type }),
  },
  words: { hint: hint as unknown as Json, ...(name && { name }) },
})

const roomOf = async ({ store, now, zone }: Deps, [first]: readonly EvidenceRow[]): Promise<Room> => {
  const by = first && (await broughtBy(store, [first.id])).get(first.id)
  const since = atOffice(dayOf(now(), zone), '00:00', zone)
  return { left: MOST_A_DAY - (by === undefined ? 0 : await bytesBroughtBy(store, by, since)) }
}

/** Waits for one of the few places that there are for such work. */
const inLane = <T>({ queue }: Deps, what: string, id: string, work: () => Promise<T>): Promise<T> =>
  queue(`${what}:${id.charCodeAt(id.length - 1) % LANES}`, work)

const endingsOf = async (
  deps: Deps,
  waiting: readonly EvidenceRow[],
  found: readonly DutyView[],
): Promise<Ending[]> => {
  const { view } = await deps.cache(deps.store)
  const around: Around = {
    room: await roomOf(deps, waiting),
    duties: new Map(found.map((duty) => [duty.id, duty])),
    issuedOn: (plan) => view.plans.find(({ id }) => id === plan)?.document.issuedOn || null,
  }
  const pages = new Map<string, Promise<LookedAt>>()
  const at = (link: string): Promise<LookedAt> => {
    const known = pages.get(link) ?? Promise.resolve(deps.checkLink?.(link, MOST_PAGE) ?? never()).then(lookedAt)
    pages.set(link, known)
    return known
  }
  const named = waiting.filter(({ kind }) => kind === 'link')
  const [one] = named
  const links = one
    ? inLane(deps, 'evidence-links', one.id, () => Promise.all(named.map((row) => looked(deps, row, around, at))))
    : []
  const files: (Ending | undefined)[] = []
  const known = new Map<string, Ending | undefined>()
  // One after another: each may be twenty megabytes.
  for (const row of waiting.filter(({ kind }) => kind !== 'link')) {
    const handle = row.source?.file?.handle ?? row.id
    const same = known.get(handle)
    const end = same
      ? { ...same, row }
      : await inLane(deps, 'evidence-files', row.id, () => fetched(deps, row, around.room))
    known.set(handle, end)
    files.push(end)
  }
  return [...(await links), ...files].filter((end) => end !== undefined)
}

const never = (): never => {
  throw new Error('no link is looked at here')
}

const settleOnce = async (deps: Deps, message: string): Promise<void> => {
  const rows = await evidenceIn(deps.store, message)
  const waiting = rows.filter(({ state }) => state === 'waiting')
  if (waiting.length === 0) return
  const duties = await findDuties(deps.store, { ids: [...new Set(rows.map(({ duty }) => duty))] })
  const ends = await endingsOf(deps, waiting, duties)
  if (ends.length === 0) return
  const at = deps.now()
  const stamp: Stamp = { by: 'duban', via: message, at }
  const files = [...new Map(ends.flatMap(({ kept }) => (kept ? [[kept.hash, kept] as const] : []))).values()]
  await deps.store.atomic((q) => [
    ...ends.flatMap((end) =>
      happens(
        deps,
        q,
        {
          ...{ subject: 'evidence', was: end.row, facts: [factOf(end, dayOf(at, deps.zone))] },
          set: {
            state: end.state,
            hint: end.hint,
            hash: end.kept?.hash ?? null,
            lookedAt: at,
            source: null,
            ...(end.name && { name: end.name }),
          },
        },
        stamp,
      ),
    ),
    ...files.map((file) => file.write(q)),
    ...tellWrites(deps, q, { message, rows, ends, duties }, at),
  ])
  deliverSoon(deps)
}

/** Fetches and looks at what came in one message; what cannot be had now waits for the next tick. Never throws. */
const settleMessage = (deps: Deps, message: string): Promise<void> =>
  deps.queue(`evidence:${message}`, async () => {
    try {
      await settleOnce(deps, message)
    } catch (error) {
      // What somebody moved meanwhile (told which duty it is for) is settled by the next tick.
      if (!isConflict(error)) deps.log({ event: 'evidence', outcome: 'failed', error: describeError(error) })
    }
  })

/** Behind the tick's back: nothing that is delivered waits for somebody's slow site. */
export const settleWaiting = async (deps: Deps): Promise<void> => {
  const messages = await messagesWaiting(deps.store, MOST_MESSAGES)
  if (messages.length === 0) return
  deps.background(
    deps.queue('evidence', async () => {
      for (const message of messages) await settleMessage(deps, message)
    }),
  )
}

/**
 * Begins to fetch what came: a platform gives a file for minutes only. Links alone are looked at by a process that stays, or
 * by the next tick: nobody's command line waits for a site.
 */
export const evidenceSoon = (deps: Deps, message: string, { evidence = [] }: Pick<Outcome, 'evidence'>): void => {
  const begins = deps.atOnce ? evidence.length > 0 : evidence.some(({ kind }) => kind !== 'link')
  if (begins) deps.background(settleMessage(deps, message))
}
