import { dropLinksOf } from '../../../../db/queries/sessions.ts'
import type { Query, Write } from '../../../../db/store.ts'
import { digestOf } from '../../chain.ts'
import type { Deps } from '../../deps.ts'

/** A link is good for ten minutes. */
const LINK_MS = 10 * 60_000

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** 192 bits. */
const LENGTH = 32

export const secretOf = (deps: Pick<Deps, 'secureRandom'>): string =>
  Array.from({ length: LENGTH }, () => LETTERS[Math.floor(deps.secureRandom() * LETTERS.length)]).join('')

/** What the tables keep of a secret: enough to recognise it, not to say it. */
export const secretDigest = (deps: Pick<Deps, 'store' | 'alg'>, kind: 'link' | 'session', secret: string): string =>
  digestOf(deps.alg, [kind, deps.store.office, secret])

/** A secret as it leaves us: the office stands before it, so that it is known whose it is. */
export const sealed = (deps: Pick<Deps, 'store'>, secret: string): string => `${deps.store.office}.${secret}`

/** `default.AbC…` → office and secret; undefined for anything else. */
export const opened = (text: string): { office: string; secret: string } | undefined => {
  const found = /^(.{1,64})\.([\w-]{32})$/s.exec(text)
  return found?.[1] && found[2] ? { office: found[1], secret: found[2] } : undefined
}

/** The way into the console with a link's secret. It stands behind the #, so that no server log and no link preview has it. */
export const linkUrl = (base: string, secret: string): string => `${base.replace(/\/+$/, '')}/signin#${secret}`

const made = (deps: Pick<Deps, 'store' | 'alg' | 'now' | 'secureRandom'>, secret = secretOf(deps)) => ({
  secret: sealed(deps, secret),
  digest: secretDigest(deps, 'link', secret),
  expiresAt: new Date(deps.now().getTime() + LINK_MS),
})

/** A link that an answer is about to give; good once its digest is stored with that answer. */
export const newLink = (deps: Deps, base: string): { url: string; digest: string; expiresAt: Date } => {
  const { secret, ...link } = made(deps)
  return { url: linkUrl(base, secret), ...link }
}

/** The row of a person's link, in place of one that they have not used: whoever asks a thousand times has one. */
export const ownLinkWrites = (
  { store }: Pick<Deps, 'store'>,
  q: Query,
  person: string,
  { digest, expiresAt }: { digest: string; expiresAt: Date },
): Write[] => [
  dropLinksOf(store, q, [person]),
  q.insert(store.t.links).values({ office: store.office, digest, person, expiresAt, usedAt: null }),
]

/** Makes a secret that was agreed on before a person's one-time link, good for ten minutes from now. */
export const lendLink = async (deps: Deps, person: string, secret: string): Promise<void> => {
  const { secret: _, ...link } = made(deps, secret)
  await deps.store.atomic((q) => ownLinkWrites(deps, q, person, link))
}

/** Gives a person a one-time link's secret, good for ten minutes; it is said once and kept nowhere. */
export const giveLink = async (deps: Deps, person: string): Promise<{ secret: string; expiresAt: Date }> => {
  const { secret, ...link } = made(deps)
  await deps.store.atomic((q) => ownLinkWrites(deps, q, person, link))
  return { secret, expiresAt: link.expiresAt }
}
