import type { Wire } from '../../test/fakes/wire.ts'
import { sleep } from '../chance.ts'
import { post } from '../served.ts'
import { liaisonOf, roomOf, UNITS } from '../webhook/office.ts'
import type { Replicas } from './office.ts'

interface Wish {
  messages: number
  kills: number
  random: () => number
}

const WIDTH = 8
/** As long as a platform waits before it sends again what nobody took; its own pauses are longer. */
const AGAIN_MS = 300
/** A message that nobody takes for so many times is a bench that would never end. */
const MOST_TIMES = 200
/** Longer than a lease. */
const LEASE_MS = 61_000
const LIVES = 20
/** Every so many messages one reports progress, which is a fact; the others only ask. */
const REPORTS_EACH = 3

/** The tasks of the plan in turn, by the numbers that a unit's lists show. */
export const reportOf = (n: number): string => `${(Math.floor(n / UNITS) % 10) + 1}-1正在办，第${n}次`

/** Sends every message until it is taken, some to two at once, and again some of those that were taken; ends when all were. */
const talk = async (replicas: Replicas, { messages, random }: Wish) => {
  const again: Wire[] = []
  let next = 0
  let redelivered = 0
  const one = async () => {
    while (next < messages) {
      const n = next++
      const who = { from: liaisonOf(n % UNITS), chat: roomOf(n % UNITS), at: true }
      const text = n % REPORTS_EACH === 0 ? reportOf(n) : '本月有哪些到期任务'
      const wire = replicas.fake.says({ ...who, text, id: `om_endure_${n}` })
      const beside = random() < 0.05 ? post(replicas.next(), wire) : undefined
      for (let times = 1; !(await post(replicas.next(), wire)); times++) {
        if (times > MOST_TIMES) throw new Error(`message ${n} was never taken: ${await replicas.state()}`)
        redelivered++
        await sleep(AGAIN_MS)
      }
      if (beside) redelivered += (await beside) ? 1 : 0
      if (random() < 0.05) again.push(wire)
    }
  }
  await Promise.all(Array.from({ length: WIDTH }, one))
  for (const wire of again) if (await post(replicas.next(), wire)) redelivered++
  return { redelivered }
}

/** Kills one at random with -9 each time that so many messages more were said, and starts it again after a while. */
const killing = async (replicas: Replicas, { messages, kills, random }: Wish, until: Promise<unknown>) => {
  let over = false
  void until.finally(() => {
    over = true
  })
  const killed: number[] = []
  for (let n = 0; n < kills && !over; n++) {
    await sleep(200 + random() * 600)
    const i = Math.floor(random() * replicas.many)
    await replicas.end(i, 'SIGKILL')
    killed.push(i)
    await sleep(100 + random() * 500)
    await replicas.start(i)
  }
  return { killed, messages }
}

const waitingOf = async (replicas: Replicas): Promise<number> =>
  (
    await replicas.rows<{ n: number }>(
      `select count(*)::int as n from outbox where state = 'waiting' and due_at <= '${replicas.clock.now().toISOString()}'`,
    )
  )[0]?.n ?? 0

/** What the leases of the dead hold back comes by the clock. */
const finish = async (replicas: Replicas): Promise<void> => {
  for (let lives = 0; lives < LIVES; lives++) {
    for (let before = -1, now = await waitingOf(replicas); now > 0 && now !== before; ) {
      await sleep(1500)
      before = now
      now = await waitingOf(replicas)
    }
    if ((await waitingOf(replicas)) === 0) return
    await replicas.endAll('SIGTERM')
    replicas.clock.advance(LEASE_MS)
    await replicas.startAll()
  }
}

/** Messages and a Monday's push while processes are killed. Returns the promises that were not kept. */
export const endured = async (replicas: Replicas, wish: Wish): Promise<string[]> => {
  await replicas.startAll()
  const talking = talk(replicas, wish)
  const [{ redelivered }, { killed }] = await Promise.all([talking, killing(replicas, wish, talking)])
  await finish(replicas)
  await replicas.endAll('SIGTERM')
  const { fake } = replicas
  const answers = fake.sent.filter(({ replyTo }) => replyTo?.startsWith('om_endure_'))
  const answered = new Set(answers.map(({ replyTo }) => replyTo))
  const pushes = fake.sent.filter(({ replyTo }) => replyTo === undefined)
  const reached = new Set(pushes.map(({ to }) => to))
  const [noted] = await replicas.rows<{ receipts: number }>(
    `select count(*)::int as receipts from receipts where key like '%om_endure_%'`,
  )
  const [entered] = await replicas.rows<{ facts: number; messages: number }>(
    `select count(*)::int as facts, count(distinct via)::int as messages from facts where kind = 'progressed'`,
  )
  const reports = Math.ceil(wish.messages / REPORTS_EACH)
  const whole = replicas.duban('verify').trim().split('\n').at(-1)
  console.log(
    `${replicas.many} processes, killed ${killed.length} times (${killed.join(', ')}): messages ${wish.messages}, sent again ${redelivered}, ` +
      `taken ${noted?.receipts}, answered ${answered.size}, answers ${answers.length}; ` +
      `reports ${reports}, entered ${entered?.messages}, facts of them ${entered?.facts}; ` +
      `lists reached ${reached.size} rooms of ${UNITS}; ${whole}`,
  )
  return [
    ...(answered.size === wish.messages ? [] : [`${wish.messages - answered.size} messages without an answer`]),
    ...(answers.length === answered.size ? [] : [`${answers.length - answered.size} answers twice`]),
    ...(noted?.receipts === wish.messages ? [] : [`${noted?.receipts} receipts`]),
    ...(entered?.messages === reports ? [] : [`${entered?.messages} of ${reports} reports entered`]),
    ...(entered?.facts === entered?.messages ? [] : [`${entered?.facts} facts of ${entered?.messages} reports`]),
    ...(reached.size === UNITS ? [] : [`${UNITS - reached.size} rooms without their list`]),
    ...(killed.length === wish.kills ? [] : [`killed only ${killed.length} times: more --messages`]),
  ]
}
