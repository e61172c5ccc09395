import { z } from 'zod'
import { understand } from '../chat/understand.ts'
import { Day } from '../model/deadline.ts'
import { Role } from '../model/person.ts'
import { BadInput } from '../model/problem.ts'
import { openRegistry } from '../unit/names.ts'
import { readRosterJson, rosterOf } from '../unit/roster.ts'
import { readArgs } from './args.ts'
import { inputLines, jsonLine, readInput } from './files.ts'
import { out } from './print.ts'

const usage = 'understand --units FILE'

const Line = z.object({
  text: z.string(),
  as: z.object({ role: Role, unit: z.string().optional() }),
  asOf: Day,
  botName: z.string().optional(),
})

export const run = async (argv: string[]): Promise<void> => {
  const { values } = readArgs(argv, { units: { type: 'string' } }, usage)
  const bytes = await readInput(values.units, usage)
  const roster = rosterOf(readRosterJson(jsonLine(new TextDecoder().decode(bytes), 0)))
  const registry = openRegistry(roster)
  for (const [i, line] of (await inputLines()).entries()) {
    const read = Line.safeParse(jsonLine(line, i))
    if (!read.success) throw new BadInput(`第${i + 1}行应是 {"text","as":{"role","unit"},"asOf":"YYYY-MM-DD"}`)
    const { text, as, asOf, botName } = read.data
    const self = { role: as.role, units: as.unit ? [as.unit] : [] }
    out(JSON.stringify(understand(text, { registry, self, asOf, ...(botName && { botName }) })))
  }
}
