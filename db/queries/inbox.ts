import { and, eq } from 'drizzle-orm'
import type { Reader } from '../store.ts'

/** The receipt of a message that was taken before, with what it was answered. */
export const receiptOf = async ({ q, t, office }: Reader, key: string) =>
  (
    await q
      .select({ answer: t.receipts.answer })
      .from(t.receipts)
      .where(and(eq(t.receipts.office, office), eq(t.receipts.key, key)))
  )[0]

/** The question that waits for this person in this room. */
export const dialogueOf = async ({ q, t, office }: Reader, room: string, person: string) =>
  (
    await q
      .select({ ask: t.dialogues.ask, expiresAt: t.dialogues.expiresAt })
      .from(t.dialogues)
      .where(and(eq(t.dialogues.office, office), eq(t.dialogues.room, room), eq(t.dialogues.person, person)))
  )[0]

/** The tasks that a message of the bot's spoke of. */
export const tasksQuoted = async ({ q, t, office }: Reader, ref: string): Promise<string[]> =>
  (
    await q
      .select({ tasks: t.outbox.tasks })
      .from(t.outbox)
      .where(and(eq(t.outbox.office, office), eq(t.outbox.ref, ref)))
  ).flatMap((row) => row.tasks)
