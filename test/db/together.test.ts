import type { QueryConfig, QueryResult } from 'pg'
import { expect, it } from 'vitest'
import { type Statement, together } from '../../db/postgres/together.ts'

/** A line that writes down what it is asked, and refuses some of it. */
const lineOf = (refuses: readonly string[] = []) => {
  const asked: string[] = []
  const query = async ({ text }: QueryConfig): Promise<QueryResult> => {
    asked.push(text)
    await new Promise((answered) => setTimeout(answered, 1))
    if (refuses.includes(text)) throw new Error(`${text} refused`)
    return { rows: [text], command: '', rowCount: 1, oid: 0, fields: [] }
  }
  return { asked, line: { query } }
}
const asking =
  (text: string, turns = 0): Statement =>
  async (line) => {
    for (let n = 0; n < turns; n++) await undefined
    return (await line.query({ text })).rows[0]
  }

it('sends statements in their order, whichever of them is ready first, and the commit behind them', async () => {
  const { asked, line } = lineOf()
  expect(await together(line, [asking('a', 9), asking('b'), asking('c', 3)])).toEqual(['a', 'b', 'c'])
  expect(asked).toEqual(['a', 'b', 'c', 'commit'])
})

it('tells the first that failed, when all are answered', async () => {
  const { asked, line } = lineOf(['b', 'c'])
  await expect(together(line, [asking('a'), asking('b'), asking('c')])).rejects.toThrow('b refused')
  expect(asked).toHaveLength(4)
  await expect(together(lineOf(['commit']).line, [asking('a')])).rejects.toThrow('commit refused')
})

it('keeps nothing where one could not even ask', async () => {
  const { asked, line } = lineOf()
  const broken: Statement = async () => {
    throw new Error('no value')
  }
  await expect(together(line, [asking('a'), broken, asking('c')])).rejects.toThrow('no value')
  expect(asked).toEqual(['a', 'c', 'rollback'])
})

it('keeps nothing where the driver cannot send what it was given', async () => {
  const { asked, line } = lineOf()
  const query = async (config: QueryConfig, values?: unknown[]): Promise<QueryResult> => {
    const answer = line.query(config)
    await undefined
    await undefined
    if (values) throw new Error('cannot be sent')
    return answer
  }
  const unsendable: Statement = (at) => at.query({ text: 'b' }, [1n])
  await expect(together({ query }, [asking('a'), unsendable])).rejects.toThrow('cannot be sent')
  expect(asked).toEqual(['a', 'b', 'rollback'])
})

it('goes on where one has nothing to ask', async () => {
  const { asked, line } = lineOf()
  expect(await together(line, [asking('a'), async () => 'nothing', asking('c')])).toEqual(['a', 'nothing', 'c'])
  expect(asked).toEqual(['a', 'c', 'commit'])
})
