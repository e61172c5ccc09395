import type { DutyView } from '../db/queries/duties.ts'
import type { Button } from '../src/model/card.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { stateOn } from '../src/model/life.ts'
import { answered, type Changed, change, tellOffice } from './change.ts'
import type { Command, Context } from './command.ts'
import { ownMeant } from './meant.ts'
import { withRest } from './partly.ts'
import { unitName } from './present.ts'
import { reasonOf } from './reason.ts'
import { unitSaid } from './units.ts'

const buttons = (c: Context, { duty, after }: Changed, to: string | undefined): Button[] => {
  const about = { tasks: [duty.number], units: [unitName(c, after.unit)], plan: duty.planCode }
  const move: IntentOf<'reassign'> = { intent: 'reassign', ...about, ...(to && { to }) }
  return [
    ...(to ? [{ label: `改派给${to}`, style: 'primary' as const, intent: move }] : []),
    { label: '维持不变', intent: { intent: 'keep', ...about } },
  ]
}

/** One question to the office a task, however many rounds it has. */
const byTask = (changed: readonly Changed[]): [Changed, ...Changed[]][] => {
  const groups = new Map<string, [Changed, ...Changed[]]>()
  for (const one of changed) {
    const key = `${one.duty.task} ${one.duty.unit}`
    const known = groups.get(key)
    if (known) known.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()]
}

/**
 * Not ours: of a shared task that waits to be claimed it is written down at once; of what is the unit's own the office is
 * asked, and the duty stays the unit's until the office moves it.
 */
export const decline: Command<'decline'> = {
  intent: 'decline',
  title: '报不涉及',
  usage: '编号 不是我们的[，应由…负责]',
  example: '12号不是我们的',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    // Once the claim day has passed in silence the duty is the unit's own, and the office decides.
    const isShared = (duty: DutyView) => stateOn(duty, c.today) === 'unclaimed'
    const fits = (duty: DutyView) => (isShared(duty) ? !duty.disclaimed : duty.asked?.kind !== 'decline')
    const found = await ownMeant(c, intent, {
      kind: ['disclaimed', 'declined'],
      also: fits,
      rounds: 'all',
      example: '例：12号不是我们的，应由市交通局负责',
      none: '已经报过不涉及，或已经反馈、办结，本次没有登记。如属职责调整，请联系主管科室改派。',
    })
    if ('outcome' in found) return found.outcome
    const to = unitSaid(c, intent.to)
    const reason = reasonOf(c.message.text)
    const shared = found.ok.filter(isShared)
    const own = found.ok.filter((duty) => !shared.includes(duty))
    const disclaimed = change(c, shared, 'disclaimed', {})
    const declined = change(c, own, 'declined', { to: to?.id ?? '' }, { reason })
    const done = {
      ...answered(c, [...disclaimed, ...declined], {
        title: own.length === 0 ? '已登记不涉及，待主管科室确认' : '已报主管科室，答复前仍由本单位负责',
        tone: 'good',
        fields: [['建议改派', to?.name ?? '']],
      }),
      notices: byTask(declined).flatMap((group) =>
        tellOffice(c, 'declined', group, {
          title: `${unitName(c, group[0].duty.unit)}报不涉及`,
          tone: 'warn',
          fields: [
            ['说明', reason],
            ['建议改派', to?.name ?? ''],
          ],
          buttons: buttons(c, group[0], to?.name),
        }),
      ),
    }
    return withRest(done, found.rest)
  },
}
