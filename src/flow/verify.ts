import { asc, eq } from 'drizzle-orm'
import type { Reader } from '../../db/store.ts'
import { type Alg, digestOf, linkHash, wordsDigest } from './chain.ts'

export interface Verdict {
  subjects: number
  facts: number
  seals: number
  /** What does not hold, one line each; empty when the ledger is whole. */
  broken: string[]
}

interface Head {
  subject: string
  id: string
  version: number
  head: string
}

/** Version and head of every subject's row. */
export const headsOf = async ({ q, t, office }: Reader): Promise<Head[]> => {
  const tables = [
    ['plan', t.plans, t.plans.id],
    ['task', t.tasks, t.tasks.id],
    ['duty', t.duties, t.duties.id],
    ['unit', t.units, t.units.id],
    ['person', t.people, t.people.id],
    ['room', t.rooms, t.rooms.key],
  ] as const
  const heads: Head[] = []
  for (const [subject, table, id] of tables) {
    const rows = await q
      .select({ id, version: table.version, head: table.head })
      .from(table as typeof t.plans)
      .where(eq(table.office, office))
    heads.push(...rows.map((row) => ({ subject, ...row })))
  }
  return heads
}

/** One hash over all heads, in order of subject and id: what a seal holds. */
export const sealHash = (alg: Alg, prev: string, heads: readonly Head[]): string =>
  digestOf(alg, [
    prev,
    [...heads]
      .sort((a, b) => (`${a.subject} ${a.id}` < `${b.subject} ${b.id}` ? -1 : 1))
      .map(({ subject, id, version, head }) => [subject, id, version, head]),
  ])

const PAGE = 5000

/** Walks every chain from its first fact to the head on its row, and the seals; a subject without facts is missing. */
export const verifyLedger = async (db: Reader): Promise<Verdict> => {
  const { q, t, office } = db
  const broken: string[] = []
  const heads = new Map((await headsOf(db)).map((head) => [`${head.subject} ${head.id}`, head]))
  const last = new Map<string, { seq: number; hash: string }>()
  let facts = 0
  for (let offset = 0; ; offset += PAGE) {
    const rows = await q
      .select()
      .from(t.facts)
      .where(eq(t.facts.office, office))
      .orderBy(asc(t.facts.subject), asc(t.facts.id), asc(t.facts.seq))
      .limit(PAGE)
      .offset(offset)
    for (const row of rows) {
      facts++
      const key = `${row.subject} ${row.id}`
      const before = last.get(key) ?? { seq: 0, hash: '' }
      const alg = row.alg as Alg
      if (row.seq !== before.seq + 1) broken.push(`${key}：第${before.seq + 1}条记录缺失`)
      if (row.prev !== before.hash) broken.push(`${key}：第${row.seq}条记录接不上前一条`)
      if (row.words && wordsDigest(alg, row.words) !== row.wordsDigest)
        broken.push(`${key}：第${row.seq}条记录的文字被改过`)
      if (linkHash({ ...row, alg }) !== row.hash) broken.push(`${key}：第${row.seq}条记录被改过`)
      last.set(key, { seq: row.seq, hash: row.hash })
    }
    if (rows.length < PAGE) break
  }
  for (const [key, head] of heads) {
    const end = last.get(key)
    if (!end) broken.push(`${key}：没有记录`)
    else if (end.seq !== head.version || end.hash !== head.head) broken.push(`${key}：台账行与记录不一致`)
  }
  for (const key of last.keys()) if (!heads.has(key)) broken.push(`${key}：台账行缺失`)
  const seals = await q.select().from(t.seals).where(eq(t.seals.office, office)).orderBy(asc(t.seals.day))
  let prev = ''
  for (const seal of seals) {
    if (seal.heads > heads.size) broken.push(`${seal.day} 封印时有${seal.heads}个对象，现在只有${heads.size}个`)
    if (seal.prev !== prev) broken.push(`${seal.day} 的封印接不上前一个`)
    prev = seal.hash
  }
  return { subjects: heads.size, facts, seals: seals.length, broken }
}
