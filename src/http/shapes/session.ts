import { z } from 'zod'

/** Sent by a page with every request: whose page it is. A cookie is the whole browser's, a page one person's. */
export const PERSON_HEADER = 'x-duban-person'
/** `now` of the 409 that answers a page when somebody else has signed in beside it. */
export const SomebodyElse = z.object({ signedIn: z.string() })

import { Role } from '../../model/person.ts'

/** Who is signed in, and where. */
export const Me = z.object({
  person: z.object({
    id: z.string(),
    name: z.string(),
    role: Role,
    units: z.array(z.object({ id: z.string(), name: z.string() })),
    charge: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  office: z.object({ name: z.string(), demo: z.boolean() }),
  botName: z.string(),
  /** The office's day and time of day; what is shown is as of then. */
  today: z.iso.date(),
  now: z.iso.datetime(),
  zone: z.string(),
  expiresAt: z.iso.datetime(),
  /** Whether the simulated group is on here. */
  tryable: z.boolean(),
})
export type Me = z.infer<typeof Me>

export const SignIn = z.object({ link: z.string().max(200) })
/** Whom a link lets in. */
export const LinkHolder = z.object({ name: z.string(), role: Role })
export type LinkHolder = z.infer<typeof LinkHolder>

/** A platform by whose account people sign in. */
export const Way = z.enum(['lark', 'wecom'])
export type Way = z.infer<typeof Way>
export const wayWords: Record<Way, string> = { lark: '飞书', wecom: '企业微信' }
/**
 * The ways that are set up here; `here`: the one in whose own browser the page is open; `several`: this server is several
 * offices', and the address names none that there is.
 */
export const Ways = z.object({ ways: z.array(Way), here: Way.optional(), several: z.literal(true).optional() })
export type Ways = z.infer<typeof Ways>

/** Why somebody who came back from a platform is not signed in. */
export const SignOnProblem = z.enum(['expired', 'refused', 'unbound', 'unreachable'])
export type SignOnProblem = z.infer<typeof SignOnProblem>

/**
 * A page of ours to come back to after signing in; the front page for anything else, so that no link of ours leads away.
 * What a browser would read as another host's address (`//x`, `/\\x`, control characters inside) is none.
 */
export const ownPath = (text: string | null | undefined): string =>
  text && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text) && !/^\/(?:api|signin)(?:[/?#]|$)/.test(text) ? text : '/'

/** Somebody is signed in there. */
export const Running = z.object({
  id: z.string(),
  person: z.object({ id: z.string(), name: z.string(), role: Role }),
  via: z.enum(['link', 'lark', 'wecom', 'demo']),
  /** The browser, as it calls itself. */
  agent: z.string(),
  startedAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** It is the one that asks. */
  here: z.boolean(),
})
export type Running = z.infer<typeof Running>
export const RunningList = z.object({ sessions: z.array(Running) })
