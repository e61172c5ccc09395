import { pendingPapers } from '../db/queries/paper-rows.ts'
import type { Block } from '../src/model/card.ts'
import { paperWords } from '../src/model/paper.ts'
import type { Command, Context } from './command.ts'
import { paperUrl } from './papers/issued.ts'

/** What waits for a signature, by title; what it says stands on the console. */
export const pendingBlocks = async (c: Context): Promise<Block[]> => {
  const all = await pendingPapers(c.db)
  return all.slice(0, 10).flatMap(({ id, title, kind }): Block[] => {
    const url = paperUrl(c, id)
    const words = `${paperWords[kind]}《${title}》`
    return [url ? { kind: 'link', label: words, url } : { kind: 'text', text: words }]
  })
}

/** 有哪些待签发. */
export const papers: Command<'papers'> = {
  intent: 'papers',
  title: '待签发',
  usage: '有哪些待签发',
  example: '有哪些待签发',
  roles: ['leader', 'office', 'admin'],
  run: async (c) => {
    const n = (await pendingPapers(c.db)).length
    if (n === 0)
      return {
        reply: {
          title: '没有待签发的文书',
          tone: 'good',
          blocks: [{ kind: 'text', text: '都签发了，或还没有送签。' }],
        },
      }
    return { reply: { title: `待签发${n}份`, tone: 'warn', blocks: await pendingBlocks(c) } }
  },
}
