import type { Deps } from '../deps.ts'
import { type City, takeDown, tellNotTaken, tellSent } from './down.ts'
import { type Above, dutiesAbove, heldBelow } from './standing.ts'
import { isReady, reportUp, sendUp } from './up.ts'

/** What was last seen of both sides, so that a tick in which nothing moved reads them and does nothing. Losing it costs a look. */
const seen = new WeakMap<Deps, string>()

type Duties = NonNullable<Awaited<ReturnType<typeof dutiesAbove>>>

/** What the office asked to have told above: of each task the oldest, and the next at the next look. */
const sendAsked = async (deps: Deps, place: City, above: Duties): Promise<void> => {
  const { office, deps: city } = place
  const held = await heldBelow(deps, office)
  for (const own of held.values()) {
    const [asked] = own.asked
    if (!asked) continue
    const duty = above.duties.find(({ id }) => id === own.last.duty)
    const sent = duty
      ? await sendUp(deps, city, above.id, duty, own, asked)
      : { report: asked.id, answer: '上级不再交办，没有报出' }
    await ('duty' in sent ? tellSent(deps, place, own, sent) : tellNotTaken(deps, office, own, sent))
  }
}

/**
 * 上级与下级: what the office above hands to this one comes down into its ledger, and what is done here goes up as one report.
 * Each side is written in its own office's batch. What broke off in between is found by the next look: down is known by
 * the duty's version, up by the receipt of its message.
 */
export const exchange = async (deps: Deps, { deps: city, unit }: Above): Promise<void> => {
  const above = await dutiesAbove({ deps: city, unit })
  if (!above) {
    deps.log({ event: 'tick', outcome: 'no-unit-above' })
    return
  }
  const { view } = await city.cache(city.store)
  const place: City = { office: city.store.office, name: view.name, deps: city }
  const held = await heldBelow(deps, place.office)
  const mark = JSON.stringify([
    above.duties.map(({ id, version }) => [id, version]),
    [...held.values()].map(({ task, duties }) => [task.id, task.version, duties.map(({ version }) => version)]),
  ])
  if (seen.get(deps) === mark) return
  await takeDown(deps, place, above.duties, held)
  await sendAsked(deps, place, above)
  const now = await heldBelow(deps, place.office)
  const ready = above.duties.flatMap((duty) => {
    const own = now.get(duty.id)
    return own && isReady(duty, own) ? [{ duty, own }] : []
  })
  for (const { duty, own } of ready) {
    const notTaken = await reportUp(deps, city, above.id, duty, own)
    if (notTaken !== undefined) await tellNotTaken(deps, place.office, own, notTaken)
  }
  // What was reported comes back as what waits there. One that was not taken is not sent again as it was.
  const after = ready.length > 0 ? await dutiesAbove({ deps: city, unit }) : undefined
  if (after) await takeDown(deps, place, after.duties, await heldBelow(deps, place.office))
  seen.set(deps, mark)
}
