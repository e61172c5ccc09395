import { describe, expect, it } from 'vitest'
import type { Adapter, Delivery, Received } from '../../adapters/adapter.ts'
import type { Card } from '../../src/model/card.ts'
import type { DeliveryError } from '../../src/model/problem.ts'
import { Refused } from '../../src/model/problem.ts'
import { type Fault, toRequest, type Wire } from '../fakes/wire.ts'
import { goldenCards } from './cards.ts'
import { forge } from './forge.ts'

/** One adapter with its fake platform around it; a fresh one a test. */
export interface AdapterBench {
  adapter: Adapter
  /** The platform brings nothing that is said in groups: `hello` comes out of a single chat. */
  groups?: false
  /** “收到” said to the bot in a group, message `m1`. */
  hello(): Wire
  /** The same in a single chat. */
  privately(): Wire
  /** Proven, but of no interest. */
  uninteresting(): Wire[]
  /** The bot's own message or another bot's; none where the platform sends no such thing. */
  own(): Wire[]
  /** Proven, but with what it needs missing or broken. */
  undecodable(): Wire[]
  /** What must be refused as unproven: wrong keys, other apps, missing proofs. */
  unproven(): Wire[]
  /** The check of our address; absent where the platform makes none. */
  challenge?(): { wire: Wire; body: string; wrong: Wire }
  /** The door while its secrets are rotated, from those of `adapter` to others. */
  rotation(): Rotation
  /** A press on a button that carries `value`; absent where there are no buttons. */
  press?(value: unknown): Wire
  /**
   * The headers that prove a request, where they prove nothing of its body: a changed body is then another message or none.
   * Absent where body, query and the platform's `x-` headers are all proven.
   */
  provenHeaders?: string[]
  /** Where the body's length is not in question but its proof is: the parts that the signature covers. */
  fail(fault: Fault): void
  refusal: { wrong: Fault; reason: DeliveryError['reason'] }[]
  /** What a call without an answer is. */
  unanswered: DeliveryError['reason']
  /** Takes back the access token, says how many were asked for, and as what the platform refuses a dead one; absent where there is none. */
  token?: { revoke(): void; asked(): number; dead: Fault }
  delivery(card: Card): Promise<Delivery>
  /** The words of the last card that reached the platform, which has checked it. */
  shown(): string
  /** Is nobody pinged and nothing formatted by what a person typed? */
  harmless(words: string): boolean
}

export interface Rotation {
  /** Knows the new secrets and, as the old ones, those of `adapter`; and knows the new alone. */
  during: Adapter
  after: Adapter
  /** “收到”, message `m1`, from a platform that has the new ones. */
  fresh: Wire
  /** From one that has some of them already. */
  between: Wire[]
  /** Checks of our address by a platform that has the old ones, and the new. */
  challenges: { wire: Wire; body: string }[]
  /** What is answered in an encrypted response, by a platform that has the old ones, and the new, and how that one opens it. */
  sealed: { wire: Wire; read(response: Response): Promise<unknown> }[]
}

/** As much of it as sending takes. */
export type DeliveryBench = Pick<
  AdapterBench,
  'adapter' | 'fail' | 'refusal' | 'unanswered' | 'token' | 'delivery' | 'shown' | 'harmless'
>

const receive = async (bench: AdapterBench, wire: Wire) => {
  if (!bench.adapter.receive) throw new Error('this adapter has no webhook')
  return bench.adapter.receive(toRequest(wire))
}

const refusal = (bench: AdapterBench, wire: Wire) =>
  receive(bench, wire).then(
    () => 'passed',
    (error: unknown) => (error instanceof Refused ? error.status : error),
  )

const problem = (bench: DeliveryBench, delivery: Delivery) =>
  bench.adapter.deliver(delivery).then(
    () => 'sent',
    (error: DeliveryError) => error.reason ?? error,
  )

const plain: Card = { title: '已收到', tone: 'good', blocks: [{ kind: 'text', text: '公开17-4 已登记' }] }

/** A body that never ends, from a sender that names no length. */
function endless(wire: Wire): { request: Request; pulled: () => number } {
  let pulled = 0
  const piece = new TextEncoder().encode('x'.repeat(65_536))
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += piece.length
      controller.enqueue(piece)
    },
  })
  const init = { method: 'POST', headers: wire.headers, body, duplex: 'half' }
  return { request: new Request(wire.url, init as RequestInit), pulled: () => pulled }
}

/** What every adapter with a webhook promises. */
export function adapterContract(name: string, open: () => AdapterBench): void {
  describe(`${name}: receiving`, () => {
    it('takes what is signed', async () => {
      const bench = open()
      const { messages, answer } = await receive(bench, bench.hello())
      const { platform, route } = bench.adapter
      expect(messages).toHaveLength(1)
      expect(messages[0]).toMatchObject({ id: 'm1', platform, route, addressed: true, text: '收到' })
      expect(messages[0]?.room).toMatchObject({ platform, route, kind: bench.groups === false ? 'person' : 'room' })
      expect((await answer([])).status).toBe(200)
    })

    it('knows a single chat, which is always said to it', async () => {
      const bench = open()
      const [message] = (await receive(bench, bench.privately())).messages
      expect(message).toMatchObject({ addressed: true, text: '收到', room: { kind: 'person', id: message?.from.id } })
    })

    it('gives a redelivery the same id', async () => {
      const bench = open()
      const wire = bench.hello()
      const [first, second] = [await receive(bench, wire), await receive(bench, wire)]
      expect(second.messages).toEqual(first.messages)
    })

    it('answers the check of its address, and only a proven one', async () => {
      const bench = open()
      if (!bench.challenge) return
      const { wire, body, wrong } = bench.challenge()
      const { messages, answer } = await receive(bench, wire)
      expect(messages).toEqual([])
      expect(await (await answer([])).text()).toBe(body)
      expect(await refusal(bench, wrong)).toBe(401)
    })

    it('lets events of no interest and bots pass without a word', async () => {
      const bench = open()
      for (const wire of [...bench.uninteresting(), ...bench.own()]) {
        const { messages, answer } = await receive(bench, wire)
        expect(messages).toEqual([])
        expect((await answer([])).status).toBe(200)
      }
    })

    it('refuses what is not proven, with one and the same 401', async () => {
      const bench = open()
      for (const wire of bench.unproven()) expect(await refusal(bench, wire)).toBe(401)
    })

    it('refuses what is proven and not decodable with 400', async () => {
      const bench = open()
      for (const wire of bench.undecodable()) expect(await refusal(bench, wire)).toBe(400)
    })

    it('stops reading a body that is too large', async () => {
      const bench = open()
      const { request, pulled } = endless(bench.hello())
      await expect(bench.adapter.receive?.(request)).rejects.toEqual(new Refused(413))
      expect(pulled()).toBeLessThan(2 << 20)
    })

    it('turns a press into the frame that the button carries', async () => {
      const bench = open()
      if (!bench.press) return
      const intent = { intent: 'list', state: 'open', offset: 12 }
      const wire = bench.press({ v: 1, intent })
      const [first, again] = [await receive(bench, wire), await receive(bench, wire)]
      expect(first.messages[0]).toMatchObject({ button: intent, addressed: true, text: '' })
      expect(again.messages[0]?.id).toBe(first.messages[0]?.id)
    })

    it.each([
      ['of another make', { op: 'ack' }],
      ['of no known intent', { v: 1, intent: { intent: 'format-disk' } }],
      ['with a slot of the wrong kind', { v: 1, intent: { intent: 'approve', tasks: '1' } }],
      ['of a later version', { v: 2, intent: { intent: 'help' } }],
      ['that is text', 'approve'],
    ])('refuses a button %s', async (_, value) => {
      const bench = open()
      if (!bench.press) return
      expect(await refusal(bench, bench.press(value))).toBe(400)
    })

    it('takes what is proven by the new secrets and by the old while they are rotated, and the new alone afterwards', async () => {
      const bench = open()
      const { during, after, fresh, between } = bench.rotation()
      for (const wire of [bench.hello(), fresh, ...between])
        expect((await receive({ ...bench, adapter: during }, wire)).messages).toMatchObject([
          { id: 'm1', text: '收到' },
        ])
      for (const wire of bench.unproven()) expect(await refusal({ ...bench, adapter: during }, wire)).toBe(401)
      for (const forged of forge(bench.hello(), 200, bench.provenHeaders))
        expect(await refusal({ ...bench, adapter: during }, forged)).toBe(401)
      expect(await refusal({ ...bench, adapter: after }, fresh)).toBe('passed')
      for (const wire of [bench.hello(), ...between])
        expect(await refusal({ ...bench, adapter: after }, wire)).toBe(401)
      expect(await refusal(bench, fresh)).toBe(401)
    })

    it('answers what a request asked with the secrets that it came with', async () => {
      const bench = open()
      const { during, challenges, sealed } = bench.rotation()
      for (const { wire, body } of challenges) {
        const { answer } = await receive({ ...bench, adapter: during }, wire)
        expect(await (await answer([])).text()).toBe(body)
      }
      for (const { wire, read } of sealed) {
        const { messages, answer } = await receive({ ...bench, adapter: during }, wire)
        const outcomes = messages.map((message) => ({ message, status: 'answered' as const, reply: plain }))
        expect(await read(await answer(outcomes))).toBeTruthy()
      }
    })

    it('is not fooled by 2,000 changed requests', async () => {
      const bench = open()
      const wire = bench.hello()
      const outcomes = new Set<unknown>()
      for (const forged of forge(wire, 2000, bench.provenHeaders)) outcomes.add(await refusal(bench, forged))
      expect([...outcomes]).toEqual([401])
    })

    it('makes of 2,000 changed bodies, where those are not proven, whole messages of this robot or none', async () => {
      const bench = open()
      if (!bench.provenHeaders) return
      const { platform, route } = bench.adapter
      const genuine = (await receive(bench, bench.hello())).messages[0]
      const wayBack = (handle = '') => handle.replace(/[?#].*/, '')
      const outcomes = new Set<unknown>()
      for (const forged of forge(bench.hello(), 2000, [])) {
        const outcome = await receive(bench, forged).catch((error: unknown) => error)
        if (outcome instanceof Refused) outcomes.add(outcome.status)
        else
          for (const message of (outcome as Received).messages) {
            outcomes.add('passed')
            expect(message).toMatchObject({ platform, route, room: { platform, route } })
            expect([message.id, message.from.id, message.room.id]).not.toContain('')
            expect(Number.isNaN(message.at.getTime())).toBe(false)
            if (message.replyBy) expect(wayBack(message.replyBy.handle)).toBe(wayBack(genuine?.replyBy?.handle))
          }
      }
      expect([...outcomes].sort()).toEqual([400, 401, 'passed'])
    })
  })

  deliveryContract(name, open)
}

/** What an adapter promises that only sends. */
export function deliveryContract(name: string, open: () => DeliveryBench): void {
  describe(`${name}: delivering`, () => {
    it.each(Object.entries(goldenCards))('shows %s within the limits', async (what, card) => {
      const bench = open()
      await bench.adapter.deliver(await bench.delivery(card))
      const words = bench.shown()
      expect(words).toContain(what === 'hostile words' ? '点此领取' : card.title.slice(0, 20))
      // A link of our own is one to press; in anybody's words there is none.
      if (what !== 'a link of our own') expect(bench.harmless(words)).toBe(true)
      if (what === 'a long text') expect(words).toMatch(/另有\d+行未显示/)
      if (what === 'a list of 12 rows') expect(words.match(/🔴|🟡|🟢/gu)).toHaveLength(12)
    })

    it('reads an error in a 200 and says what it means', async () => {
      const bench = open()
      const delivery = await bench.delivery(plain)
      for (const { wrong, reason } of bench.refusal) {
        bench.fail(wrong)
        expect([wrong, await problem(bench, delivery)]).toEqual([wrong, reason])
      }
    })

    it('gives up on a slow server and says what that means here', async () => {
      const bench = open()
      const delivery = await bench.delivery(plain)
      bench.fail('slow')
      expect(await problem(bench, delivery)).toBe(bench.unanswered)
    })

    it('tries later what never left', async () => {
      const bench = open()
      const delivery = await bench.delivery(plain)
      bench.fail('unreachable')
      expect(await problem(bench, delivery)).toBe('later')
    })

    it('fetches one new token for a dead one, however many calls met it', async () => {
      const bench = open()
      if (!bench.token) return
      // Two at once and twice: no platform minds four to one place.
      const deliveries = await Promise.all([1, 2].map(() => bench.delivery(plain)))
      await Promise.all(deliveries.map((each, i) => bench.adapter.deliver({ ...each, key: `a${i}` })))
      expect(bench.token.asked()).toBe(1)
      bench.token.revoke()
      await Promise.all(deliveries.map((each, i) => bench.adapter.deliver({ ...each, key: `b${i}` })))
      expect(bench.token.asked()).toBe(2)
    })

    it('does not go round in circles with a token that stays dead', async () => {
      const bench = open()
      if (!bench.token) return
      const delivery = await bench.delivery(plain)
      for (let n = 0; n < 10; n++) bench.fail(bench.token.dead)
      expect(['later', 'forbidden']).toContain(await problem(bench, delivery))
      expect(bench.token.asked()).toBe(2)
    })
  })
}
