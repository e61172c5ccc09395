import { isConflict } from '../../../db/conflict.ts'
import type { Deps } from '../deps.ts'

const TRIES = 10

/** Decides again from fresh rows while another writer is first. @throws the conflict after the last try */
export const retried = async <T>(deps: Pick<Deps, 'sleep' | 'random'>, work: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries++)
    try {
      return await work()
    } catch (error) {
      if (!isConflict(error) || tries >= TRIES) throw error
      await deps.sleep(deps.random() * 20)
    }
}
