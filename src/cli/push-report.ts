import type { Context } from '../../commands/command.ts'
import { accountsOf, accountWords, lastPushed, unsentLines } from '../../commands/deliveries.ts'
import { batchWords, spanOf } from '../../commands/delivery-words.ts'
import { spanWords } from '../../commands/present.ts'
import { ailingWords, roomsAiling } from '../../commands/rooms-ailing.ts'
import { unsentDeliveries, type Which } from '../../db/queries/deliveries.ts'
import { BadInput } from '../model/problem.ts'
import { addDays } from '../time/day.ts'

/** What is reported: one push by its batch, else everything of the last day on which something was pushed. */
const meant = async (c: Context, batch: string | undefined): Promise<{ title: string; which: Which } | undefined> => {
  if (batch !== undefined) return { title: `${batchWords(batch, c.today)} ${batch}`, which: { batch } }
  const day = await lastPushed(c)
  return day && { title: spanWords(day, c.today), which: spanOf(c, day.from, addDays(day.to, 1)) }
}

/** The account of a push with every name that it has not reached, as lines of text. @throws BadInput for no such push */
export const reportPushes = async (c: Context, batch: string | undefined): Promise<string[]> => {
  const push = await meant(c, batch)
  if (!push) throw new BadInput('近两个月没有推送')
  const { whole, batches } = await accountsOf(c, push.which)
  if (whole.targets === 0) throw new BadInput(`没有“${batch}”这次推送，批次形如 week:2026-04-20、day:2026-04-21`)
  const rows = await unsentDeliveries(c.db, push.which, { limit: whole.targets })
  return [
    `${push.title}：${accountWords(whole)}`,
    ...(batches.size > 1
      ? [...batches].map(([one, account]) => `  ${batchWords(one, c.today)} ${one}：${accountWords(account)}`)
      : []),
    ...(await unsentLines(c, rows)),
    ...(await ailingWords(c, await roomsAiling(c))).map(({ text }) => text),
  ]
}
