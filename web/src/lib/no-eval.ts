import { config } from 'zod'

// Else zod tries, at its first schema, whether it may make functions out of text. The page's policy refuses that and says so.
config({ jitless: true })
