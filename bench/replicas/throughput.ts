import { sleep } from '../chance.ts'
import { post } from '../served.ts'
import { liaisonOf, roomOf, UNITS } from '../webhook/office.ts'
import { AGAIN_MS, MOST_TIMES, reportOf } from './endured.ts'
import { openReplicas } from './office.ts'

/** Messages under way at once. */
const WIDTH = 32
/** A process runs for days: the first messages of each are the compiler's. */
const WARM = 200
const REPORTS_EACH = 10

export interface Taken {
  /** Messages a second that were acknowledged, each stored and answered for. */
  rate: number
  /** How long each answer waited from being stored to being sent, ms. */
  waited: number[]
  /** So often a message was not taken at once, and sent again. */
  refused: number
  /** Of the transactions, how many the server took back. */
  back: number
}

/** So many messages as fast as so many processes take them, one in ten of them a report. */
export const throughput = async (database: string, many: number, messages: number, walled: boolean): Promise<Taken> => {
  const replicas = await openReplicas(database, many, walled)
  try {
    await replicas.startAll()
    let said = 0
    let refused = 0
    const send = async (upTo: number, id: string) => {
      while (said < upTo) {
        const n = said++
        const wire = replicas.fake.says({
          ...{ from: liaisonOf(n % UNITS), chat: roomOf(n % UNITS), at: true, id: `${id}_${n}` },
          text: n % REPORTS_EACH === 3 ? reportOf(n) : '本月有哪些到期任务',
        })
        for (let times = 1; !(await post(replicas.next(), wire)); times++) {
          if (times > MOST_TIMES) throw new Error(`message ${n} was never taken: ${await replicas.state()}`)
          refused++
          await sleep(AGAIN_MS)
        }
      }
    }
    const all = (upTo: number, id: string) => Promise.all(Array.from({ length: WIDTH }, () => send(upTo, id)))
    await all((WARM / 2) * many, 'om_first')
    await replicas.analyze()
    await all(WARM * many, 'om_warm')
    const from = performance.now()
    const [before, counted] = [said, await replicas.transactions()]
    await all(before + messages, 'om_rate')
    const rate = (said - before) / ((performance.now() - from) / 1000)
    // The server counts what a connection did when it ends.
    await replicas.endAll('SIGTERM')
    const now = await replicas.transactions()
    const [kept, back] = [now.kept - counted.kept, now.back - counted.back]
    return { rate, waited: (await replicas.waited('om_rate')).map(({ ms }) => ms), refused, back: back / (kept + back) }
  } finally {
    await replicas.close()
  }
}
