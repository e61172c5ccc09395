/**
 * Keeps bytes for one office under their SHA-256 (hexadecimal): plans, evidence, papers. The same bytes are kept once; what
 * is read back is checked against its name. A folder on Node, R2 on Workers.
 */
export interface Blobs {
  /** @returns the hash, once the bytes are safe */
  put(bytes: Uint8Array): Promise<string>
  /** undefined where there is none. @throws Error where the bytes are no longer what their name says */
  get(hash: string): Promise<Uint8Array | undefined>
  /** When it was last put; undefined where there is none. */
  since(hash: string): Promise<Date | undefined>
  delete(hash: string): Promise<void>
  /** Every hash that is kept, in no order. */
  list(): AsyncIterable<string>
}
