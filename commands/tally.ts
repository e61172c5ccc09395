import { talliesOf, unitsThatTold } from '../db/queries/tallies.ts'
import type { Block, Button, Card, Form } from '../src/model/card.ts'
import type { Intent, IntentOf } from '../src/model/intent.ts'
import { isOffice, readsAll } from '../src/model/person.ts'
import { BadInput } from '../src/model/problem.ts'
import { Channel, channels, channelWords, measures } from '../src/model/tally.ts'
import { checkPeriod, lastMonth } from '../src/register/tally/period.ts'
import { type Decision, type Known, type Tallied, type Telling, tell } from '../src/register/tally/tell.ts'
import { counted, periodWords } from '../src/register/tally/words.ts'
import type { Command, Context, Outcome } from './command.ts'
import { type Found, namesInWords, ownUnits } from './find.ts'
import { unitName } from './present.ts'
import { problem } from './problem.ts'

type Frame = IntentOf<'tally'>

const EXAMPLE = '7月报数：网站12条，微信30条，微博5条，发布会1场，查阅点3个'

/** The office's own area, as people call it: 全市, 全县. */
const areaWords = (c: Context): string => `全${c.office.level || '域'}`
const saysArea = (c: Context, { units }: Frame): boolean =>
  isOffice(c.actor) && (units?.[0] === areaWords(c) || (!units?.length && c.message.text.includes(areaWords(c))))

const nameOf = (c: Context, unit: string): string => (unit === '' ? areaWords(c) : unitName(c, unit))

/** The one unit that is spoken for; empty for the whole area. */
const unitMeant = (c: Context, intent: Frame): Found<string> => {
  if (saysArea(c, intent)) return { ok: '' }
  const found = ownUnits(c, isOffice(c.actor) ? intent.units : (intent.units ?? namesInWords(c)))
  if ('outcome' in found) return found
  const [unit = '', ...more] = found.ok
  if (more.length === 0) return { ok: unit }
  return {
    outcome: {
      reply: problem('请说明是哪个单位的数', found.ok.map((id) => unitName(c, id)).join('、'), '回复单位名称即可。'),
      lacks: 'unit',
    },
  }
}

/** What was said in words, and what was put into the form. */
const countsOf = (intent: Frame): Partial<Record<Channel, number>> => {
  const said = Object.entries(intent.counts ?? {}).filter(([channel]) => Channel.safeParse(channel).success)
  const filled = channels.flatMap((channel) => {
    const value = intent[channel]
    return value === undefined ? [] : [[channel, Number(value)] as const]
  })
  return Object.fromEntries([...said, ...filled])
}

/** As it stands or is to stand: 12条, 12条 → 15条. */
const movedWords = ({ channel, count, was }: Tallied): string => {
  const now = count === null ? '撤回' : counted(channel, count)
  return was !== null && was.count !== null ? `${counted(channel, was.count)} → ${now}` : now
}

const fieldsOf = (c: Context, { unit, theme }: Telling, tallied: readonly Tallied[]): [string, string][] => [
  ...(isOffice(c.actor) || c.actor.units.length > 1 ? [['单位', nameOf(c, unit)] as [string, string]] : []),
  ...(theme ? [['类别', theme] as [string, string]] : []),
  ...tallied.map((one): [string, string] => [channelWords[one.channel], movedWords(one)]),
]

const sameNote = (same: readonly Channel[]): string[] =>
  same.length > 0 ? [`${same.map((channel) => channelWords[channel]).join('、')}与原报的数相同，没有改动。`] : []

const notes = (texts: readonly string[]): Block[] => texts.map((text) => ({ kind: 'note', text }))

/** Asked back before anything is stored: yes stores the same figures, no puts the form there again. */
const askedBack = (c: Context, frame: Frame, telling: Telling, { asks, tallied, same }: Decision): Outcome => {
  const again: Intent = { intent: 'tally', period: telling.period, ...(frame.units && { units: frame.units }) }
  const options: Intent[] = [{ ...frame, sure: true }, again]
  const buttons: Button[] = [
    { label: '是，按这个数', intent: options[0] as Intent, style: 'primary' },
    { label: '否，重新填', intent: options[1] as Intent },
  ]
  return {
    reply: {
      title: `${periodWords(telling.period)}报数：请核对`,
      tone: 'warn',
      blocks: [
        { kind: 'list', lines: asks.map((text) => ({ text })) },
        { kind: 'fields', fields: fieldsOf(c, telling, tallied) },
        ...notes([...sameNote(same), '本次还没有登记。回复“是”或“否”。']),
      ],
      buttons,
    },
    ask: { intent: frame, want: 'confirm', options },
  }
}

const entered = (c: Context, telling: Telling, { tallied, same, notes: told }: Decision): Outcome => {
  const title = periodWords(telling.period)
  if (tallied.length === 0)
    return {
      reply: {
        title: `${title}的数已经报过，没有改动`,
        tone: 'plain',
        blocks: notes(['这次报的与原报的相同，不用重复报。要改，再报一次新的数即可。']),
      },
    }
  return {
    reply: {
      title: `已登记${title}报数`,
      tone: 'good',
      blocks: [
        { kind: 'fields', fields: fieldsOf(c, telling, tallied) },
        ...notes([...sameNote(same), ...told]),
        ...notes(['报错了的，再报一次正确的数即可，改动有记录。']),
      ],
    },
    tallied,
  }
}

/** One number a channel for a month, with what stands there already: nobody types the same twice. */
const formOf = (frame: Frame, period: string, known: readonly Known[]): Form => ({
  intent: { intent: 'tally', period, ...(frame.units && { units: frame.units }) },
  inputs: channels.map((channel) => {
    const stands = known.find((one) => one.channel === channel && one.period === period && one.theme === '')?.count
    return {
      name: channel,
      label: `${channelWords[channel]}（${measures[channel]}）`,
      hint: channel === 'total' ? '可不填，即为各渠道之和' : '没有的不填',
      ...(typeof stands === 'number' && { value: String(stands) }),
    }
  }),
  submit: '报数',
  usage: `可以用一句话回复：${periodWords(period)}报数：网站12条，微信30条，微博5条，发布会1场，查阅点3个`,
})

/** Bare 报数: which month is asked for, what of it is told already, and the form. */
const asked = (c: Context, unit: string, frame: Frame, known: readonly Known[]): Outcome => {
  const period = frame.period ?? lastMonth(c.today)
  checkPeriod(period, c.today)
  const told = known.filter((one) => one.period === period && one.theme === '' && one.count !== null)
  const card: Card = {
    title: `${nameOf(c, unit)} ${periodWords(period)}报数`,
    tone: 'plain',
    blocks: [
      told.length > 0
        ? {
            kind: 'fields',
            fields: told.map(({ channel, count }) => [channelWords[channel], counted(channel, count ?? 0)]),
          }
        : { kind: 'text', text: `还没有报${periodWords(period)}的数。` },
      ...(told.length > 0 ? notes(['以上已经报过，不用再报；要改或补的，只报改的和补的。']) : []),
    ],
    form: formOf(frame, period, known),
  }
  return { reply: card }
}

const withoutPeriod = (c: Context, frame: Frame): Outcome => {
  const period = lastMonth(c.today)
  const option: Intent = { ...frame, period }
  return {
    reply: {
      ...problem('请说明是几月的数', `现在可以报到${periodWords(period)}，本次还没有登记。`, '回复月份即可，例：7月'),
      buttons: [{ label: periodWords(period), intent: option }],
    },
    ask: { intent: frame, want: 'period', options: [option] },
  }
}

const told = async (c: Context, unit: string, intent: Frame): Promise<Outcome> => {
  const known = await talliesOf(c.db, { units: [unit] })
  // What the answer to a question carries on: the unit by its name, the form's numbers with the rest.
  const { website, wechat, weibo, conference, points, other, total, sure, ...said } = intent
  const counts = countsOf(intent)
  const frame: Frame = { ...said, units: [nameOf(c, unit)] }
  if (Object.keys(counts).length === 0) return asked(c, unit, frame, known)
  if (!intent.period) return withoutPeriod(c, { ...frame, counts: counts as Record<string, number> })
  const telling: Telling = { unit, period: intent.period, theme: intent.theme?.trim() ?? '', counts }
  const decision = tell(telling, known, c.today)
  return decision.asks.length > 0 && !sure
    ? askedBack(c, { ...frame, counts: counts as Record<string, number> }, telling, decision)
    : entered(c, telling, decision)
}

/** Units of the roster that tell figures: those that answer for themselves and still are. */
const tellers = (c: Context) => c.office.units.filter(({ kind, succession }) => kind === 'unit' && !succession)

/** Who has told a month's figures, and who not yet. */
const listed = async (c: Context, { period = lastMonth(c.today) }: Frame): Promise<Outcome> => {
  if (!readsAll(c.actor))
    return {
      reply: problem('不能查看其他单位的报数', '哪些单位还没有报数由主管科室查看。', `例：${EXAMPLE}`),
      refused: 'other-unit',
    }
  checkPeriod(period, c.today)
  const have = await unitsThatTold(c.db, period)
  const left = tellers(c).filter(({ id }) => !have.has(id))
  const all = tellers(c).length
  return {
    reply: {
      title: `${periodWords(period)}报数`,
      tone: 'plain',
      blocks: [
        {
          kind: 'fields',
          fields: [
            ['已报', `${all - left.length}家`],
            [`还没有报 ${left.length}家`, left.map(({ name }) => name).join('、') || '无'],
          ],
        },
      ],
    },
  }
}

/** 报数: a unit tells how much it published in a month, by channel; the office for a unit, or for the whole area. */
export const tally: Command<'tally'> = {
  intent: 'tally',
  title: '报数',
  usage: '几月 报数：网站…条，微信…条，微博…条，发布会…场，查阅点…个，其他…条',
  example: EXAMPLE,
  officeExample: '市财政局电话报7月网站12条；7月报数还差谁',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    try {
      if (intent.list) return await listed(c, intent)
      const unit = unitMeant(c, intent)
      return 'outcome' in unit ? unit.outcome : await told(c, unit.ok, intent)
    } catch (error) {
      if (error instanceof BadInput) return { reply: problem('报数没有登记', `${error.message}。`, `例：${EXAMPLE}`) }
      throw error
    }
  },
}
