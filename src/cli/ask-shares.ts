import { type Foreseen, roomNames, type Share, type Shares } from '../flow/succession.ts'
import { BadInput } from '../model/problem.ts'
import type { Talk } from './interview.ts'

/** Which heir of a split takes what: as options say it, and as whoever sits there answers. */

/** `公开17-12,公开17-13=市A局`. @throws BadInput */
export const shareOf = (option: string, text: string): Share => {
  const [what = '', unit = '', ...more] = text.split('=')
  const list = what
    .split(/[,，、]/)
    .map((one) => one.trim())
    .filter(Boolean)
  if (list.length === 0 || unit.trim() === '' || more.length > 0)
    throw new BadInput(`${option} 应写作 名称,名称=单位，而不是“${text}”`)
  return { what: list, unit: unit.trim() }
}

/** One answer: a unit for all that is left, or some of it by name; or what is wrong with it. */
const heardShare = (text: string, left: readonly string[], heirs: readonly string[]): Share | string => {
  if (!text.includes('=')) return heirs.includes(text) ? { what: left, unit: text } : `请写${heirs.join('、')}之一`
  try {
    const share = shareOf('', text)
    const stray = share.what.find((one) => !left.includes(one))
    if (stray !== undefined) return `没有“${stray}”`
    return heirs.includes(share.unit) ? share : `请写${heirs.join('、')}之一`
  } catch {
    return '请写作 名称,名称=单位'
  }
}

/** Asks until each has a unit; null when nobody was there any more. */
const askSort = async ({ ask, tell }: Talk, sort: string, all: readonly string[], heirs: readonly string[]) => {
  const shares: Share[] = []
  let left = all
  while (left.length > 0) {
    const heard = await ask(
      `${sort} ${left.join('、')} 归哪个单位？（回车：${heirs[0]}；先分出几个写“名称,名称=单位”）> `,
    )
    if (heard === null) return null
    const share = heardShare(heard.trim() || (heirs[0] ?? ''), left, heirs)
    if (typeof share === 'string') {
      tell(`  ${share}`)
      continue
    }
    shares.push(share)
    left = left.filter((one) => !share.what.includes(one))
  }
  return shares
}

/** The shares of a split with what nobody had said yet asked for; null when nobody was there any more. */
export const askShares = async (talk: Talk, { heirs, unsaid, people, rooms, request }: Foreseen) => {
  const names = heirs.map(({ name }) => name)
  const open = {
    duties: [...new Set(unsaid.map(({ planCode, number }) => `${planCode}-${number}`))],
    people: [...new Set(people.filter((one) => one.unsaid).map(({ row }) => row.name))],
    rooms: rooms.filter((one) => one.unsaid).map(({ row }) => roomNames(row)[1]),
  }
  const shares: Shares = { ...request.shares }
  for (const [key, word] of [
    ['duties', '责任事项'],
    ['people', '人员'],
    ['rooms', '群'],
  ] as const) {
    const heard = await askSort(talk, word, open[key], names)
    if (heard === null) return null
    shares[key] = [...shares[key], ...heard]
  }
  return shares
}
