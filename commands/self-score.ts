import { assessments, scoresOf } from '../db/queries/scores.ts'
import { BadInput } from '../src/model/problem.ts'
import { pointWords } from '../src/score/points.ts'
import type { Command } from './command.ts'
import { ownUnits } from './find.ts'
import { unitName } from './present.ts'
import { problem } from './problem.ts'
import { indicatorOf, type Place, selfScored } from './scoring.ts'

const EXAMPLE = '例：自评 1.2 4.5分 见附件'

/** A unit gives its own points for an indicator, with its proof in words: files are evidence of duties, and nobody keeps them here. */
export const selfScore: Command<'self-score'> = {
  intent: 'self-score',
  title: '自评',
  usage: '自评 指标编号 分数 佐证',
  example: '自评 1.2 4.5分 见附件',
  officeExample: '市财政局 自评 1.2 4.5分 见附件',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, { indicator, points, proof, units }) => {
    const own = ownUnits(c, units)
    if ('outcome' in own) return own.outcome
    const open = (await assessments(c.db)).filter(({ state }) => state === 'open')
    const [row, ...others] = open.filter((one) => one.indicators.some(({ number }) => number === indicator))
    if (!row) {
      const [any] = open
      const known = any ? `“${any.title}”里的指标有：${any.indicators.map(({ number }) => number).join('、')}。` : ''
      return { reply: problem(any ? `没有指标 ${indicator}` : '现在没有考核在评分', `本次没有登记。${known}`, EXAMPLE) }
    }
    if (others.length > 0)
      return {
        reply: problem(
          '有几次考核在评分',
          [row, ...others].map(({ title }) => title).join('、'),
          '请在网页版“考核”里自评。',
        ),
      }
    const meant = row.indicators.find(({ number }) => number === indicator)
    const fits = own.ok.filter((unit) => meant?.units.length === 0 || meant?.units.includes(unit))
    const [unit = own.ok[0] ?? '', ...more] = fits
    if (more.length > 0)
      return {
        reply: problem(
          '请说明是哪个单位',
          fits.map((id) => unitName(c, id)).join('、'),
          `例：${unitName(c, unit)} ${EXAMPLE.slice(2)}`,
        ),
      }
    const was = (await scoresOf(c.db, row.id, [unit])).find((one) => one.indicator === indicator)
    const place: Place = { row, unit, unitName: unitName(c, unit), indicator, was, today: c.today }
    try {
      const scored = selfScored(place, { points, proof })
      const { name, points: most } = indicatorOf(place)
      return {
        reply: {
          title: '已记自评',
          tone: 'good',
          blocks: [
            {
              kind: 'fields',
              fields: [
                ['单位', unitName(c, unit)],
                ['指标', `${indicator} ${name}`],
                ['自评', `${pointWords(points)}分（满分${pointWords(most)}）`],
                ['佐证', proof],
              ],
            },
            { kind: 'note', text: '公示前可以再自评，以最后一次为准；得分以主管科室评定为准。' },
          ],
        },
        scored,
      }
    } catch (error) {
      if (error instanceof BadInput) return { reply: problem('自评没有登记', error.message, EXAMPLE) }
      throw error
    }
  },
}
