import { z } from 'zod'

export const MANIFEST = 'manifest.json'
export const DATABASE = 'database.sqlite'

/** `files/<office>/<first two signs>/<hash>`, the office written as src/node/blobs.ts writes it: nothing that leads elsewhere. */
export const BLOB = /^files\/([\w!~*'()%-]{1,600})\/([0-9a-f]{2})\/(\2[0-9a-f]{62})$/

const count = z.number().int().nonnegative()

/** What an archive says of itself, its first member; every other member stands in it, in the archive's order. */
export const Manifest = z.strictObject({
  format: z.literal('duban-backup'),
  v: z.literal(1),
  at: z.iso.datetime(),
  migrations: z.array(z.string().max(200)).min(1),
  offices: z.array(z.strictObject({ office: z.string(), rows: count, facts: count })),
  members: z.array(
    z.strictObject({
      path: z.string().refine((path) => path === DATABASE || BLOB.test(path)),
      size: count,
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
})
export type Manifest = z.infer<typeof Manifest>
