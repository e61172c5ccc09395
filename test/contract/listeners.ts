import { describe, expect, it } from 'vitest'
import { leaveListener, listenersOf, renewListener, takeListener } from '../../db/queries/listeners.ts'
import type { Office } from './store.ts'

const now = new Date('2017-07-11T08:00:00.000Z')
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000)
const hold = (owner: string, at = 0, app = 'wecom:AIB001') => ({ app, owner, now: later(at), until: later(at + 60) })

/** One process at a time holds the one connection of an app. */
export const listeners = (office: Office): void => {
  describe('listeners', () => {
    it('one of many takes it, and keeps it as long as it renews', async () => {
      const store = office()
      const owners = ['a', 'b', 'c', 'd', 'e', 'f']
      const took = await Promise.all(owners.map((owner) => takeListener(store, hold(owner))))
      expect(took.filter(Boolean)).toHaveLength(1)
      const owner = owners[took.indexOf(true)] ?? ''
      expect(await renewListener(store, hold(owner, 30))).toBe(true)
      expect(await takeListener(store, hold('late', 80))).toBe(false)
      expect(await listenersOf(store)).toEqual([
        { office: store.office, app: 'wecom:AIB001', owner, until: later(90), at: now, lost: '' },
      ])
    })

    it('another takes it when it has run out, and who had it learns that', async () => {
      const store = office()
      expect(await takeListener(store, hold('a'))).toBe(true)
      expect(await takeListener(store, hold('b', 59))).toBe(false)
      const took = await Promise.all(['b', 'c'].map((owner) => takeListener(store, hold(owner, 60))))
      expect(took.filter(Boolean)).toHaveLength(1)
      expect(await renewListener(store, hold('a', 61))).toBe(false)
      await leaveListener(store, { ...hold('a', 61), until: later(61), lost: 'stopped' })
      expect((await listenersOf(store))[0]).toMatchObject({ owner: took[0] ? 'b' : 'c', lost: '' })
    })

    it('is free at once when it is given back, and rests as long as was said when it was lost', async () => {
      const store = office()
      await takeListener(store, hold('a'))
      await leaveListener(store, { ...hold('a', 5), until: later(5), lost: 'stopped' })
      expect(await listenersOf(store)).toMatchObject([{ owner: '', at: later(5), until: later(5), lost: 'stopped' }])
      expect(await takeListener(store, hold('b', 5))).toBe(true)
      await leaveListener(store, { ...hold('b', 6), until: later(606), lost: 'ended' })
      expect(await renewListener(store, hold('b', 7))).toBe(false)
      for (const owner of ['a', 'b']) expect(await takeListener(store, hold(owner, 605))).toBe(false)
      expect(await takeListener(store, hold('a', 606))).toBe(true)
      expect(await listenersOf(store)).toMatchObject([{ owner: 'a', lost: '' }])
    })

    it('apps and offices do not meet', async () => {
      const [one, other] = [office(), office()]
      expect(await takeListener(one, hold('a'))).toBe(true)
      expect(await takeListener(one, hold('b', 0, 'wecom:AIB002'))).toBe(true)
      expect(await takeListener(other, hold('b'))).toBe(true)
      expect((await listenersOf(one)).map(({ app, owner }) => [app, owner])).toEqual([
        ['wecom:AIB001', 'a'],
        ['wecom:AIB002', 'b'],
      ])
    })
  })
}
