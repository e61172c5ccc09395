import type { Deadline } from './deadline.ts'
import type { Body, Subject } from './fact.ts'

interface Happened {
  kind: string
  body: Body
  words?: Body | undefined
}

type Columns = Record<string, unknown>

const person = ({ kind, body }: Happened): Columns => {
  switch (kind) {
    case 'away':
      return { awayUntil: body.until, substitute: body.to ?? '' }
    case 'back':
      return { awayUntil: null, substitute: '' }
    case 'handed-over':
    case 'took-over':
      return { units: body.units, post: body.post ?? '' }
    default:
      return {}
  }
}

const room = ({ kind, body }: Happened): Columns => {
  switch (kind) {
    case 'muted':
      return { mutedUntil: body.until === null ? null : new Date(String(body.until)) }
    case 'unbound':
      return { scope: 'units', units: [], overdue: false, mutedUntil: null, webhook: '', plan: '' }
    case 'aimed':
      return { plan: body.plan ?? '' }
    case 'shown':
      return { overdue: body.overdue === true }
    default:
      return {}
  }
}

const subscription = ({ kind, body }: Happened): Columns => {
  switch (kind) {
    case 'changed':
      return {
        ...{ content: body.content, every: body.every, on: body.day ?? null, at: body.at },
        startsOn: body.from,
      }
    case 'stopped':
      return { active: false }
    default:
      return {}
  }
}

/** The office's settings as they stand from then on, whole. */
const office = ({ kind, body }: Happened): Columns => (kind === 'set' ? { settings: body.settings } : {})

/** The office's own correction of a task; a new version of the plan is written by its own path. */
const task = ({ kind, body, words }: Happened): Columns =>
  kind === 'corrected'
    ? {
        ...(words?.now !== undefined && { text: words.now }),
        ...(body.deadlines !== undefined && { deadlines: body.deadlines as unknown as Deadline[] }),
        ...(body.proofs !== undefined && { proofs: body.proofs }),
        ...(body.secret !== undefined && { secret: body.secret === true }),
      }
    : {}

const moved: Partial<Record<Subject, (fact: Happened) => Columns>> = { person, room, task, subscription, office }

/** The columns of a subject's row that a fact moves; a unit's facts are records alone. */
export const columnsMoved = (subject: Subject, fact: Happened): Columns => moved[subject]?.(fact) ?? {}
