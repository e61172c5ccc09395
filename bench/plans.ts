import { readdirSync, readFileSync } from 'node:fs'
import { parse } from '../src/plan/parse.ts'

const shared = new URL('../../shared/seeds/', import.meta.url)
const examples = new URL('../examples/', import.meta.url)

const texts = (): [name: string, text: string][] => {
  const own: [string, string][] = ['plan.txt', 'table.txt'].map((name) => [
    name,
    readFileSync(new URL(name, examples), 'utf8'),
  ])
  try {
    const seeds = readdirSync(shared).filter((name) => name.endsWith('.txt'))
    return [
      ...own,
      ...seeds.map((name): [string, string] => [name.slice(0, 3), readFileSync(new URL(name, shared), 'utf8')]),
    ]
  } catch {
    console.log('skipped: ../shared/seeds is not there')
    return own
  }
}

const timed = (work: () => void): number => {
  const from = performance.now()
  work()
  return performance.now() - from
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** MB of text a second on one core, and how a 50- and 200-fold text grows against one (1.0 is linear). */
export const run = async (): Promise<void> => {
  for (const [name, text] of texts()) {
    const bytes = Buffer.byteLength(text)
    try {
      parse(text)
    } catch {
      console.log(`${name}: no plan, refused`)
      continue
    }
    for (let warm = 0; warm < 20; warm++) parse(text)
    const one = median(Array.from({ length: 9 }, () => timed(() => void parse(text))))
    const fold = (n: number) => timed(() => void parse(`${text}\n`.repeat(n))) / (n * one)
    const many = timed(() => void parse(`${text}\n`.repeat(50)))
    console.log(
      `${name}: ${bytes} bytes, one ${one.toFixed(1)} ms (${(bytes / 1000 / one).toFixed(1)} MB/s), 50-fold ${((50 * bytes) / 1000 / many).toFixed(1)} MB/s, growth 50× ${fold(50).toFixed(2)}, 200× ${fold(200).toFixed(2)}`,
    )
  }
}
