import { parseArgs } from 'node:util'
import type { Wire } from '../test/fakes/wire.ts'
import { seeded, sleep } from './chance.ts'
import { createClock } from './movable-clock.ts'
import { LIAISON, openServed, post } from './served.ts'

/**
 * Kills the server with SIGKILL at random moments while messages come in, starts it again and lets the platform redeliver:
 * every message must be answered, none twice, and the ledger's chains must hold.
 */
export const run = async (argv: string[]): Promise<void> => {
  const { values } = parseArgs({ args: argv, options: { kills: { type: 'string' }, seed: { type: 'string' } } })
  const kills = Number(values.kills ?? 100)
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  const random = seeded(seed)
  console.log(`kills ${kills}, seed ${seed}`)
  const clock = createClock(new Date().toISOString())
  const served = await openServed({ now: clock.now })
  try {
    let url = await served.start()
    const waiting = new Map<string, Wire>()
    let said = 0
    for (let n = 0; n < kills; n++) {
      const until = Date.now() + 50 + random() * 250
      while (Date.now() < until) {
        const id = `om_kill_${++said}`
        waiting.set(id, served.fake.says({ from: LIAISON, text: `5-1正在办，第${said}次`, id }))
        await Promise.all(
          [...waiting].slice(-8).map(async ([key, wire]) => {
            if (await post(url, wire)) waiting.delete(key)
          }),
        )
      }
      const dying = served.kill('SIGKILL')
      const late = [...waiting].map(([, wire]) => post(url, wire))
      await Promise.all([dying, ...late])
      url = await served.start()
    }
    for (let tries = 0; waiting.size > 0 && tries < 50; tries++)
      await Promise.all(
        [...waiting].map(async ([key, wire]) => {
          if (await post(url, wire)) waiting.delete(key)
        }),
      )
    const answers = () => served.fake.sent.length
    // What a lease that died with its process or the platform's limit a minute holds back comes by the clock.
    for (let lives = 0; answers() < said && lives < 20; lives++) {
      if (lives > 0) {
        await served.kill('SIGTERM')
        clock.advance(61_000)
        url = await served.start()
      }
      for (let before = -1; answers() < said && answers() > before; ) {
        before = answers()
        await sleep(1500)
      }
    }
    await served.kill('SIGTERM')
    const progressed = said - waiting.size
    const doubled = new Set(served.fake.sent.map((sent) => sent.uuid)).size !== answers()
    console.log(served.duban('verify').trim())
    console.log(
      `messages ${said}, taken ${progressed}, answers at the platform ${answers()}, answered twice ${doubled ? 'YES' : 'none'}`,
    )
    if (waiting.size > 0 || doubled || answers() !== said) process.exitCode = 1
  } finally {
    await served.close()
  }
}
