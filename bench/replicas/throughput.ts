import { post } from '../served.ts'
import { liaisonOf, roomOf, UNITS } from '../webhook/office.ts'
import { reportOf } from './endured.ts'
import { openReplicas } from './office.ts'

/** Messages under way at once. */
const WIDTH = 32
const WARM = 64

/** So many messages as fast as so many processes take them: acknowledgements a second, each stored and answered for. */
export const throughput = async (database: string, many: number, messages: number): Promise<number> => {
  const replicas = await openReplicas(database, many)
  try {
    await replicas.startAll()
    let said = 0
    const send = async (upTo: number) => {
      while (said < upTo) {
        const n = said++
        const wire = replicas.fake.says({
          ...{ from: liaisonOf(n % UNITS), chat: roomOf(n % UNITS), at: true, id: `om_rate_${n}` },
          text: n % 10 === 3 ? reportOf(n) : '本月有哪些到期任务',
        })
        if (!(await post(replicas.next(), wire))) throw new Error('a message was not taken')
      }
    }
    await Promise.all(Array.from({ length: WIDTH }, () => send(WARM)))
    const from = performance.now()
    const before = said
    await Promise.all(Array.from({ length: WIDTH }, () => send(before + messages)))
    return (said - before) / ((performance.now() - from) / 1000)
  } finally {
    await replicas.close()
  }
}
