import { z } from 'zod'
import { DeliveryError } from '../../../src/model/problem.ts'
import type { AdapterDeps } from '../../deps.ts'
import type { PlainId } from '../plain.ts'
import type { WecomSession } from './session.ts'

export interface WecomContacts {
  /** Accounts by mobile; numbers of nobody are absent. @throws DeliveryError */
  find(mobiles: readonly string[]): Promise<Map<string, string>>
  plainId: PlainId
}

/** No such member (paths 95402, 90196). */
const NOBODY = [46004, 60111, 40003]
const MOST_IDS = 1000
const MOST_KEPT = 10_000
const HOUR = 3_600_000
/** Who left keeps an id that nobody else gets, so what is known stays known; what is not may be added any minute. */
const KNOWN_MS = 24 * HOUR
const UNKNOWN_MS = HOUR / 6
/**
 * Too many wrong numbers (a fifth of the corporation's heads) and the platform answers nobody for a day: a number of nobody
 * is not asked again so soon.
 */
const NOBODY_MS = 24 * HOUR

const User = z.object({ userid: z.string().min(1) })
const Converted = z.object({
  userid_list: z.array(z.object({ open_userid: z.string(), userid: z.string().min(1) })).nullish(),
  invalid_open_userid_list: z.array(z.string()).nullish(),
})

/** What was learnt and until when it is good; the oldest make room. */
function createMemory<T>(now: () => Date) {
  const kept = new Map<string, { value: T; until: number }>()
  return {
    get(key: string): { value: T } | undefined {
      const found = kept.get(key)
      return found && now().getTime() < found.until ? found : undefined
    },
    /** What was learnt once, though it is no longer good. */
    once: (key: string): T | undefined => kept.get(key)?.value,
    put(key: string, value: T, ms: number): void {
      kept.delete(key)
      kept.set(key, { value, until: now().getTime() + ms })
      for (const old of kept.keys()) {
        if (kept.size <= MOST_KEPT) break
        kept.delete(old)
      }
    },
  }
}

/** Who is who (paths 95402, 90196, 101521). The app sees those in its visible range. */
export function createWecomContacts(
  session: WecomSession,
  { now, log }: Pick<AdapterDeps, 'now' | 'log'>,
): WecomContacts {
  const nobodies = createMemory<true>(now)
  const plain = createMemory<string | undefined>(now)

  const userOf = async (mobile: string): Promise<string | undefined> => {
    if (nobodies.get(mobile)) return undefined
    const { code, json } = await session.post('/user/getuserid', { mobile }, {}, NOBODY)
    const user = User.safeParse(json).data?.userid
    if (code !== 0) nobodies.put(mobile, true, NOBODY_MS)
    return code === 0 ? user : undefined
  }

  /** An id that is plain already is called invalid, without an error. */
  const isMember = async (id: string): Promise<boolean> =>
    (await session.get('/user/get', { userid: id }, NOBODY)).code === 0

  const convert = async (ids: readonly string[]): Promise<Map<string, string | undefined>> => {
    const { json } = await session.post('/batch/openuserid_to_userid', { open_userid_list: ids })
    const { userid_list, invalid_open_userid_list } = Converted.safeParse(json).data ?? {}
    const found = new Map<string, string | undefined>(
      userid_list?.map(({ open_userid, userid }) => [open_userid, userid]),
    )
    for (const id of invalid_open_userid_list ?? []) found.set(id, (await isMember(id)) ? id : undefined)
    return found
  }

  const convertAll = async (ids: readonly string[]): Promise<Map<string, string | undefined>> => {
    const found = new Map<string, string | undefined>()
    for (let i = 0; i < ids.length; i += MOST_IDS)
      for (const [id, user] of await convert(ids.slice(i, i + MOST_IDS))) found.set(id, user)
    for (const id of ids) plain.put(id, found.get(id), found.get(id) === undefined ? UNKNOWN_MS : KNOWN_MS)
    return found
  }

  /** All that are asked for in the same turn of the loop go in one call. */
  const openBatch = () => {
    const ids = new Set<string>()
    const found = Promise.resolve().then(() => {
      batch = undefined
      return convertAll([...ids])
    })
    return { ids, found }
  }
  let batch: ReturnType<typeof openBatch> | undefined
  const ask = async (id: string): Promise<string | undefined> => {
    batch ??= openBatch()
    batch.ids.add(id)
    return (await batch.found).get(id)
  }

  return {
    async find(mobiles) {
      const found = new Map<string, string>()
      for (const mobile of new Set(mobiles)) {
        const user = await userOf(mobile)
        if (user !== undefined) found.set(mobile, user)
      }
      return found
    },

    async plainId(id) {
      const known = plain.get(id)
      if (known) return known.value
      try {
        return await ask(id)
      } catch (error) {
        log?.({
          event: 'plain-id',
          platform: 'wecom',
          outcome: error instanceof DeliveryError ? error.reason : 'failed',
        })
        return plain.once(id)
      }
    },
  }
}
