import { createFakeLark, larkConfig } from '../../test/fakes/lark.ts'
import { liaisonOf, NOW, roomOf, UNITS } from './office.ts'

/** A request as it goes over the wire, and whether somebody waits for an answer to it. */
export interface Ready {
  id: string
  bytes: Buffer
  asks: boolean
}

/** Of ten messages eight ask, one reports, and one is said among people. */
const said = (n: number): { text: string; at: boolean } => {
  if (n % 10 === 3) return { text: `${(Math.floor(n / 600) % 10) + 1}号已完成，已在网站公布`, at: true }
  if (n % 10 === 7) return { text: '材料我下午发到群里，大家看一下', at: false }
  return { text: '本月有哪些到期任务', at: true }
}

/** Signed, encrypted messages of all units' groups in turn, made before the clock runs; no id comes twice. */
export const readyMessages = (port: number, many: number, first: number): Ready[] => {
  const fake = createFakeLark(larkConfig, () => new Date(NOW))
  return Array.from({ length: many }, (_, i): Ready => {
    const n = first + i
    const { text, at } = said(n)
    const id = `om_bench_${n}`
    const { headers, body } = fake.says({ from: liaisonOf(n % UNITS), chat: roomOf(n % UNITS), text, at, id })
    const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers, 'content-length': Buffer.byteLength(body) })
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    return { id, bytes: Buffer.from(`POST /webhooks/lark HTTP/1.1\r\n${head}\r\n${body}`), asks: at }
  })
}
