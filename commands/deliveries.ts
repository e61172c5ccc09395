import { countDeliveries, lastDelivery, type Unsent, unsentDeliveries, type Which } from '../db/queries/deliveries.ts'
import type { OutboxState } from '../db/queries/outbox.ts'
import type { Block, Card } from '../src/model/card.ts'
import type { Day } from '../src/model/deadline.ts'
import type { Window } from '../src/model/intent.ts'
import { addDays, dayOf } from '../src/time/day.ts'
import type { Command, Context } from './command.ts'
import { batchWords, endWords, kindWords, spanOf, whyAndWhat, whyUnsent } from './delivery-words.ts'
import { placesNamed } from './places.ts'
import { asOf, dayWords, spanWords } from './present.ts'
import { problem } from './problem.ts'
import { ailingWords, roomsAiling } from './rooms-ailing.ts'

/** Names in one answer. */
const PAGE = 10
const BATCHES = 5
/** So far back is looked for the last push where no time was said. */
const BACK = 60

export type Account = Record<OutboxState, number> & { targets: number }

const nothing = (): Account => ({ targets: 0, sent: 0, waiting: 0, dropped: 0, dead: 0, unsure: 0 })

/** Hour clocks and subscriptions are of one message each: they are told together. */
const kindOf = (batch: string): string => /^(?:clock|sub|case):/.exec(batch)?.[0] ?? batch

/** The account of pushes, whole and by batch: targets = sent + waiting + dropped + dead + unsure. */
export const accountsOf = async (
  { db }: Pick<Context, 'db'>,
  which: Which,
): Promise<{ whole: Account; batches: Map<string, Account> }> => {
  const whole = nothing()
  const batches = new Map<string, Account>()
  for (const { batch, state, n } of await countDeliveries(db, which)) {
    const own = batches.get(kindOf(batch)) ?? nothing()
    batches.set(kindOf(batch), own)
    for (const account of [whole, own]) {
      account[state] += n
      account.targets += n
    }
  }
  return { whole, batches }
}

const order = ['sent', 'waiting', 'dropped', 'dead', 'unsure'] as const

/** 应发60 = 已送达57 + 发不出3: what there is none of is left out. */
export const accountWords = (account: Account): string =>
  `应发${account.targets} = ${order.flatMap((state) => (account[state] > 0 || state === 'sent' ? [`${endWords[state]}${account[state]}`] : [])).join(' + ')}`

/** The same words once, with how often they stood there where that is more than once. */
const counted = (lines: readonly string[]): string[] => {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return [...counts].map(([line, n]) => (n > 1 ? `${line}（${n}条）` : line))
}

/** Pushes that were not sent, each by name with its reason: 市财政局群：发不出，机器人已被移出群或群已解散. */
export const unsentLines = async (c: Context, rows: readonly Unsent[]): Promise<string[]> => {
  const nameOf = await placesNamed(c)
  return counted(
    rows.map((row) => {
      const end = row.state === 'dead' || row.state === 'dropped' ? `${endWords[row.state]}，` : ''
      return `${nameOf(row)}：${end}${whyAndWhat(row, c.now)}`
    }),
  )
}

/** Names in one line, and the rows that are read for them. */
const NAMED = 3
const READ = 50

/** What the pushes of those days came to, where not all of them arrived; undefined where all did. */
export const missedLine = async (c: Context, from: Day, before: Day): Promise<string | undefined> => {
  const which = spanOf(c, from, before)
  const { whole } = await accountsOf(c, which)
  const missed = whole.dead + whole.unsure + whole.waiting
  if (missed === 0) return undefined
  const rows = await unsentDeliveries(c.db, which, { limit: Math.min(READ, missed) })
  const nameOf = await placesNamed(c)
  const names = counted(rows.map((row) => `${nameOf(row)}（${whyUnsent(row, c.now)}）`))
  const last = addDays(before, -1)
  const day = last === from ? dayWords(from, c.today) : spanWords({ from, to: last }, c.today)
  const dropped = whole.dropped > 0 ? `，不再需要${whole.dropped}` : ''
  return `${day}推送：应发${whole.targets}，送达${whole.sent}${dropped}，没有收到${missed}：${names.slice(0, NAMED).join('、')}${names.length > NAMED || missed > rows.length ? '等' : ''}。回复“推送情况”查看。`
}

/** The last day on which something was pushed; undefined where nothing was for long. */
export const lastPushed = async (c: Context): Promise<Window | undefined> => {
  const at = await lastDelivery(c.db, spanOf(c, addDays(c.today, -BACK), addDays(c.today, 1)))
  const day = at && dayOf(at, c.zone)
  return day === undefined ? undefined : { from: day, to: day }
}

/** Each push on a line; of many the ones of a kind together. */
const batchLines = (c: Context, batches: ReadonlyMap<string, Account>): string[] => {
  if (batches.size <= BATCHES)
    return [...batches].map(([batch, account]) => `${batchWords(batch, c.today)}：${accountWords(account)}`)
  const kinds = new Map<string, { times: number; sum: Account }>()
  for (const [batch, account] of batches) {
    const words = kindWords(batch, c.today)
    const kind = kinds.get(words) ?? { times: 0, sum: nothing() }
    kinds.set(words, kind)
    kind.times += 1
    for (const key of ['targets', ...order] as const) kind.sum[key] += account[key]
  }
  return [...kinds].map(([words, { times, sum }]) => `${words}${times > 1 ? `${times}次` : ''}：${accountWords(sum)}`)
}

const accountBlocks = (c: Context, whole: Account, batches: ReadonlyMap<string, Account>): Block[] => [
  {
    kind: 'fields',
    fields: [
      ['应发', `${whole.targets}`],
      ...order
        .filter((state) => whole[state] > 0 || state === 'sent')
        .map((state): [string, string] => [endWords[state], `${whole[state]}`]),
    ],
  },
  ...(batches.size > 1
    ? [
        {
          kind: 'list' as const,
          title: '其中',
          lines: batchLines(c, batches).map((text) => ({ text })),
        },
      ]
    : []),
]

/** What became of the pushes: an account that adds up, then who has not got one and why, and rooms that have gone quiet. */
export const deliveries: Command<'deliveries'> = {
  intent: 'deliveries',
  title: '推送情况',
  usage: '[时间] 推送情况 / 哪些群没有收到',
  example: '推送情况',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    const window = intent.window ?? (await lastPushed(c))
    if (!window) return { reply: problem('还没有推送过', '近两个月没有推送。', '到点的清单会自动推送，也可以问：帮助') }
    const which = spanOf(c, window.from, addDays(window.to, 1))
    const { whole, batches } = await accountsOf(c, which)
    if (whole.targets === 0)
      return { reply: problem('没有推送', `${spanWords(window, c.today)}没有推送过。`, '最近一次的：推送情况') }
    const offset = intent.offset ?? 0
    const rows = await unsentDeliveries(c.db, which, { limit: PAGE, offset })
    const lines = await unsentLines(c, rows)
    const left = whole.targets - whole.sent - offset - rows.length
    const ailing = offset === 0 ? await roomsAiling(c) : []
    const reply: Card = {
      title: `${spanWords(window, c.today)}推送情况`,
      tone: whole.dead + whole.unsure > 0 ? 'warn' : 'plain',
      blocks: [
        ...(offset === 0 ? accountBlocks(c, whole, batches) : []),
        ...(lines.length > 0
          ? [{ kind: 'list' as const, title: '没有送达的', lines: lines.map((text) => ({ text })) }]
          : []),
        ...(ailing.length > 0
          ? [{ kind: 'list' as const, title: '需要留意的群', lines: await ailingWords(c, ailing) }]
          : []),
        { kind: 'note', text: `${asOf(c)}${left > 0 ? `，还有${left}条未显示，回复“更多”查看` : ''}。` },
      ],
      ...(left > 0 && { buttons: [{ label: '更多', intent: { ...intent, window, offset: offset + PAGE } }] }),
    }
    const more = reply.buttons?.map((button) => button.intent)
    return { reply, ...(more && { ask: { intent, want: 'confirm' as const, options: more } }) }
  },
}
