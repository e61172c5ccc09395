import { and, eq, isNull } from 'drizzle-orm'
import type { Tables } from '../../db/schema.ts'
import type { Query, Write } from '../../db/store.ts'
import { charsetOf } from '../plan/readers/charset.ts'
import type { Deps } from './deps.ts'

type FileUse = Tables['files']['$inferSelect']['use']

/** Bytes that are safe; they are the office's once `write` stands in the batch of what uses them. */
export interface KeptFile {
  hash: string
  size: number
  type: string
  write(q: Query): Write
}

const HEAD = 4096
// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text holds
const NO_TEXT = /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/

/** The head as text: by the page's own word, as UTF-8 (its last sign may be cut), as GB 18030. Undefined where it is none. */
const headText = (bytes: Uint8Array): string | undefined => {
  const head = bytes.subarray(0, HEAD)
  for (const charset of new Set([charsetOf(bytes) ?? 'utf-8', 'utf-8', 'gb18030'])) {
    try {
      const text = new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(head, { stream: true })
      if (!NO_TEXT.test(text)) return text
    } catch {
      // Not in this one.
    }
  }
  return undefined
}

/** Does it begin as web pages do? What stands before is stepped over by hand: a pattern of comments takes ages on many. */
const isPage = (text: string): boolean => {
  let rest = text.replace(/^\s*<\?xml[^>]*>/, '').trimStart()
  while (rest.startsWith('<!--')) {
    const end = rest.indexOf('-->')
    if (end < 0) return false
    rest = rest.slice(end + '-->'.length).trimStart()
  }
  return /^<(?:!doctype\s+html|html|head|body)\b/i.test(rest)
}

/** What the bytes are, whatever they are called; text and web pages are told by their first words. */
export const typeOf = async (bytes: Uint8Array): Promise<string> => {
  // Most messages bring no file: what knows a hundred formats is loaded with the first that does.
  const { fileTypeFromBuffer } = await import('file-type/core')
  const known = await fileTypeFromBuffer(bytes).catch(() => undefined)
  if (known && !/^text\/|^application\/xml$/.test(known.mime)) return known.mime
  const text = headText(bytes)
  if (text === undefined) return known?.mime ?? 'application/octet-stream'
  return isPage(text) ? 'text/html' : 'text/plain'
}

/**
 * Puts bytes where the office's files are kept. They go in before the batch that speaks of them, never after: a batch
 * that fails leaves bytes that no row names, and these are swept. Undefined where this server keeps no files.
 */
export const keepFile = async (
  { blobs, store: { t, office }, now }: Pick<Deps, 'blobs' | 'store' | 'now'>,
  bytes: Uint8Array,
  use: FileUse,
): Promise<KeptFile | undefined> => {
  if (!blobs) return undefined
  const type = await typeOf(bytes)
  const hash = await blobs.put(bytes)
  const at = now()
  return {
    ...{ hash, size: bytes.length, type },
    // Bytes that were erased and come again are there again.
    write: (q) =>
      q
        .insert(t.files)
        .values({ office, hash, size: bytes.length, type, use, at, erasedAt: null })
        .onConflictDoUpdate({ target: [t.files.office, t.files.hash], set: { erasedAt: null } }),
  }
}

/** Is it here, and not erased? */
export const isKept = async (
  { blobs, store: { q, t, office } }: Pick<Deps, 'blobs' | 'store'>,
  hash: string,
): Promise<boolean> => {
  const own = and(eq(t.files.office, office), eq(t.files.hash, hash), isNull(t.files.erasedAt))
  return blobs !== undefined && (await q.select({ hash: t.files.hash }).from(t.files).where(own)).length > 0
}

/** A file that is kept: its bytes and what they are. Undefined where none is, or it was erased. @throws Error where it is damaged */
export const keptFile = async (
  { blobs, store: { q, t, office } }: Pick<Deps, 'blobs' | 'store'>,
  hash: string,
): Promise<{ bytes: Uint8Array; type: string } | undefined> => {
  if (!blobs) return undefined
  const own = and(eq(t.files.office, office), eq(t.files.hash, hash), isNull(t.files.erasedAt))
  const [row] = await q.select({ type: t.files.type }).from(t.files).where(own)
  const bytes = row && (await blobs.get(hash))
  return bytes && { bytes, type: row.type }
}

/** The endings of files by what their bytes are; empty where it is none of these. */
const ENDINGS: Record<string, string> = {
  'application/pdf': '.pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
  'application/x-cfb': '.doc',
  'application/zip': '.ofd',
  'text/html': '.html',
  'text/plain': '.txt',
  'image/png': '.png',
  'image/jpeg': '.jpg',
}
export const endingOf = (type: string): string => ENDINGS[type] ?? ''
