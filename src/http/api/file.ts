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

/** What a route answers that gives a file that somebody sent. */
export const download = (description: string) => ({
  description,
  content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
})

/** What no browser runs, whatever stands in it. */
const HARMLESS =
  /^(?:application\/pdf|application\/vnd\.openxmlformats-officedocument\.\w+\.\w+|image\/(?:png|jpeg|gif|webp|bmp)|text\/plain)$/

/**
 * A file that came from outside: saved, never shown in the console's own origin (src/http/headers.ts puts what is saved
 * into a sandbox besides). What might run is given as bytes of no kind.
 */
export const asDownload = (name: string, type: string) => ({
  'content-type': HARMLESS.test(type) ? type : 'application/octet-stream',
  'content-disposition': `attachment; filename="file"; filename*=UTF-8''${inHeader(name)}`,
})
