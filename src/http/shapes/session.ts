import { z } from 'zod'
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
