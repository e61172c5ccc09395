import { findTasks } from '../db/queries/duties.ts'
import { lastIssued } from '../db/queries/outbox.ts'
import { addressKey, anyRouteKey } from '../src/model/message.ts'
import { workdaysBefore } from '../src/time/calendar.ts'
import { atOffice } from '../src/time/day.ts'
import { answered, change } from './change.ts'
import type { Command, Context, Outcome } from './command.ts'
import { dutiesOfTasks } from './find.ts'
import { may } from './happen.ts'
import { ownMeant } from './meant.ts'
import { withRest } from './partly.ts'
import { problem } from './problem.ts'

const done = { title: '已签收', tone: 'good' as const }

/** The workday before today's: what was issued since its midnight may still be signed with a bare 收到. */
const sinceWhen = (c: Context): Date => {
  return atOffice(workdaysBefore(c.today, 1, c.calendar), '00:00', c.zone)
}

/** 全部签收 said to the bot alone is no word to a person: it is told what to write. Elsewhere nothing is said. */
const nothingIssued = (c: Context): Outcome =>
  c.place.scope === 'private' && c.message.text.includes('签收') && c.actor.units.length > 0
    ? {
        reply: problem(
          '没有刚下达的任务可以签收',
          '上一个工作日以来这里没有新下达的任务。此前下达的请写明编号，本次没有登记。',
          '例：签收 1-2、1-3；要看还没签收的，请回复：未签收的任务',
        ),
      }
    : {}

/**
 * A bare 收到: signs what the bot itself last issued into this room within a workday, and else says nothing. 收到 to a
 * person's notice is none of ours.
 */
const bare = async (c: Context): Promise<Outcome> => {
  const codes = await lastIssued(c.db, [addressKey(c.place.address), anyRouteKey(c.place.address)], sinceWhen(c))
  const numbers = c.office.plans.flatMap((plan) =>
    codes.filter((code) => code.startsWith(`${plan.code}-`)).map((code) => code.slice(plan.code.length + 1)),
  )
  const tasks = (await findTasks(c.db, [...new Set(numbers)])).filter((task) =>
    codes.includes(`${task.planCode}-${task.number}`),
  )
  if (tasks.length === 0 || c.actor.units.length === 0) return nothingIssued(c)
  const own = (await dutiesOfTasks(c, tasks, c.actor.units)).filter(
    (duty) => duty.acceptedOn === null && may(c, 'accepted', duty),
  )
  return own.length === 0 ? nothingIssued(c) : answered(c, change(c, own, 'accepted', {}), done)
}

/** 签收: the unit has its duties in hand. */
export const accept: Command<'accept'> = {
  intent: 'accept',
  title: '签收',
  usage: '签收 编号…',
  example: '签收 1-2、1-3',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    if (intent.all || !intent.tasks?.length) return bare(c)
    const found = await ownMeant(c, intent, {
      kind: 'accepted',
      also: (duty) => duty.acceptedOn === null,
      rounds: 'all',
      example: '例：签收 1-2、1-3',
      none: '已经签收，或不需要签收。',
    })
    if ('outcome' in found) return found.outcome
    return withRest(answered(c, change(c, found.ok, 'accepted', {}), done), found.rest)
  },
}
