import { and, asc, eq, gt, isNotNull, isNull, ne } from 'drizzle-orm'
import { among } from '../../db/among.ts'
import type { Reader } from '../../db/store.ts'
import type { Blobs } from './blobs.ts'

const PAGE = 500

/** Hashes out of those that the office's table of files holds and that are not erased. */
const namedAmong = async ({ q, t, office }: Reader, hashes: string[]): Promise<Set<string>> => {
  const { files } = t
  const rows = await q
    .select({ hash: files.hash })
    .from(files)
    .where(and(eq(files.office, office), among(files.hash, hashes), isNull(files.erasedAt)))
  return new Set(rows.map(({ hash }) => hash))
}

/** Kept bytes that no row names, a page at a time: what a batch that failed left, or what was erased and is still there. */
export const orphansOf = async function* (reader: Reader, blobs: Blobs): AsyncGenerator<string[]> {
  const orphansAmong = async (hashes: string[]) => {
    const named = await namedAmong(reader, hashes)
    return hashes.filter((hash) => !named.has(hash))
  }
  let page: string[] = []
  for await (const hash of blobs.list()) {
    page.push(hash)
    if (page.length < PAGE) continue
    yield await orphansAmong(page)
    page = []
  }
  if (page.length > 0) yield await orphansAmong(page)
}

/** What is wrong with one kept file, or undefined. */
const wrongWith = async (blobs: Blobs, hash: string, size: number): Promise<string | undefined> => {
  try {
    const bytes = await blobs.get(hash)
    if (!bytes) return '不在存档里'
    return bytes.length === size ? undefined : '大小与登记的不符'
  } catch {
    return '内容已损坏'
  }
}

const checkBytes = async (
  { q, t, office }: Reader,
  blobs: Blobs,
  broken: string[],
  stepped: () => Promise<void>,
): Promise<number> => {
  const { files } = t
  for (let last = '', count = 0; ; ) {
    const rows = await q
      .select({ hash: files.hash, size: files.size })
      .from(files)
      .where(and(eq(files.office, office), gt(files.hash, last), isNull(files.erasedAt)))
      .orderBy(asc(files.hash))
      .limit(PAGE)
    for (const { hash, size } of rows) {
      const wrong = await wrongWith(blobs, hash, size)
      if (wrong) broken.push(`file ${hash.slice(0, 12)}：${wrong}`)
    }
    await stepped()
    count += rows.length
    last = rows[rows.length - 1]?.hash ?? ''
    if (rows.length < PAGE) return count
  }
}

/** What is said to be kept, of evidence that is not erased and of papers, has its line among the files. */
const checkNamed = async (reader: Reader, broken: string[]): Promise<void> => {
  const { q, t, office } = reader
  const { evidence, papers } = t
  const kept = await q
    .select({ id: evidence.id, hash: evidence.hash })
    .from(evidence)
    .where(and(eq(evidence.office, office), isNotNull(evidence.hash), ne(evidence.state, 'erased')))
  const drawn = await q
    .select({ id: papers.id, hash: papers.hash })
    .from(papers)
    .where(and(eq(papers.office, office), isNotNull(papers.hash)))
  const all = [
    ...kept.map(({ id, hash }) => ({ what: `evidence ${id}`, hash: hash ?? '' })),
    ...drawn.map(({ id, hash }) => ({ what: `paper ${id}`, hash: hash ?? '' })),
  ]
  for (let from = 0; from < all.length; from += PAGE) {
    const page = all.slice(from, from + PAGE)
    const named = await namedAmong(
      reader,
      page.map(({ hash }) => hash),
    )
    for (const { what, hash } of page) if (!named.has(hash)) broken.push(`${what}：它的文件没有登记`)
  }
}

/**
 * Files and rows agree: every file that a row names is kept with the right bytes. What is kept and named by nothing
 * breaks nothing and is counted; without a place for files only the rows are looked at.
 */
export const checkFiles = async (
  reader: Reader,
  blobs: Blobs | undefined,
  broken: string[],
  stepped: () => Promise<void>,
): Promise<{ files: number; orphans: number }> => {
  await checkNamed(reader, broken)
  if (!blobs) return { files: 0, orphans: 0 }
  const files = await checkBytes(reader, blobs, broken, stepped)
  let orphans = 0
  for await (const page of orphansOf(reader, blobs)) orphans += page.length
  return { files, orphans }
}
