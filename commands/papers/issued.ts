import { findDuties } from '../../db/queries/duties.ts'
import { paperRow } from '../../db/queries/paper-rows.ts'
import type { Block, Card, Line } from '../../src/model/card.ts'
import { needsSignature, paperWords } from '../../src/model/paper.ts'
import type { wordsOfBlock } from '../../src/model/paper-life.ts'
import type { PaperRecipe } from '../../src/model/recipe.ts'
import type { Context } from '../command.ts'
import { pageUrl } from '../page-url.ts'
import { dayWords, seen, titleOf, unitName } from '../present.ts'

/** The address of a paper on the console; undefined where the office has none. */
export const paperUrl = (c: Pick<Context, 'publicUrl' | 'named'>, id: string): string | undefined =>
  pageUrl(c, `/papers/${encodeURIComponent(id)}`)

/**
 * 通报已印发, for the units that hear it here: their own rows and no others'; where others read along none at all. Nothing
 * where it is not signed at this moment.
 */
export const paperIssued = async (c: Context, { paper: id, units, alone }: PaperRecipe): Promise<Card | undefined> => {
  const row = await paperRow(c.db, id)
  if (row?.state !== 'signed' || !needsSignature(row.kind)) return undefined
  const own = alone ? row.content.matters.filter(({ unit }) => units.includes(unit)) : []
  const duties = new Map(
    (own.length > 0 ? await findDuties(c.db, { ids: own.map(({ duty }) => duty) }) : []).map((duty) => [duty.id, duty]),
  )
  const lines = own.map(({ duty, code, unit }): Line => {
    const now = duties.get(duty)
    const whose = units.length > 1 ? `${unitName(c, unit)} ` : ''
    return { text: `${whose}${now && !now.secret ? titleOf(seen(c, now)) : code}` }
  })
  const fields: [string, string][] = [
    ['文号', row.number],
    ['签发', row.signedOn ? dayWords(row.signedOn, c.today) : ''],
  ]
  const url = paperUrl(c, id)
  const blocks: (Block | undefined)[] = [
    { kind: 'fields', fields: fields.filter(([, value]) => value !== '') },
    lines.length > 0 ? { kind: 'list', title: '其中您单位的事项', lines } : undefined,
    url ? { kind: 'link', label: '到网页版看全文', url } : undefined,
    lines.length > 0 ? { kind: 'note', text: '请按整改期限办理，办结后照常反馈。' } : undefined,
  ]
  return {
    title: `${paperWords[row.kind]}已印发：${row.title}`,
    tone: lines.length > 0 ? 'warn' : 'plain',
    blocks: blocks.filter((block) => block !== undefined),
  }
}

/** What a paper holds, in a few words: 8个标题段、3张表，点名4个单位、7项. */
export const holdsWords = (content: {
  blocks: Parameters<typeof wordsOfBlock>[0][]
  units: string[]
  matters: unknown[]
}): string =>
  [
    `${content.blocks.filter(({ kind }) => kind === 'text').length}段、${content.blocks.filter(({ kind }) => kind === 'table').length}张表`,
    content.units.length > 0 ? `涉及${content.units.length}个单位` : '',
    content.matters.length > 0 ? `逾期事项${content.matters.length}项` : '',
  ]
    .filter(Boolean)
    .join('，')
