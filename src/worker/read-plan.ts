import { BadInput } from '../model/problem.ts'
import type { IndicatorLine } from '../plan/indicators.ts'
import type { ReadOptions, ReadPlan } from '../plan/parse-file.ts'

/**
 * Files are read in the isolate itself, which has 128 MB for all its requests: reading takes up to fifty beside the file,
 * and of PDF some seconds a megabyte. What is larger is read on a computer.
 */
const MOST_PACKED = 8_000_000
const MOST_PDF = 4_000_000
const MOST_TEXT = 1_500_000

const startsWith = (bytes: Uint8Array, ...heads: string[]): boolean =>
  heads.some((head) => [...head].every((sign, i) => bytes[i] === sign.charCodeAt(0)))

/** Up to how many bytes a file is read, by what it is. */
const mostOf = (bytes: Uint8Array): number => {
  if (startsWith(bytes, '%PDF')) return MOST_PDF
  return startsWith(bytes, 'PK', '\u00d0\u00cf\u0011\u00e0') ? MOST_PACKED : MOST_TEXT
}

const refuseLarge = (bytes: Uint8Array): void => {
  const most = mostOf(bytes)
  if (bytes.length > most)
    throw new BadInput(
      `这里读的 Word、Excel、OFD 不超过${MOST_PACKED / 1e6}MB，PDF 不超过${MOST_PDF / 1e6}MB，网页、文本不超过${MOST_TEXT / 1e6}MB：请只留方案本身，去掉图片，或另存为 .docx 再上传`,
    )
}

let turn: Promise<unknown> = Promise.resolve()

/** One file after the other: two at once would need the memory of both. */
const inTurn = <T>(bytes: Uint8Array, read: () => Promise<T>): Promise<T> => {
  refuseLarge(bytes)
  const mine = turn.then(read)
  turn = mine.catch(() => undefined)
  return mine
}

/** Reads a plan's file; the readers are loaded by the first. @throws BadInput where it holds no plan or is too large for a Worker */
export const readHere = async (bytes: Uint8Array, options: ReadOptions): Promise<ReadPlan> =>
  inTurn(bytes, async () => (await import('../plan/parse-file.ts')).readPlanFile(bytes, options))

/** The same of a table of indicators. @throws BadInput */
export const readIndicatorsHere = async (bytes: Uint8Array, name: string): Promise<IndicatorLine[]> =>
  inTurn(bytes, async () => {
    const [{ readIndicators }, { readFile }] = await Promise.all([
      import('../plan/indicators.ts'),
      import('../plan/readers/index.ts'),
    ])
    return readIndicators(await readFile(bytes, { name }))
  })
