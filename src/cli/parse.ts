import { writeFile } from 'node:fs/promises'
import { BadInput } from '../model/problem.ts'
import { parseFile } from '../plan/parse-file.ts'
import { draftWorkbook } from '../plan/sheet-out.ts'
import { readArgs } from './args.ts'
import { readInput } from './files.ts'
import { err, out } from './print.ts'

const usage = 'parse FILE [--xlsx OUT]'

const write = async (path: string, bytes: Uint8Array): Promise<void> => {
  try {
    await writeFile(path, bytes)
  } catch {
    throw new BadInput(`${path}：写不进去，请换一个已有的文件夹，且文件没有被 Excel 打开`)
  }
}

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, { xlsx: { type: 'string' } }, usage)
  if (values.xlsx !== undefined && !values.xlsx.endsWith('.xlsx'))
    throw new BadInput(`--xlsx 应是 .xlsx 文件，例如 draft.xlsx，而不是“${values.xlsx}”`)
  const draft = await parseFile(await readInput(positionals[0], usage), { name: positionals[0] ?? '' })
  if (values.xlsx === undefined) return out(JSON.stringify(draft, null, 2))
  await write(values.xlsx, await draftWorkbook(draft))
  err(
    `已写 ${values.xlsx}：${draft.tasks.length}项任务，${draft.questions.length}个问题。改好后：duban import ${values.xlsx}`,
  )
}
