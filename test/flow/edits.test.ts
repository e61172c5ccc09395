import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Adapter, Update } from '../../adapters/adapter.ts'
import { renderText } from '../../adapters/console/index.ts'
import { accountsOf } from '../../commands/deliveries.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { register } from '../../src/flow/roster.ts'
import type { Card } from '../../src/model/card.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import { accounts, settle, type Who } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'

const DESK = 'oc_desk'

/** A platform that changes what it was sent, and refuses where a test says so. */
const openPlatform = (code?: string) => {
  const faces = new Map<string, { room: string; card: Card }>()
  const updates: Update[] = []
  const wrong: DeliveryError[] = []
  let n = 0
  const adapter: Adapter = {
    ...{ platform: 'lark', route: 'cli_1', perMinute: 1000, once: 3_300_000 },
    canStart: { room: true, person: true },
    deliver: async ({ to, card }) => {
      const ref = `om_${++n}`
      faces.set(ref, { room: to.id, card })
      return { ref, ...(code && { edit: code }) }
    },
    update: async (update) => {
      const error = wrong.shift()
      if (error) throw error
      updates.push(update)
      faces.set(update.ref, { room: update.to.id, card: update.card })
    },
  }
  return { adapter, faces, updates, wrong }
}

let store: Store
let town: Town
let platform: ReturnType<typeof openPlatform>

const open = async (code?: string) => {
  platform = openPlatform(code)
  town = await openTown(store.of('yunxi'), { adapters: [platform.adapter] })
  await settle(town, 'lark')
  const address = { platform: 'lark' as const, route: '*', kind: 'room' as const, id: DESK }
  await register(
    town.deps,
    { rooms: [{ address, scope: 'office', units: [] }] },
    {
      ...{ by: 'admin:test', via: 'test:desk', at: town.deps.now() },
    },
  )
  at('10:00')
}
const at = (time: string, day = '2017-08-21') => town.on(day, time)

/** Somebody says or presses something, and what that brings is delivered. */
const does = async (
  who: Who,
  room: string,
  what: { text: string } | { press: string; label: RegExp; inline?: boolean },
) => {
  const route = { platform: 'lark' as const, route: 'cli_1' }
  const pressed = 'press' in what ? platform.faces.get(what.press)?.card : undefined
  const button = 'press' in what ? pressed?.buttons?.find(({ label }) => what.label.test(label))?.intent : undefined
  if ('press' in what && !button) throw new Error(`no such button: ${JSON.stringify(pressed)}`)
  const turn = await dispatch(
    town.deps,
    {
      ...{ ...route, id: town.deps.newId(), at: town.deps.now(), addressed: true },
      from: { id: accounts[who], name: who },
      room: { ...route, kind: 'room', id: room },
      text: 'text' in what ? what.text : '',
      ...('press' in what && button && { button, quotes: what.press }),
    },
    'press' in what && what.inline === true,
  )
  await town.deps.settled()
  await deliver(town.deps)
  return turn
}

/** Messages in a room that carry such a button, by their refs. */
const withButton = (room: string, label: RegExp): string[] =>
  [...platform.faces]
    .filter(([, face]) => face.room === room && face.card.buttons?.some((button) => label.test(button.label)))
    .map(([ref]) => ref)
const faceOf = (ref: string): string => {
  const card = platform.faces.get(ref)?.card
  return card ? renderText(card) : ''
}
const edits = async () => {
  const { t, q, office } = town.deps.store
  return (await q.select().from(t.outbox).where(eq(t.outbox.office, office))).filter((row) => row.edits !== null)
}
const noted = async () => {
  const { t, q, office } = town.deps.store
  return q.select().from(t.shown).where(eq(t.shown.office, office))
}

const GRANTS = /同意|准/

beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  await open()
})
afterEach(() => store.close())

/** The finance bureau asks for more time; the office has a card with buttons that answer it. */
const asked = async (): Promise<string> => {
  await does('finance', 'oc_finance', { text: 'R-2申请延期到8月30日，因系统升级' })
  const [ref, ...more] = withButton(DESK, GRANTS)
  expect(more).toEqual([])
  return ref ?? ''
}

it('what the office answers in words takes the buttons off the card that asked, and says who did it', async () => {
  const ref = await asked()
  expect(await noted()).toHaveLength(1)
  at('10:05')
  await does('office', DESK, { text: '同意市财政局R-2延期到8月30日' })
  expect(platform.updates).toHaveLength(1)
  expect(platform.updates[0]).toMatchObject({ ref, to: { platform: 'lark', route: 'cli_1', kind: 'room', id: DESK } })
  expect(platform.updates[0]?.card.buttons).toBeUndefined()
  expect(faceOf(ref)).toMatch(/已办理：同意延期到8月30日.* 8月21日（云溪市.* 沈清）/)
})

it('is no message: no push report, no noise, no lateness of a room’s lists', async () => {
  await asked()
  const before = await accountsOf({ db: town.deps.store }, { from: new Date(0), to: new Date(8e15) })
  at('10:05')
  await does('office', DESK, { text: '同意市财政局R-2延期到8月30日' })
  const after = await accountsOf({ db: town.deps.store }, { from: new Date(0), to: new Date(8e15) })
  // The unit is told by a message; the card that was put right is none.
  expect(after.whole.targets - before.whole.targets).toBe(1)
  const [edit, ...more] = await edits()
  expect(more).toEqual([])
  expect(edit).toMatchObject({ state: 'sent', units: [], batch: '', lane: 'push' })
  expect(edit?.room).not.toBe(`lark:*:${DESK}`)
})

it('the pressed card gets its new face in the answer and no update; what it then shows is put right later', async () => {
  const ref = await asked()
  at('10:05')
  const turn = await does('office', DESK, { press: ref, label: GRANTS, inline: true })
  expect(turn.reply?.title).toMatch(/延期/)
  expect(platform.updates).toEqual([])
  expect(await edits()).toEqual([])
  const { t, q } = town.deps.store
  const [row] = await q.select({ card: t.outbox.card }).from(t.outbox).where(eq(t.outbox.ref, ref))
  expect(row?.card).toEqual(turn.reply)
})

it('a press that is refused leaves the card as it was, and what moves later is put right on it', async () => {
  const ref = await asked()
  const before = faceOf(ref)
  const turn = await does('audit', DESK, { press: ref, label: GRANTS, inline: true })
  expect(turn.refused).toBe(true)
  const { t, q } = town.deps.store
  const [row] = await q.select({ card: t.outbox.card }).from(t.outbox).where(eq(t.outbox.ref, ref))
  expect(row?.card && renderText(row.card)).toBe(before)
  at('10:05')
  await does('office', DESK, { text: '同意市财政局R-2延期到8月30日' })
  expect(faceOf(ref)).toMatch(/已办理：同意延期/)
})

it('several changes while one waits are one update, of the newest state', async () => {
  const ref = await asked()
  platform.wrong.push(new DeliveryError('later', '429', 60_000))
  at('10:05')
  await does('office', DESK, { text: '同意市财政局R-2延期到8月30日' })
  expect(platform.updates).toEqual([])
  at('10:06')
  await does('finance', 'oc_finance', { text: 'R-2已完成' })
  at('10:10')
  await deliver(town.deps)
  expect(platform.updates.map(({ ref }) => ref)).toEqual([ref])
  expect(faceOf(ref)).toMatch(/已办理：待审核/)
  expect((await edits()).map(({ state }) => state).sort()).toEqual(['dropped', 'sent'])
})

it.each(['gone', 'malformed', 'forbidden', 'no-route'] as const)('%s is dropped without a word', async (reason) => {
  await asked()
  platform.wrong.push(new DeliveryError(reason, 'too old'))
  at('10:05')
  await does('office', DESK, { text: '同意市财政局R-2延期到8月30日' })
  expect(await edits()).toMatchObject([{ state: 'dropped', error: `${reason}: too old` }])
})

it('what nobody knows of is done once more, since that harms nothing', async () => {
  await asked()
  platform.wrong.push(new DeliveryError('unsure', 'no answer'))
  at('10:05')
  await does('office', DESK, { text: '同意市财政局R-2延期到8月30日' })
  expect((await edits()).map(({ state }) => state)).toEqual(['waiting'])
  at('10:06')
  await deliver(town.deps)
  expect(platform.updates).toHaveLength(1)
})

it('a card of 14 days ago is left as it is, one that changes by a code after 72 hours', async () => {
  await asked()
  at('10:05', '2017-09-05')
  await does('office', DESK, { text: '同意市财政局R-2延期到9月30日' })
  expect(await edits()).toEqual([])

  for (const [day, n] of [
    ['2017-08-23', 1],
    ['2017-08-25', 0],
  ] as const) {
    await store.close()
    store = await openSqlite(':memory:')
    await migrate(store)
    await open('code')
    await asked()
    at('10:05', day)
    await does('office', DESK, { text: '同意市财政局R-2延期到8月30日' })
    expect(platform.updates.map(({ edit }) => edit)).toEqual(Array(n).fill('code'))
    expect(await noted()).toHaveLength(n === 1 ? 0 : 1)
  }
})

it('a card that was overtaken while it was on its way is put right when it has arrived', async () => {
  const before = platform.adapter.deliver
  let meanwhile: (() => Promise<unknown>) | undefined
  platform.adapter.deliver = async (delivery) => {
    const first = delivery.to.id === DESK ? meanwhile : undefined
    if (first) meanwhile = undefined
    await first?.()
    return before(delivery)
  }
  meanwhile = () => town.as('office').says('同意市财政局R-2延期到8月30日')
  await does('finance', 'oc_finance', { text: 'R-2申请延期到8月30日，因系统升级' })
  await deliver(town.deps)
  expect(platform.updates).toHaveLength(1)
  expect(withButton(DESK, GRANTS)).toEqual([])
})

it('a platform that changes nothing costs nothing', async () => {
  delete platform.adapter.update
  await asked()
  expect(await noted()).toEqual([])
  await does('office', DESK, { text: '同意市财政局R-2延期到8月30日' })
  expect(await edits()).toEqual([])
})
