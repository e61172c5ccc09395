import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { readLines } from '../src/plan/lines.ts'
import { parse, parseSheet } from '../src/plan/parse.ts'

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

const MEASURE_MS = 1500
const MEGABYTE = 1_000_000
const LARGE = 8 * MEGABYTE
const here = process.argv[1] ?? ''

/** Milliseconds of the processor that one reading takes, of all threads and with the collection of its garbage. */
function cost(read: () => void): number {
  const until = performance.now() + MEASURE_MS
  const from = process.cpuUsage()
  let n = 0
  while (n < 3 || performance.now() < until) {
    read()
    n++
  }
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000 / n
}

/** Reads a text so many times over, past the limits on length: those are there because no plan is so long. */
const folded = (text: string, n: number): (() => void) => {
  const long = `${text}\n`.repeat(n)
  return () => void parseSheet(readLines(long))
}

const foldsOf = (bytes: number): number => Math.ceil(LARGE / bytes)

/** Prints the most memory that this process held while it read a text of 8 MB, beyond what it held when it was loaded. */
function tellPeak(text: string): void {
  parse(text)
  const bytes = Buffer.byteLength(text)
  const read = folded(text, foldsOf(bytes))
  const before = process.memoryUsage.rss()
  read()
  const peak = process.resourceUsage().maxRSS * 1024 - before
  const times = peak / (foldsOf(bytes) * bytes)
  process.stdout.write(`${(peak / MEGABYTE).toFixed(0)} MB (${times.toFixed(1)}×)`)
}

/** The same in a process of its own. */
function peakOf(name: string): string {
  const child = spawnSync(process.execPath, [...process.execArgv, here, 'plans', name], { encoding: 'utf8' })
  return child.status === 0 ? child.stdout : `failed: ${child.stderr.slice(-200)}`
}

/**
 * For each text: MB a second of the processor, for one text (warmed up) and for 50 and 200 times the text; how these
 * grow against one (1.0 is linear); and the peak of memory for so many times the text as make 8 MB.
 */
export const run = async ([name]: string[]): Promise<void> => {
  const all = texts()
  const asked = all.find(([own]) => own === name)
  if (asked) return tellPeak(asked[1])
  for (const [own, text] of all) {
    try {
      parse(text)
    } catch {
      console.log(`${own}: no plan, refused`)
      continue
    }
    const bytes = Buffer.byteLength(text)
    const speed = (ms: number): string => `${(bytes / 1000 / ms).toFixed(1)} MB/s`
    cost(() => parse(text))
    const one = cost(() => parse(text))
    const [fifty, long] = [cost(folded(text, 50)) / 50, cost(folded(text, 200)) / 200]
    console.log(
      `${own}: ${bytes} bytes, one ${one.toFixed(2)} ms (${speed(one)}), 50-fold ${speed(fifty)}, 200-fold ${speed(long)}, growth 50× ${(fifty / one).toFixed(2)}, 200× ${(long / one).toFixed(2)}, peak for 8 MB ${peakOf(own)}`,
    )
  }
}
