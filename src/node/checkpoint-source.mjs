// Where the program runs from its sources: tsx reads them in this thread as well, then it is the thread of the bundle.
import { register } from 'tsx/esm/api'

register()
await import('./checkpoint-thread.ts')
