import { desc, eq } from 'drizzle-orm'
import type { Reader } from '../store.ts'

/** The office's last seal; undefined before the first. */
export const lastSeal = async ({ q, t, office }: Reader) =>
  (
    await q
      .select({ day: t.seals.day, heads: t.seals.heads, hash: t.seals.hash })
      .from(t.seals)
      .where(eq(t.seals.office, office))
      .orderBy(desc(t.seals.day))
      .limit(1)
  )[0]
