/**
 * The plain userid behind an id that a smart bot was given, which may be an encrypted open_userid; the id itself where it
 * is plain already. undefined where nobody knows, now or at all; never rejects.
 */
export type PlainId = (id: string) => Promise<string | undefined>

/** As open_userids look (path 101521): kept as they are, never sent where a plain userid is wanted. */
export const looksEncrypted = (id: string): boolean => /^wo[\w-]{18,33}$/.test(id)
