import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex } from '@noble/hashes/utils'
import canonicalize from 'canonicalize'
import { sm3 } from 'sm-crypto-v2'
import type { Body } from '../model/fact.ts'

export type Alg = 'sm3' | 'sha256'

const digest: Record<Alg, (text: string) => string> = {
  sm3: (text) => sm3(text),
  sha256: (text) => bytesToHex(sha256(text)),
}

/** RFC 8785 canonical JSON, so that a value read back from jsonb (which keeps no key order) hashes the same. */
const canonical = (value: unknown): string => canonicalize(value) ?? 'null'

/** Hex digest of any JSON value under the algorithm. */
export const digestOf = (alg: Alg, value: unknown): string => digest[alg](canonical(value))

/** Hex SHA-256 of a file, to recognise it again. */
export const bytesDigest = (bytes: Uint8Array): string => bytesToHex(sha256(bytes))

/** What the chain keeps of words that can be erased: the digest of the words with their salt (`words.salt`). */
export const wordsDigest = (alg: Alg, words: Body | null | undefined): string => (words ? digestOf(alg, words) : '')

/** What the chain keeps of an account (`lark:cli_1:ou_2`): enough to prove whose it is, not to read it. */
export const accountDigest = (alg: Alg, office: string, key: string): string => digestOf(alg, ['account', office, key])

export interface Link {
  office: string
  subject: string
  id: string
  seq: number
  kind: string
  body: Body
  wordsDigest: string
  by: string
  via: string
  at: Date
  alg: Alg
  prev: string
}

/** The hash of one fact: all of it but the words themselves, over the hash of the fact before. */
export const linkHash = (link: Link): string =>
  digestOf(link.alg, [
    link.office,
    link.subject,
    link.id,
    link.seq,
    link.kind,
    link.body,
    link.wordsDigest,
    link.by,
    link.via,
    link.at.toISOString(),
    link.prev,
  ])
