import { parseArgs } from 'node:util'
import type { Figure } from './figures.ts'
import type { Size } from './ledger.ts'
import { measureLists } from './push-lists.ts'
import { measureShare, serveShare } from './push-share.ts'

const offices = (many: number): Size => ({
  ...{ offices: many, years: 1, each: 5000, asking: 5000, units: 500 },
  open: true,
})
const oneOffice = (units: number): Size => ({
  ...{ offices: 1, years: 1, each: units * 10, asking: units * 10, units },
  open: true,
})

/** The lines of it in the table of the installation's cost: so many offices with 500 rooms each. */
export const pushFigures = async (many: number): Promise<Figure[]> => {
  const limits = { seconds: 60, memory: 2000, tick: 50 }
  const { broken, speed } = await measureLists(offices(many), limits, 20, () => undefined)
  if (broken.length > 0) throw new Error(broken.join('; '))
  const command = 'npm run bench -- push'
  return [
    {
      what: `Monday lists of ${speed.rooms} rooms, queued and composed`,
      figure: `${speed.seconds.toFixed(1)} s`,
      command,
    },
    { what: 'their delivery', figure: `${speed.perSecond.toFixed(0)} a second`, command },
  ]
}

/**
 * `push`: the Monday lists of 100,000 rooms of 200 offices with 1,000,000 open duties. `push --processes 4`: one office of
 * 5,000 rooms (`--rooms`) shared by 1, 2 and 4 processes, on the PostgreSQL of BENCH_DATABASE_URL, else on SQLite. `--short`: some
 * hundred rooms of both; a tick's cost then says little, and is only looked at.
 */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: argv,
    options: { short: { type: 'boolean' }, processes: text, rooms: text, share: text, platform: text },
  })
  if (values.share !== undefined) return serveShare(values.share, values.platform ?? '')
  const broken: string[] = []
  if (values.short || !values.processes) {
    const limits = { seconds: 60, memory: 500, tick: 5 }
    broken.push(...(await measureLists(offices(values.short ? 1 : 200), limits, values.short ? 100 : 500)).broken)
  }
  if (values.short || values.processes) {
    const most = Number(values.processes ?? 2)
    const rounds = [1, 2, 4, 8].filter((many) => many <= most)
    const database = process.env.BENCH_DATABASE_URL
    const rooms = Number(values.rooms ?? (values.short ? 300 : 5000))
    broken.push(...(await measureShare(oneOffice(rooms), rounds, database)))
  }
  if (broken.length > 0) throw new Error(broken.join('; '))
}
