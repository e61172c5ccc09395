import type { z } from 'zod'
import { Intent, type IntentName, type IntentOf } from '../src/model/intent.ts'

/** What a command takes: the frame of that name out of the union. Slots that are not its own are dropped, wrong ones refused. */
export const argsOf = <N extends IntentName>(intent: N): z.ZodType<IntentOf<N>> => {
  const found = Intent.options.find((option) => option.shape.intent.value === intent)
  if (!found) throw new Error(`no frame is called ${intent}`)
  return found as unknown as z.ZodType<IntentOf<N>>
}
