import { and, eq } from 'drizzle-orm'
import { WrongKey } from './errors.ts'
import { officesKnown } from './queries/signs.ts'
import type { Sealing } from './sealing.ts'
import type { Store } from './store.ts'

/** The mark stands as a row among those of long connections, under what is no office's name. */
const OFFICE = '-'
const APP = 'sealing'
const NEVER = new Date(0)

/** Under which key (by its id, empty: none) the identity columns stand; `to`: to which they are being moved, by which run. */
export interface Mark {
  id: string
  to?: string
  run?: string
}

/** `>ID@RUN` while they are being moved; no id holds an @. */
const movingOf = ({ to, run }: Mark): string => (to === undefined ? '' : `>${to}${run === undefined ? '' : `@${run}`}`)

const markIn = (id: string, moving: string): Mark => {
  const [, to, run] = /^>([^@]*)(?:@(.*))?$/.exec(moving) ?? []
  return { id, ...(to !== undefined && { to }), ...(run !== undefined && { run }) }
}

export const markOf = async (store: Pick<Store, 'of'>): Promise<Mark> => {
  const { q, t } = store.of(OFFICE)
  const [row] = await q
    .select({ id: t.listeners.owner, moving: t.listeners.lost })
    .from(t.listeners)
    .where(and(eq(t.listeners.office, OFFICE), eq(t.listeners.app, APP)))
  return row ? markIn(row.id, row.moving) : { id: '' }
}

/** From one to the other, in one write. False where it stands otherwise by now, and then nothing is changed. */
export const moveMark = async (store: Store, from: Mark, to: Mark): Promise<boolean> => {
  const { one, t } = store.of(OFFICE)
  const { office, app, owner, lost } = t.listeners
  const set = { owner: to.id, lost: movingOf(to) }
  const rows = await one((q) =>
    q
      .insert(t.listeners)
      .values({ office: OFFICE, app: APP, until: NEVER, at: NEVER, ...set })
      .onConflictDoUpdate({
        target: [office, app],
        set,
        setWhere: and(eq(owner, from.id), eq(lost, movingOf(from))),
      })
      .returning({ owner }),
  )
  return rows.length === 1
}

const APPLY = '请停下服务，执行 duban keys apply，再启动'

export const keyNamed = (id: string): string => (id === '' ? '不加密' : `密钥 ${id}`)

const refusal = ({ id, known }: Sealing, mark: Mark): string => {
  if (mark.to !== undefined)
    return `更换密钥没有做完（${keyNamed(mark.id)} → ${keyNamed(mark.to)}）：请用同样的两把再执行 duban keys apply`
  if (id === '' && !known.includes(mark.id))
    return `数据库里的身份信息是加密的（密钥 ${mark.id}）：请设好 IDENTITY_KEY，没有它什么也读不出来`
  if (mark.id === '') return `设了 IDENTITY_KEY，数据库里的身份信息还没有加密：${APPLY}`
  if (known.includes(mark.id)) return `数据库里的身份信息还是用原来的密钥（${mark.id}）加密的：${APPLY}`
  return `数据库里的身份信息是用另一把密钥（${mark.id}）加密的，IDENTITY_KEY 是 ${id}：请设回原来的；要换，就把原来的设为 IDENTITY_KEY_OLD，执行 duban keys apply`
}

/** Of two that begin one database at once with different keys, one comes first. */
const begun = async (store: Store): Promise<Mark> => {
  const { one, t } = store.of(OFFICE)
  await one((q) =>
    q
      .insert(t.listeners)
      .values({ office: OFFICE, app: APP, until: NEVER, at: NEVER, owner: store.sealing.id, lost: '' })
      .onConflictDoNothing(),
  )
  return markOf(store)
}

type Marked = Pick<Store, 'of' | 'sealing'>

const fits = ({ sealing }: Marked, mark: Mark): boolean => mark.to === undefined && mark.id === sealing.id

/** Do they stand under the store's key, and are not being moved? One row is read. */
export const standsUnder = async (store: Marked): Promise<boolean> => fits(store, await markOf(store))

/**
 * Looking up by equality finds only what is sealed under the same key, so a database stands under one at a time. An empty
 * one is marked with the key that it is begun with. @throws WrongKey in one line where it stands under another
 */
export const requireKey = async (store: Store): Promise<void> => {
  let mark = await markOf(store)
  if (fits(store, mark)) return
  if (mark.to === undefined && mark.id === '' && (await officesKnown(store.of(OFFICE))).size === 0)
    mark = await begun(store)
  if (!fits(store, mark)) throw new WrongKey(refusal(store.sealing, mark))
}
