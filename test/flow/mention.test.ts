import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import type { OutboxRow } from '../../db/queries/outbox.ts'
import type { LiaisonView, Reached, RoomView } from '../../db/queries/people.ts'
import { concerned, mentionBy } from '../../src/flow/deliver/mention.ts'
import type { Places } from '../../src/flow/deliver/ways.ts'

const at = new Date('2017-08-21T01:00:00Z')
const row: OutboxRow = {
  ...{ office: 'a', id: 'n', batch: '', origin: 'tick', units: ['u1'], asks: false, lane: 'push', ord: '1' },
  ...{ room: 'wecom:*:r', address: { platform: 'wecom', route: '*', kind: 'room', id: 'r' } },
  ...{ card: null, recipe: null, replyHandle: null, replyUntil: null, dueAt: at, validUntil: at },
  ...{ state: 'waiting', leaseOwner: 'w', leaseUntil: at, attempts: 0, triedAt: null, lapsed: 0 },
  ...{ error: null, ref: null, edit: null, edits: null, tasks: [], settledAt: null },
}
const room = (scope: RoomView['scope']): RoomView => ({
  ...{ office: 'a', key: 'wecom:*:r', scope, units: ['u1'], address: row.address, mutedUntil: null, since: null },
  ...{ overdue: false, webhook: '', plan: '', version: 1, head: '' },
})
const liaison = (id: string, units: string[], more: Partial<LiaisonView> = {}): LiaisonView => ({
  ...{ id, name: `${id}员`, role: 'liaison', units, post: '', awayUntil: null, substitute: '', version: 1, head: '' },
  ...more,
})
const account = (person: LiaisonView, key: string): Reached => ({ ...person, charge: [], key })
const people = [
  liaison('li', ['u1'], { post: 'A', awayUntil: '2017-08-25', substitute: 'wu' }),
  liaison('bo', ['u1'], { post: 'B' }),
  liaison('wu', ['u2']),
  ...Array.from({ length: 30 }, (_, i) => liaison(`p${i}`, [`many${i}`])),
]
const places = (scope: RoomView['scope'], keys: Record<string, string[]>, mention = true): Places => ({
  rooms: new Map([['wecom:*:r', room(scope)]]),
  mention,
  reach: {
    accounts: new Map(
      people.flatMap((one) => (keys[one.id] ? [[one.id, (keys[one.id] ?? []).map((key) => account(one, key))]] : [])),
    ),
    liaisons: new Map(
      people.flatMap((one) => one.units.map((unit) => [unit, people.filter((p) => p.units.includes(unit))])),
    ),
    byId: new Map(people.map((one) => [one.id, one])),
    heads: new Map(),
  },
})
const all = Object.fromEntries(people.map(({ id }) => [id, [`wecom:*:${id}`]]))
const today = '2017-08-21'
const ids = (scope: RoomView['scope'], more: Partial<OutboxRow> = {}, keys = all, mention = true) =>
  concerned({ ...row, ...more }, undefined, places(scope, keys, mention), today).map(([one]) => one?.id)

describe('whom a push concerns', () => {
  it.each([
    ['who stands in for a liaison that is away', ids('units'), ['wu']],
    ['the next one where they have no account there', ids('units', {}, { ...all, wu: ['lark:*:wu'] }), ['bo']],
    ['a liaison that is away, where nobody else has one', ids('units', {}, { li: ['wecom:*:li'] }), ['li']],
    ['nobody without an account', ids('units', {}, {}), []],
    ['nobody in a room of everybody’s', ids('all'), []],
    ['nobody in the office’s own', ids('office'), []],
    [
      'in either, by an hour clock, who sees to it',
      [...ids('all', { lane: 'clock' }), ...ids('office', { lane: 'clock' })],
      ['wu', 'wu'],
    ],
    ['nobody by an answer', ids('units', { lane: 'answer' }), []],
    ['nobody by what is put right in place', ids('units', { edits: 'm' }), []],
    ['nobody in a chat of their own', ids('units', { address: { ...row.address, kind: 'person' } }), []],
    ['nobody where the office wants none of it', ids('units', {}, all, false), []],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected)
  })

  it('is named by the card where the card names anybody, and at most twenty are @-ed', () => {
    const units = people.flatMap((one) => one.units)
    const found = concerned(row, { units, heads: [] }, places('units', all), today)
    expect(mentionBy(found, adapter('hook'), [adapter('hook')])).toHaveLength(20)
    expect(concerned(row, { units: [], heads: [] }, places('units', all), today)).toEqual([])
  })
})

const adapter = (route: string, person = false): Adapter => ({
  ...{ platform: 'wecom', route, perMinute: 1, canStart: { room: true, person } },
  deliver: async () => ({}),
})
const bo = liaison('bo', ['u1'])
const by = (route: string, keys: string[]): string[] =>
  mentionBy([keys.map((key) => account(bo, key))], adapter(route), [
    adapter('hook'),
    adapter('bot'),
    adapter('app', true),
  ]).map(({ route: own, id }) => `${own} ${id}`)

describe('the account by which somebody is @-ed', () => {
  it.each([
    ['its own app’s before any app’s', by('bot', ['wecom:*:a', 'wecom:bot:b']), ['bot b']],
    ['any app’s', by('bot', ['wecom:*:a', 'wecom:app:c']), ['* a']],
    ['never another app’s', by('bot', ['wecom:app:c']), []],
    ['by a group robot that of the app that writes to people', by('hook', ['wecom:bot:b', 'wecom:app:c']), ['app c']],
    ['by a group robot never the bot’s', by('hook', ['wecom:bot:b']), []],
  ])('is %s', (_, found, expected) => {
    expect(found).toEqual(expected)
  })
})
