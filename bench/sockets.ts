import { parseArgs } from 'node:util'
import { seeded } from './chance.ts'
import { onLark } from './sockets-lark.ts'
import { onWecom } from './sockets-wecom.ts'

export interface Wish {
  kills: number
  leaseMs: number
  random: () => number
}

/**
 * Two processes of the program on one database, whose holder of a long connection is killed or stopped at random moments
 * while people talk: WeCom's smart bot, of which one may listen, and Lark, where both do. `--short`: 3 ends each. `--lease`:
 * seconds of a listener's lease (60 is the program's own).
 */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const options = { kills: text, seed: text, only: text, lease: text, short: { type: 'boolean' } as const }
  const { values } = parseArgs({ args: argv, options })
  const kills = Number(values.kills ?? (values.short ? 3 : 40))
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  const leaseMs = 1000 * Number(values.lease ?? 3)
  console.log(`kills ${kills}, lease ${leaseMs / 1000} s, seed ${seed}`)
  const broken: string[] = []
  for (const [name, trial] of Object.entries({ wecom: onWecom, lark: onLark })) {
    if (values.only && values.only !== name) continue
    const began = performance.now()
    broken.push(...(await trial({ kills, leaseMs, random: seeded(seed) })))
    console.log(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s`)
  }
  if (broken.length > 0) throw new Error(broken.join('; '))
}
