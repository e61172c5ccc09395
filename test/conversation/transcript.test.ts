import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { transcriptContract } from '../contract/transcript.ts'
import type { Who } from '../town/members.ts'
import { openTown } from '../town/town.ts'

const speakers: Record<Who, string> = {
  leader: 'leader',
  finance: 'liaison:市财政局',
  audit: 'liaison:市审计局',
  office: 'office',
}

transcriptContract('in the terminal', async () => {
  const store = await openSqlite(':memory:')
  await migrate(store)
  const town = await openTown(store.of('yunxi'))
  return {
    store: store.of('yunxi'),
    on: async (day) => town.on(day),
    says: async (who, text) => {
      const { text: words, rows } = await town.as(speakers[who]).says(text)
      return { words, rows }
    },
    close: () => store.close(),
  }
})
