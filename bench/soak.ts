import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sleep } from './chance.ts'
import { columns } from './figures.ts'
import { createPeople } from './soak/people.ts'
import { openPlatform } from './soak/platform.ts'
import { growthOf, type Sample, sampleUntil } from './soak/sampling.ts'
import { fillOffice } from './webhook/office.ts'
import { cli, serverEnv, start } from './webhook/processes.ts'

/** How much more memory the last third of the run may hold than the second. */
const FLAT = 1.1
const LAST_MS = 60_000

/** Each request leaves so many KB behind: whether the bench would find it. */
const leaking = (kb: number): string[] =>
  kb === 0
    ? []
    : [
        '--import',
        `data:text/javascript,${encodeURIComponent(`import{Server}from'node:http';const kept=[],emit=Server.prototype.emit;
          Server.prototype.emit=function(name,...args){if(name==='request')kept.push(Buffer.alloc(${kb}*1024,1));return emit.call(this,name,...args)}`)}`,
      ]

const shown = (samples: readonly Sample[]): string =>
  columns([
    ['second', 'RSS MiB', 'heap MiB', 'healthz ms', 'most', 'database MiB', 'WAL MiB', 'answered'],
    ...samples.map(({ second, rss, heap, health, database, wal, answered }) => [
      ...[String(second), rss.toFixed(0), heap?.toFixed(0) ?? '', health.median.toFixed(1), health.most.toFixed(0)],
      ...[database.toFixed(1), wal.toFixed(1), String(answered)],
    ]),
  ])

/**
 * `soak [--minutes 30] [--rate 100]`: the built server on SQLite under signed messages of Lark (lists, reports, chatter, one
 * in twenty delivered again), its ticks included. Memory must be flat, every message answered once, and no answer a 5xx.
 * `--short`: half a minute, in which memory is still coming to its own and is told, not judged. `--leak KB`: the server
 * is made to keep so much of each request, which must be found.
 */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: argv,
    options: { short: { type: 'boolean' }, minutes: text, rate: text, leak: text },
  })
  const seconds = values.short ? 30 : 60 * Number(values.minutes ?? 30)
  const rate = Number(values.rate ?? 100)
  const folder = await mkdtemp(join(tmpdir(), 'duban-soak-'))
  const platform = await openPlatform()
  const env = serverEnv(folder, platform.domain)
  fillOffice(
    (...args) => execFileSync(process.execPath, [cli, ...args], { env, encoding: 'utf8', stdio: 'pipe' }),
    folder,
  )
  const broken: string[] = []
  const promise = (kept: boolean, what: string) => {
    console.log(`${kept ? 'kept  ' : 'BROKEN'} ${what}`)
    if (!kept) broken.push(what)
  }
  try {
    const target = await start('duban', [...leaking(Number(values.leak ?? 0)), cli, 'serve'], env)
    const people = createPeople(target.port, rate)
    const until = performance.now() + seconds * 1000
    const [samples] = await Promise.all([
      sampleUntil(until, values.short ? 2 : 10, target, join(folder, 'duban.db'), platform.answered),
      people.talk(until),
    ])
    const isOpen = () => people.underWay() > 0 || people.asked().some(({ id }) => platform.repliesTo(id) === 0)
    for (const patience = performance.now() + LAST_MS; isOpen() && performance.now() < patience; ) await sleep(200)
    // What would be answered twice has had its time too.
    await sleep(1000)
    await target.stop()
    people.close()

    console.log(shown(samples))
    const asked = people.asked()
    const lost = asked.filter(({ id }) => platform.repliesTo(id) === 0).length
    const doubled = asked.filter(({ id }) => platform.repliesTo(id) > 1).length
    const said = people.silent().filter(({ id }) => platform.repliesTo(id) > 0).length
    const statuses = [...people.statuses()].map(([status, n]) => `${status}: ${n}`)
    const told = `${asked.length + people.silent().length} messages in ${seconds} s, ${people.repeated()} of them again`
    promise(
      lost === 0 && doubled === 0 && said === 0,
      `${told}: ${asked.length} asked for an answer, ${lost} without one, ${doubled} with two; ${said} of ${people.silent().length} answered that were not said to the bot`,
    )
    // Where there is none in ten seconds, the machine is too slow for so many: they come again, and are still answered once.
    promise(
      [...people.statuses().keys()].every((status) => ['200', 'none'].includes(status)),
      `acknowledged ${statuses.join(', ')}: no 5xx`,
    )
    const growth = growthOf(samples)
    const memory = `memory of the last third is ${growth.toFixed(3)} of the second’s (at most ${FLAT})`
    if (values.short) console.log(`told   ${memory}`)
    else promise(growth <= FLAT, memory)
  } finally {
    platform.close()
    await rm(folder, { recursive: true })
  }
  if (broken.length > 0) throw new Error(broken.join('; '))
}
