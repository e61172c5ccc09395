import { z } from 'zod'
import { Day } from '../model/deadline.ts'
import { BadInput } from '../model/problem.ts'
import { readDeadlines } from '../time/deadline.ts'
import { readArgs } from './args.ts'
import { inputLines, jsonLine } from './files.ts'
import { out } from './print.ts'

const Line = z.object({ text: z.string(), asOf: Day, year: z.number().int() })

export const run = async (argv: string[]): Promise<void> => {
  readArgs(argv, {}, 'deadlines')
  for (const [i, line] of (await inputLines()).entries()) {
    const read = Line.safeParse(jsonLine(line, i))
    if (!read.success) throw new BadInput(`第${i + 1}行应是 {"text","asOf":"YYYY-MM-DD","year"}`)
    const { text, asOf, year } = read.data
    out(JSON.stringify({ deadlines: readDeadlines(text, { asOf, year }).map(({ deadline }) => deadline) }))
  }
}
