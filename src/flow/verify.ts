import { and, asc, eq, sql } from 'drizzle-orm'
import { isUnopened } from '../../db/sealing.ts'
import type { Reader } from '../../db/store.ts'
import type { Blobs } from './blobs.ts'
import { type Alg, accountDigest, linkHash, wordsDigest } from './chain.ts'
import { type Heads, headsOf, sealHash, sealsOf, withMoved } from './heads.ts'
import { checkCases } from './verify-cases.ts'
import { checkFiles } from './verify-files.ts'
import { checkKept } from './verify-kept.ts'
import { checkRows } from './verify-rows.ts'
import { checkStanding } from './verify-standing.ts'

export interface Verdict {
  subjects: number
  facts: number
  seals: number
  /** Kept files that are named and whole, and those that nothing names, which the sweep takes out. */
  files: number
  orphans: number
  /** What does not hold, one line each; empty when the ledger is whole. */
  broken: string[]
}

const PAGE = 1000

/** Is told how many facts were walked, after each page of anything; the walk goes on when it is done. */
type Stepped = (facts: number) => Promise<void>

export interface Walk {
  stepped?: Stepped
  /** Where the office's files are kept, to be looked at too. */
  blobs?: Blobs | undefined
}

/** Facts of the office behind `last`, in the order of their chains. */
const factsBehind = ({ q, t, office }: Reader, last: { subject: string; id: string; seq: number } | undefined) => {
  const f = t.facts
  const behind =
    last && sql`(${f.subject}, ${f.id}, ${f.seq}) > (${last.subject}, ${last.id}, ${sql.param(last.seq, f.seq)})`
  return q
    .select()
    .from(f)
    .where(and(eq(f.office, office), behind))
    .orderBy(asc(f.subject), asc(f.id), asc(f.seq))
    .limit(PAGE)
}

/** Hashes of every chain by `subject id`, in order of seq, with what breaks them. */
const walkChains = async (
  reader: Reader,
  broken: string[],
  stepped: Stepped,
): Promise<{ chains: Map<string, string[]>; facts: number }> => {
  const chains = new Map<string, string[]>()
  let last: Awaited<ReturnType<typeof factsBehind>>[number] | undefined
  for (let facts = 0; ; ) {
    const rows = await factsBehind(reader, last)
    for (const row of rows) {
      const key = `${row.subject} ${row.id}`
      const chain = chains.get(key) ?? []
      const alg = row.alg as Alg
      if (row.seq !== chain.length + 1) broken.push(`${key}：第${chain.length + 1}条记录缺失`)
      if (row.prev !== (chain.at(-1) ?? '')) broken.push(`${key}：第${row.seq}条记录接不上前一条`)
      if (isUnopened(row.words)) broken.push(`${key}：第${row.seq}条记录的文字解不开`)
      else if (row.words && wordsDigest(alg, row.words) !== row.wordsDigest)
        broken.push(`${key}：第${row.seq}条记录的文字被改过`)
      if (linkHash({ ...row, alg }) !== row.hash) broken.push(`${key}：第${row.seq}条记录被改过`)
      chain.push(row.hash)
      chains.set(key, chain)
    }
    facts += rows.length
    last = rows[rows.length - 1]
    await stepped(facts)
    if (rows.length < PAGE) return { chains, facts }
  }
}

/** An account is a person's only by a fact of that person, and no longer once another says so. */
const checkAccounts = async ({ q, t, office }: Reader, broken: string[]): Promise<void> => {
  const facts = await q
    .select({ id: t.facts.id, kind: t.facts.kind, body: t.facts.body, alg: t.facts.alg })
    .from(t.facts)
    .where(and(eq(t.facts.office, office), eq(t.facts.subject, 'person')))
    .orderBy(asc(t.facts.id), asc(t.facts.seq))
  const proven = new Set<string>()
  for (const { id, kind, body, alg } of facts) {
    for (const account of (body.accounts ?? []) as string[]) proven.add(`${id} ${alg} ${account}`)
    if (kind === 'unbound') proven.delete(`${id} ${alg} ${body.account}`)
    if (kind === 'removed') for (const one of [...proven]) if (one.startsWith(`${id} `)) proven.delete(one)
  }
  const algs = [...new Set(facts.map((fact) => fact.alg as Alg))]
  for (const { key, person } of await q.select().from(t.identities).where(eq(t.identities.office, office)))
    if (isUnopened(key)) broken.push(`person ${person}：有一个账号解不开`)
    else if (!algs.some((alg) => proven.has(`${person} ${alg} ${accountDigest(alg, office, key)}`)))
      broken.push(`person ${person}：有一个账号没有登记记录`)
}

const checkHeads = (heads: Heads, chains: Map<string, string[]>, broken: string[]): void => {
  for (const [key, { version, head }] of heads) {
    const chain = chains.get(key)
    if (!chain) broken.push(`${key}：没有记录`)
    else if (chain.length !== version || chain.at(-1) !== head) broken.push(`${key}：台账行与记录不一致`)
  }
  for (const key of chains.keys()) if (!heads.has(key)) broken.push(`${key}：台账行缺失`)
}

/** Seals hold hashes that their chains must still have: what was taken away whole after a seal shows here. */
const checkSeals = async (db: Reader, chains: Map<string, string[]>, broken: string[]): Promise<number> => {
  const seals = await sealsOf(db)
  let known: Heads = new Map()
  let prev = ''
  for (const { day, alg, hash, moved, prev: before, heads } of seals) {
    known = withMoved(known, moved)
    for (const [subject, id, version, head] of moved)
      if (chains.get(`${subject} ${id}`)?.[version - 1] !== head)
        broken.push(`${subject} ${id}：与 ${day} 的封印不一致`)
    const holds = before === prev && known.size === heads && sealHash(alg as Alg, prev, known) === hash
    if (!holds) broken.push(`${day} 的封印不成立`)
    prev = hash
  }
  return seals.length
}

/**
 * Walks every chain from its first fact to the head on its row, then rows against their facts, kept files, and the seals; a
 * missing subject fails too. What is sealed and cannot be opened is told of each row, and the rest is looked at all the same.
 */
export const verifyLedger = async (
  reader: Reader,
  { stepped = async () => undefined, blobs }: Walk = {},
): Promise<Verdict> => {
  const db = reader.lenient()
  const broken: string[] = []
  const heads = await headsOf(db)
  const { chains, facts } = await walkChains(db, broken, stepped)
  const again = () => stepped(facts)
  checkHeads(heads, chains, broken)
  await checkAccounts(db, broken)
  await checkStanding(db, broken)
  await checkRows(db, broken, again)
  await checkKept(db, broken, again)
  await checkCases(db, broken, again)
  const kept = await checkFiles(db, blobs, broken, again)
  const seals = await checkSeals(db, chains, broken)
  return { subjects: heads.size, facts, seals, ...kept, broken }
}
