import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import { useLink } from '../../src/flow/console/sign-in.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { register } from '../../src/flow/roster.ts'
import { createLog } from '../../src/log.ts'
import type { Card } from '../../src/model/card.ts'
import type { Incoming, Platform } from '../../src/model/message.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'

const office = officesOf('console')
const publicUrl = 'https://duban.example.gov.cn'

const app = (platform: Platform, person: boolean): Adapter => ({
  ...{ platform, route: 'a1', perMinute: 1000, canStart: { room: true, person } },
  deliver: async () => ({}),
})

const open = async ({ base = true, person = true } = {}) => {
  const town = await openTown(office(), { adapters: [app('lark', person)] })
  const lines: string[] = []
  const deps = {
    ...town.deps,
    ...(base && { publicUrl }),
    log: createLog((line) => lines.push(line), { now: town.deps.now }),
  }
  await register(
    deps,
    {
      people: [
        {
          ...{ name: '周小舟', role: 'liaison' as const, units: [], charge: [], post: '' as const, mobile: '' },
          identities: ['lark:*:ou_zhou'],
        },
      ],
    },
    { by: 'admin:test', via: 'test:1', at: deps.now() },
  )
  let n = 0
  const say = (
    text: string,
    { from = 'ou_zhou', room, id = `m${++n}` }: { from?: string; room?: string; id?: string },
  ) => {
    const place = { platform: 'lark' as const, route: 'a1' }
    const message: Incoming = {
      ...{ ...place, id, at: deps.now(), from: { id: from, name: '' }, addressed: true, text },
      room: { ...place, kind: room ? 'room' : 'person', id: room ?? from },
    }
    return dispatch(deps, message)
  }
  const outbox = () => deps.store.q.select().from(deps.store.t.outbox)
  return { town, deps, say, outbox, lines }
}

const linkIn = (card: Card | null | undefined): string => {
  const found = card?.blocks.find((block) => block.kind === 'link')
  if (found?.kind !== 'link') throw new Error('no link')
  return found.url
}
const secretOf = (url: string): string => url.split('#')[1] ?? ''
const mine = <R extends { office: string }>(rows: R[], { deps }: Awaited<ReturnType<typeof open>>): R[] =>
  rows.filter((row) => row.office === deps.store.office)

describe('the way into the console', () => {
  it('is the answer in a single chat, signs in once, and is sent no longer than it is good', async () => {
    const t = await open()
    const { reply } = await t.say('网页版', {})
    const url = linkIn(reply)
    expect(url.startsWith(`${publicUrl}/signin#${t.deps.store.office}.`)).toBe(true)
    const [row] = mine(await t.outbox(), t)
    expect(row?.validUntil.getTime()).toBe(t.deps.now().getTime() + 600_000)
    const { cookie } = await useLink(t.deps, secretOf(url), 'vitest')
    expect(cookie).not.toContain(secretOf(url))
    await expect(useLink(t.deps, secretOf(url), 'vitest')).rejects.toThrow('已经用过')
  })

  it('is the same for the message sent again, and another for the next', async () => {
    const t = await open()
    const first = linkIn((await t.say('网页版', { id: 'once' })).reply)
    expect(linkIn((await t.say('网页版', { id: 'once' })).reply)).toBe(first)
    expect(linkIn((await t.say('网页版', {})).reply)).not.toBe(first)
  })

  it('goes past a group into the own chat of who asked', async () => {
    const t = await open()
    const { reply } = await t.say('网页版', { room: 'oc_work' })
    expect(reply?.title).toBe('已私聊发给您')
    expect(JSON.stringify(reply)).not.toContain('signin')
    const rows = mine(await t.outbox(), t)
    const [note, ...more] = rows.filter(({ lane }) => lane === 'push')
    expect(more).toEqual([])
    expect(note).toMatchObject({ address: { platform: 'lark', route: 'a1', kind: 'person', id: 'ou_zhou' } })
    expect(note?.validUntil.getTime()).toBe(t.deps.now().getTime() + 600_000)
    await useLink(t.deps, secretOf(linkIn(note?.card)), 'vitest')
    expect(
      rows
        .filter(({ address }) => address.kind === 'room')
        .map(({ card }) => JSON.stringify(card))
        .join(),
    ).not.toContain('signin')
  })

  it('is asked for in a single chat where the bot may begin none', async () => {
    const t = await open({ person: false })
    expect((await t.say('网页版', { room: 'oc_work' })).reply?.title).toBe('请单聊我')
    expect(mine(await t.outbox(), t).filter(({ lane }) => lane === 'push')).toEqual([])
    expect(linkIn((await t.say('网页版', {})).reply)).toContain('/signin#')
  })

  it('needs an address, and says what the administrator sets', async () => {
    const t = await open({ base: false })
    expect(JSON.stringify((await t.say('网页版', {})).reply)).toContain('PUBLIC_URL')
  })

  it('is not made for a role that speaks on the terminal', async () => {
    const t = await open()
    const local = { platform: 'console' as const, route: 'local', kind: 'person' as const, id: 'console:office' }
    const message = { platform: 'console' as const, route: 'local', at: t.deps.now(), text: '网页版', addressed: true }
    const from = { id: 'console:office', name: '' }
    const as = { id: 'console:office', name: '主管科室', role: 'office' as const, units: [], charge: [] }
    const reply = async (id: string) =>
      JSON.stringify((await dispatch(t.deps, { ...message, id, from, room: local }, true, as)).reply)
    expect(await reply('c1')).toContain('duban people link')
    const { t: tables, q } = t.deps.store
    expect(mine(await q.select().from(tables.links), t)).toEqual([])
  })

  it('is no stranger’s', async () => {
    const t = await open()
    const { reply, refused } = await t.say('网页版', { from: 'ou_nobody' })
    expect([refused, JSON.stringify(reply)]).toEqual([true, expect.stringContaining('领取绑定码')])
  })

  it('stands in no fact, no table of links and no line of the log', async () => {
    const t = await open()
    const { t: tables, q } = t.deps.store
    const secret = secretOf(linkIn((await t.say('网页版', {})).reply)).split('.')[1] ?? ''
    await t.say('网页版', { room: 'oc_work' })
    expect(secret).toHaveLength(32)
    const kept = [
      await q.select().from(tables.facts),
      await q.select().from(tables.links),
      await q.select().from(tables.receipts),
    ]
    expect(JSON.stringify([kept, t.lines])).not.toContain(secret)
    expect(t.lines.join()).toContain('"console"')
  })
})
