import writeExcelFile from 'write-excel-file/node'

const heads = ['单位', '简称', '层级', '分管市领导', '分管领导', '联络员A', '手机', '联络员B', '手机', '群']

export type RosterRow = [
  unit: string,
  short: string,
  leader: string,
  head: string,
  nameA: string,
  mobileA: string,
  nameB: string,
  mobileB: string,
  room: string,
]

/** A roster workbook as an office keeps it, two liaisons with their numbers a row. */
export const rosterSheet = (rows: readonly RosterRow[]): Promise<Buffer> => {
  const body = rows.map(([unit, short, ...rest]) => [unit, short, '市', ...rest])
  const cells = [heads, ...body].map((row) => row.map((value) => ({ value })))
  return writeExcelFile(cells).toBuffer()
}
