import { useMutation, useQueryClient } from '@tanstack/react-query'
import { rereadAll } from './query.ts'
import type { Card } from '../../../src/model/card.ts'
import type { Intent } from '../../../src/model/intent.ts'
import { actClient } from './api.ts'
import { newId } from './id.ts'

export interface Deed {
  /** Absent where words alone answer what the bot asked back. */
  intent?: Intent
  text?: string
  filled?: Record<string, unknown>
}

/** Does one thing in the name of whoever is signed in, as a message to the bot would; what was read before is read again. */
export const useAct = () => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ intent, text = '', filled }: Deed) => {
      const id = newId()
      const done = await (
        await actClient.act.$post({ json: { id, ...(intent && { intent }), text, ...(filled && { filled }) } })
      ).json()
      return done as { status: string; refused: boolean; asks: boolean; card?: Card }
    },
    onSuccess: () => rereadAll(queries),
  })
}
