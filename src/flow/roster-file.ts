import { BadInput } from '../model/problem.ts'
import type { SheetRow } from '../plan/readers/xlsx-sheet.ts'
import { type RosterDraft, readRosterJson, readRosterRows } from '../unit/roster.ts'

const MOST_ROWS = 20_000

/** The rows of a sheet in their places, those without words empty: what is wrong is told by row and column. */
const rowsOf = (rows: SheetRow[]): string[][] => {
  const out: string[][] = []
  for (const { line, cells } of rows) {
    while (out.length < line - 1 && out.length < MOST_ROWS) out.push([])
    out.push(cells)
  }
  return out
}

/** A roster out of its file (.xlsx or .json); nothing is written. @throws BadInput where it is none */
export const readRosterFile = async (name: string, bytes: Uint8Array): Promise<RosterDraft> => {
  if (name.endsWith('.json')) {
    try {
      return readRosterJson(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)))
    } catch (error) {
      if (error instanceof BadInput) throw error
      throw new BadInput(`${name} 不是 UTF-8 的 JSON：请改用通讯录的 xlsx，或写成 {"level":"市","units":[…]}`)
    }
  }
  if (!name.endsWith('.xlsx')) throw new BadInput(`${name}：通讯录应是 .xlsx 或 .json 文件`)
  const { readWorkbook } = await import('../plan/readers/xlsx.ts')
  let rows: string[][]
  try {
    rows = rowsOf(readWorkbook(bytes)[0]?.rows ?? [])
  } catch {
    throw new BadInput(`${name} 打不开：应是 Excel 工作簿（.xlsx），没有加密`)
  }
  return readRosterRows(rows)
}
