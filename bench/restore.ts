import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Client from 'better-sqlite3'
import type { Wire } from '../test/fakes/wire.ts'
import { until } from './chance.ts'
import { LIAISON, openServed, post } from './served.ts'

/** Messages under way at the same time. */
const BESIDE = 8
/** Answers that a lease or the platform's limit holds back come within this. */
const PATIENCE_MS = 60_000

/** Of a message, on a machine that is busy with others. */
const SLOWEST_MS = 300

type Served = Awaited<ReturnType<typeof openServed>>

/** Says one after the other until it is told to end; knows which were acknowledged. */
const createTalk = ({ fake }: Served) => {
  const said = new Map<string, Wire>()
  const taken = new Set<string>()
  let n = 0
  const say = async (url: string): Promise<void> => {
    const id = `om_restore_${++n}`
    const wire = fake.says({ from: LIAISON, text: `5-1正在办，第${n}次`, id })
    said.set(id, wire)
    if (await post(url, wire)) taken.add(id)
  }
  /** Begins; the promise that the returned function gives ends when nothing is under way any more. */
  const begin = (url: string) => {
    let going = true
    const lane = async () => {
      while (going) await say(url)
    }
    const lanes = Promise.all(Array.from({ length: BESIDE }, lane))
    return () => {
      going = false
      return lanes
    }
  }
  return { said, taken, begin }
}

const rowsOf = <T>(folder: string, sql: string): T[] => {
  const client = new Client(join(folder, 'duban.db'), { readonly: true })
  try {
    return client.prepare(sql).all() as T[]
  } finally {
    client.close()
  }
}
/** Ids of the messages that a ledger has taken. */
const heldIn = (folder: string): Set<string> =>
  new Set(
    rowsOf<{ key: string }>(folder, 'select key from receipts').map(({ key }) => key.slice(key.lastIndexOf(':') + 1)),
  )

const missingIn = (wanted: Iterable<string>, held: ReadonlySet<string>): number =>
  [...wanted].filter((id) => !held.has(id)).length

/**
 * The drill: a backup in the middle of traffic, the server killed, the backup put back into an empty folder, a fresh
 * process on it, and the platform sends everything again. What was acknowledged before the backup began is there; nothing
 * is answered twice; what came after it is taken again.
 */
export const run = async (argv: string[]): Promise<void> => {
  const { values } = parseArgs({ args: argv, options: { short: { type: 'boolean' }, messages: { type: 'string' } } })
  /** So many are acknowledged before the backup, and again after it. */
  const each = Number(values.messages ?? (values.short ? 100 : 2000))
  const served = await openServed()
  const wrong: string[] = []
  const hold = (holds: boolean, what: string) => {
    if (!holds) wrong.push(what)
  }
  try {
    const url = await served.start()
    const talk = createTalk(served)
    const end = talk.begin(url)
    await until(() => talk.taken.size >= each, each * SLOWEST_MS)
    const before = new Set(talk.taken)
    const backupAt = performance.now()
    await served.meanwhile('backup', `${join(served.folder, 'backups')}/`, '--keep', '3')
    const backupMs = performance.now() - backupAt
    const during = talk.taken.size - before.size
    const after = talk.taken.size + each
    await until(() => talk.taken.size >= after, each * SLOWEST_MS)
    await served.kill('SIGKILL')
    await end()
    const lost = talk.said.size

    const fresh = join(served.folder, 'fresh')
    served.moveTo(fresh)
    const restoreAt = performance.now()
    const [name = ''] = readdirSync(join(served.folder, 'backups'))
    const told = await served.meanwhile('restore', join(served.folder, 'backups', name))
    const restoreMs = performance.now() - restoreAt
    const held = heldIn(fresh)
    hold(before.size >= each && held.size < talk.said.size, 'the backup was not in the middle of traffic')
    hold(told.includes('台账完整'), 'restore did not find the ledger whole')
    hold(missingIn(before, held) === 0, `${missingIn(before, held)} acknowledged before the backup are not in it`)

    const again = await served.start()
    const wires = [...talk.said.values()]
    // The fresh process goes on answering while the platform brings all the rest again.
    const endMore = talk.begin(again)
    while (wires.length > 0)
      await Promise.all(wires.splice(0, BESIDE).map((wire) => until(() => post(again, wire), PATIENCE_MS)))
    await endMore()
    await until(async () => (await served.account(again)).waiting === 0, PATIENCE_MS)
    await served.kill('SIGTERM')
    const all = talk.said.size
    const now = heldIn(fresh)
    hold(missingIn(talk.said.keys(), now) === 0, `${missingIn(talk.said.keys(), now)} sent again were not taken`)
    const answers = rowsOf<{ n: number; state: string }>(
      fresh,
      "select state, count(*) n from outbox where id like 'answer:%' group by state",
    )
    const sent = answers.find(({ state }) => state === 'sent')?.n ?? 0
    hold(sent === all && answers.length === 1, `answers ${JSON.stringify(answers)} for ${all} messages`)
    const uuids = served.fake.sent.map(({ uuid }) => uuid)
    hold(new Set(uuids).size === uuids.length, 'the platform took an answer twice')
    hold(uuids.length === all, `${uuids.length} answers at the platform for ${all} messages`)
    const verified = await served.meanwhile('verify')
    hold(verified.startsWith('台账完整'), 'verify does not hold')
    console.log(verified.trim())
    const doubled = uuids.length - new Set(uuids).size
    console.log(
      `restore: ${lost} messages; backup in ${Math.round(backupMs)} ms while ${during} were taken, ${before.size} before it, ` +
        `all there; killed, restored in ${Math.round(restoreMs)} ms with ${held.size}; all sent again: ${lost - held.size} ` +
        `taken anew, ${all - lost} more on top, answered twice ${doubled === 0 ? 'none' : doubled}`,
    )
    for (const what of wrong) console.log(`NOT SO: ${what}`)
    if (wrong.length > 0) process.exitCode = 1
  } finally {
    await served.close()
  }
}
