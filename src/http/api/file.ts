import { z } from './kit.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What a route answers that gives a workbook. */
export const workbook = (description: string) => ({
  description,
  content: { [XLSX]: { schema: z.string().meta({ format: 'binary' }) } },
})

const inHeader = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** A workbook to be kept under a name of any letters (RFC 5987), and one of ASCII for browsers that know no better. */
export const asWorkbook = (name: string) => ({
  'content-type': XLSX,
  'content-disposition': `attachment; filename="duban.xlsx"; filename*=UTF-8''${inHeader(name)}`,
})
