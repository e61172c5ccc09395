import { createDecipheriv, createHash } from 'node:crypto'
import { openGateway } from '../test/adapters/lark/gateway.ts'
import { createFakeLark, larkConfig } from '../test/fakes/lark.ts'
import type { Wire } from '../test/fakes/wire.ts'
import { sleep, until } from './chance.ts'
import { openListeners } from './listeners.ts'
import { LIAISON } from './served.ts'
import type { Wish } from './sockets.ts'

/** After so long without an acknowledgement the platform sends an event again, then after twice as long, and so on. */
const AGAIN_MS = 1500
/** Longer than a delivery's lease. */
const LEASE_MS = 60_000

/** The event as the long connection brings it: in the clear. */
const plainOf = ({ body }: Wire): string => {
  const sealed = Buffer.from((JSON.parse(body) as { encrypt: string }).encrypt, 'base64')
  const key = createHash('sha256').update(larkConfig.encryptKey).digest()
  const opening = createDecipheriv('aes-256-cbc', key, sealed.subarray(0, 16))
  return Buffer.concat([opening.update(sealed.subarray(16)), opening.final()]).toString()
}

/** Lark: both listen, what a dead one did not acknowledge comes again, and each message is answered exactly once. */
export const onLark = async ({ kills, leaseMs, random }: Wish): Promise<string[]> => {
  let ahead = 0
  const fake = createFakeLark(larkConfig, () => new Date(Date.now() + ahead))
  const slowly: typeof fetch = async (input, init) => {
    await sleep(40 + random() * 160)
    return fake.fetch(input, init)
  }
  const gateway = await openGateway(larkConfig, slowly)
  const { appId, appSecret } = larkConfig
  const env = { LARK_APP_ID: appId, LARK_APP_SECRET: appSecret, LARK_MODE: 'socket', LARK_DOMAIN: gateway.domain }
  const times = { leaseMs, beatMs: leaseMs / 3, restMs: 2 * leaseMs }
  const listeners = await openListeners(['A', 'B'], {
    ...{ env, liaison: `lark:${LIAISON}`, ahead: () => ahead, times },
  })
  const { processes } = listeners
  let [said, taken, again] = [0, 0, 0]
  /** Until somebody has acknowledged it. */
  const say = async (id: string) => {
    const plain = plainOf(fake.says({ from: LIAISON, chat: `oc_${id}`, at: true, text: '本月有哪些到期任务', id }))
    let acknowledged = false
    const push = () =>
      gateway.push(plain).then(({ code }) => {
        acknowledged ||= code === 200
      })
    for (let tries = 0; tries < 8; tries++) {
      try {
        void push()
      } catch {
        // Nobody is connected.
      }
      if (await until(() => acknowledged, AGAIN_MS * 2 ** tries)) return void taken++
      again++
    }
  }
  try {
    await Promise.all(processes.map(({ start }) => start()))
    await until(() => gateway.connected() === 2, 10_000)
    const both = gateway.connected()
    const saying: Promise<void>[] = []
    let going = true
    const talk = (async () => {
      while (going) {
        saying.push(say(`om_${++said}`))
        await sleep(20 + random() * 60)
      }
    })()
    for (let n = 0; n < kills; n++) {
      await sleep(300 + random() * 700)
      const dying = processes[random() < 0.5 ? 0 : 1]
      await dying?.kill(n % 4 === 1 ? 'SIGTERM' : 'SIGKILL')
      await dying?.start()
    }
    going = false
    await talk
    await Promise.all(saying)
    const answered = () => fake.sent.length
    for (let lives = 0; lives < 5 && !(await until(() => answered() >= said, 5000)); lives++) {
      await Promise.all(processes.map(({ kill }) => kill('SIGTERM')))
      ahead += LEASE_MS
      await Promise.all(processes.map(({ start }) => start()))
    }
    const counts = new Map<string, number>()
    for (const { replyTo = '' } of fake.sent) counts.set(replyTo, (counts.get(replyTo) ?? 0) + 1)
    const twice = [...counts.values()].filter((n) => n > 1).length
    console.log(
      `lark: ${both} listened at once; said ${said}, taken ${taken}, sent again by the platform ${again}, answered ${counts.size}, twice ${twice}; repeats that the key caught ${fake.calls.repeat}`,
    )
    console.log(listeners.duban('verify').trim())
    const promises: [boolean, string][] = [
      [both === 2, `${both} listened`],
      [taken === said, `${said - taken} were never taken`],
      [counts.size === said, `${said - counts.size} were never answered`],
      [twice === 0, `${twice} were answered twice`],
    ]
    return promises.flatMap(([kept, what]) => (kept ? [] : [`lark: ${what}`]))
  } finally {
    await listeners.close()
    await gateway.close()
  }
}
