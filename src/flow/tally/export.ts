import { figuresOfYear, unitNames } from '../../../db/queries/tallies.ts'
import type { Actor } from '../../model/person.ts'
import { channels, channelWords, flows, measures } from '../../model/tally.ts'
import { toldIn, unitYear } from '../../register/tally/sum.ts'
import { dayOf } from '../../time/day.ts'
import { personHappens } from '../console/sign-in.ts'
import { type Cell, type SheetOut, workbookBytes } from '../console/workbook.ts'
import type { Deps } from '../deps.ts'
import { yearFigures } from './year.ts'

const sheet = (name: string, columns: readonly (readonly [string, number])[], rows: Cell[][]): SheetOut => ({
  ...{ name, columns: columns.map(([title, width]) => ({ title, width })), count: rows.length },
  async *rows() {
    yield rows
  },
})

const cell = (count: number | null | undefined): Cell => (typeof count === 'number' ? { number: count } : '')

const MONTHS = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'))

/** Every figure of a year as a workbook: sums and themes, a sheet a channel. That somebody took it is a fact of theirs. */
export const exportTallies = async (
  deps: Deps,
  actor: Pick<Actor, 'id'>,
  year: number,
): Promise<{ name: string; pieces: AsyncGenerator<Uint8Array> }> => {
  const { view } = await deps.cache(deps.store)
  const [sums, names] = [await yearFigures(deps.store, year), await unitNames(deps.store)]
  const figures = (await figuresOfYear(deps.store, year)).filter(({ theme }) => theme === '')
  const told = [...toldIn(figures, year).entries()]
  const nameOf = (unit: string) => names.get(unit) ?? unit
  const totals: Cell[][] = [
    ...channels.map((channel): Cell[] => [
      `${channelWords[channel]}（${measures[channel]}）`,
      cell(sums.byChannel[channel]),
    ]),
    ...sums.byTheme.map(({ theme, title, count }): Cell[] => [
      title === theme ? theme : `${theme} ${title}`,
      cell(count),
    ]),
    ...sums.questions.map((question): Cell[] => [question, '']),
    ...sums.gaps.map(({ name, months }): Cell[] => [`${name}缺${months.join('、')}的数`, '']),
  ]
  const head = [['单位', 24], ...MONTHS.map((month) => [`${Number(month)}月`, 9] as const), ['全年', 10]] as const
  const used = channels.filter(
    (channel) => figures.some((one) => one.channel === channel) || flows.includes(channel as never),
  )
  const byChannel = used.map((channel) =>
    sheet(
      channelWords[channel],
      head,
      told.map(([unit, own]): Cell[] => [
        nameOf(unit),
        ...MONTHS.map((month) => cell(own.get(channel)?.months.get(month))),
        cell(unitYear(own)[channel]),
      ]),
    ),
  )
  await personHappens(deps, actor.id, 'exported', { what: 'tallies', year }, {})
  return {
    name: `${['报数', view.name.replace(/[\\/:*?"<>|]/g, ''), `${year}年`, dayOf(deps.now(), deps.zone)].filter(Boolean).join('-')}.xlsx`,
    pieces: workbookBytes([
      sheet(
        '全年合计',
        [
          ['项目', 40],
          ['数', 14],
        ],
        totals,
      ),
      ...byChannel,
    ]),
  }
}
