import { hc } from 'hono/client'
import type { PapersApi } from '../../../../src/http/api/papers.ts'
import type { PaperState } from '../../../../src/model/paper.ts'
import { options } from '../../lib/api.ts'

export const papersClient = hc<PapersApi>('/api', options)

/** Colours beside the words, never alone. */
export const stateColour: Record<PaperState, string> = {
  draft: 'default',
  pending: 'warning',
  signed: 'success',
  void: 'error',
}
