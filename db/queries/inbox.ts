import { and, count, eq, gte, lt, lte, max, sql } from 'drizzle-orm'
import type { Card } from '../../src/model/card.ts'
import { staleIf } from '../guard.ts'
import { type Params, prepare, prepareWrite } from '../prepare.ts'
import type { Tables } from '../schema.ts'
import type { OfficeStore, Query, Reader, Write } from '../store.ts'

const since = prepare('heard since', (q, t, p: Params<{ from: string; to: string; since: Date }>) =>
  q
    .select({ n: count(), last: max(t.receipts.at) })
    .from(t.receipts)
    .where(
      and(
        eq(t.receipts.office, p.office),
        gte(t.receipts.at, p.since),
        gte(t.receipts.key, p.from),
        lt(t.receipts.key, p.to),
      ),
    ),
)

/** How many messages came in since then through an app or bot (`lark:cli_1`), and when the last one. */
export const heardSince = async (reader: Reader, app: string, from: Date): Promise<{ n: number; last: Date | null }> =>
  (await since(reader, { from: `${app}:`, to: `${app};`, since: from }))[0] ?? { n: 0, last: null }

const dialogue = prepare('dialogue', (q, t, p: Params<{ room: string; person: string }>) =>
  q
    .select({ ask: t.dialogues.ask, expiresAt: t.dialogues.expiresAt })
    .from(t.dialogues)
    .where(and(eq(t.dialogues.office, p.office), eq(t.dialogues.room, p.room), eq(t.dialogues.person, p.person))),
)

export type Dialogue = Awaited<ReturnType<typeof dialogue>>[number]

/** The question that waits for this person in this room. */
export const dialogueOf = async (reader: Reader, room: string, person: string) =>
  (await dialogue(reader, { room, person }))[0]

const quoted = prepare('tasksQuoted', (q, t, p: Params<{ ref: string }>) =>
  q
    .select({ tasks: t.outbox.tasks })
    .from(t.outbox)
    .where(and(eq(t.outbox.office, p.office), eq(t.outbox.ref, p.ref))),
)

/** The tasks that a message of the bot's spoke of. */
export const tasksQuoted = async (reader: Reader, ref: string): Promise<string[]> =>
  (await quoted(reader, { ref })).flatMap((row) => row.tasks)

/** The receipt of a message; a second one of the same key is a conflict. What it was answered stands in the outbox. */
export const putReceipt = prepareWrite('put receipt', (q, t, p: Params<{ key: string; at: Date }>) =>
  q.insert(t.receipts).values({ office: p.office, key: p.key, at: p.at }),
)

const answer = prepare('answer', (q, t, p: Params<{ id: string }>) =>
  q
    .select({ card: t.outbox.card })
    .from(t.outbox)
    .where(and(eq(t.outbox.office, p.office), eq(t.outbox.id, p.id))),
)

/** The card that a message was answered with, by the notice's id; it is kept longer than the receipt. */
export const answerOf = async (reader: Reader, id: string): Promise<Card | undefined> =>
  (await answer(reader, { id }))[0]?.card ?? undefined

type Ask = Tables['dialogues']['$inferSelect']['ask']

/** So long a question waits for its answer. */
export const DIALOGUE_MS = 10 * 60_000

/** The question that waits for a person in a room from now on, in the place of the one before. */
export const putDialogue = prepareWrite(
  'put dialogue',
  (q, t, p: Params<{ room: string; person: string; ask: Ask; expiresAt: Date }>) =>
    q
      .insert(t.dialogues)
      .values({ office: p.office, room: p.room, person: p.person, ask: p.ask, expiresAt: p.expiresAt })
      .onConflictDoUpdate({
        target: [t.dialogues.office, t.dialogues.room, t.dialogues.person],
        set: { ask: sql`excluded.ask`, expiresAt: sql`excluded.expires_at` },
      }),
)

/** Another question in the place of one, as long as that still waits there (until `was`). Returns whether it did. */
export const replaceDialogue = async (
  office: OfficeStore,
  { room, person, was, ask, expiresAt }: { room: string; person: string; was: Date; ask: Ask; expiresAt: Date },
): Promise<boolean> => {
  const { dialogues } = office.t
  const own = and(eq(dialogues.office, office.office), eq(dialogues.room, room), eq(dialogues.person, person))
  const rows = await office.one((q) =>
    q
      .update(dialogues)
      .set({ ask, expiresAt })
      .where(and(own, eq(dialogues.expiresAt, was)))
      .returning({ room: dialogues.room }),
  )
  return rows.length > 0
}

/** For a batch: it fails with a conflict unless the question still waits there until then. */
export const guardDialogue = (
  { t, office }: Pick<Reader, 't' | 'office'>,
  q: Query,
  { room, person, expiresAt }: { room: string; person: string; expiresAt: Date },
): Write => {
  const { dialogues } = t
  const own = and(eq(dialogues.office, office), eq(dialogues.room, room), eq(dialogues.person, person))
  const waits = and(own, eq(dialogues.expiresAt, expiresAt))
  return staleIf(t, q, office, sql`not exists (select 1 from ${dialogues} where ${waits})`)
}

/** Questions whose time is over: nobody can answer them, and their words are kept no longer. */
export const dropDialogues = (office: OfficeStore, now: Date): Promise<unknown> => {
  const { t, office: name } = office
  return office.one((q) =>
    q.delete(t.dialogues).where(and(eq(t.dialogues.office, name), lte(t.dialogues.expiresAt, now))),
  )
}
