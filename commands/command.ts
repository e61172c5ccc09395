import type { ZodType } from 'zod'
import type { TaskView } from '../db/queries/duties.ts'
import type { OfficeView } from '../db/queries/office.ts'
import type { Reader } from '../db/store.ts'
import type { AnswerRow, Card } from '../src/model/card.ts'
import type { Day, Deadline } from '../src/model/deadline.ts'
import type { Duty, DutySeed } from '../src/model/duty.ts'
import type { EvidenceKind, EvidenceSource } from '../src/model/evidence.ts'
import type { Body } from '../src/model/fact.ts'
import type { Intent, IntentName, IntentOf, Want } from '../src/model/intent.ts'
import type { Address } from '../src/model/message.ts'
import type { PaperAsk, PaperContent } from '../src/model/paper-life.ts'
import type { Actor, Role } from '../src/model/person.ts'
import type { FileRecipe, GuessRecipe, MovedRecipe } from '../src/model/recipe.ts'
import type { Subscription } from '../src/model/subscription.ts'
import type { Decided } from '../src/register/decide.ts'
import type { Tallied } from '../src/register/tally/tell.ts'
import type { Calendar } from '../src/time/calendar.ts'
import type { Registry } from '../src/unit/names.ts'
import type { Scored } from './scoring.ts'

/** Where it was said: which units' room it is, and whether everybody reads along. */
export interface Place {
  address: Address
  scope: 'private' | 'units' | 'all' | 'office' | 'unbound'
  units: string[]
  /** Id of the plan that a bare number means there; absent where none is set. */
  plan?: string
}

/** Everything that a command may see. It reads through `db` and returns facts; only flow turns them into statements. */
export interface Context {
  db: Reader
  office: OfficeView
  registry: Registry
  calendar: Calendar
  zone: string
  now: Date
  today: Day
  actor: Actor
  place: Place
  message: { key: string; text: string }
  /** Where the console is, for links; absent where the office has none. */
  publicUrl?: string
  /** The office as the console's addresses name it; absent where the installation has only one. */
  named?: string
  /** The speaker's own chat, where the bot may write to them alone; absent where the platform lets it begin none. */
  alone?: Address
  /** Makes a one-time link into the console, which is good once it stands in the outcome; absent without an address of it, and where a mere role speaks. */
  newLink?(): OwnLink & { url: string }
  /** An id for what is new. */
  newId(): string
  /** A paper's content as the ledger has it today, with an id for it where it is a new one; absent where nothing may be drafted. */
  draft?(asked: PaperAsk): Promise<{ id: string; content: PaperContent }>
  /** The one-time code's digest, as the office's table holds it. */
  digestOfCode(code: string): string
}

/** A link that was said to the speaker, as the table holds it: by its digest, until when. */
export interface OwnLink {
  digest: string
  expiresAt: Date
}

/** A subject's row as it was read; flow guards it, so that a decision that rested on a stale row is taken again. */
export type Row = DutyRow | PlainRow
interface DutyRow {
  subject: 'duty'
  id: string
  version: number
  head: string
  value: Duty
}
export interface PlainRow {
  subject: 'unit' | 'task' | 'person' | 'room' | 'subscription' | 'office'
  id: string
  version: number
  head: string
}

/** A task that the office adds: into a released plan, or into its own register of the year (临时交办), made at its first task. */
export interface AddedTask {
  plan: { id: string; version: number } | { code: string; title: string; year: number }
  number: string
  text: string
  deadlines: Deadline[]
  proofs: string[]
  /** What it came from (8月10日常务会); stands in the task's note, and as the place where it is said. */
  source: string
  /** The signed paper that opens it and the duty that it is about (整改); both stand in the task's first fact. */
  rectifies?: { paper: string; duty: string }
  /** It was handed down by the office above: the body of its fact `above`, and whether nobody may be told its text. */
  above?: { fact: Body; secret: boolean }
  /** Names of its units, as the task's card shows them. */
  lead: string[]
  support: string[]
  seeds: Omit<DutySeed, 'task'>[]
}

/** What is done to a case, or a new one (without `was`). */
export interface CaseDeed {
  id: string
  was?: { version: number; head: string }
  decided: Decided
}

/** A paper's row as it was read. */
export interface PaperStanding {
  id: string
  version: number
  head: string
}

/** A paper that is drafted, or drafted anew in the place of `was`, which nobody has signed. */
export interface DraftedPaper {
  id: string
  natural: string
  asked: PaperAsk
  content: PaperContent
  was?: PaperStanding
}

/** New shares of a task that is there: an occurrence of its event, a unit that joins. */
export interface OpenedDuties {
  task: Pick<TaskView, 'id' | 'plan' | 'ord' | 'version'>
  seeds: Omit<DutySeed, 'task'>[]
}

export interface Happening {
  row: Row
  kind: string
  body: Body
  words?: Body
}

/** What reaches a unit's room, the office's room, or an address. `cause` makes its id. */
export type Notice = {
  cause: string
  to: { unit: string } | { office: true } | { address: Address }
  tasks: string[]
  /** Units that it is for, where the place does not tell. */
  units?: string[]
  /** After that it is of no use; some days where absent. */
  until?: Date
  /** It is the answer to what was said, which takes longer than the platform waits: by the way back, at any hour. */
  answers?: true
} & (
  | { card: Card }
  | {
      /** Made when it is sent, and dropped where it is no longer true. */ recipe:
        | MovedRecipe
        | FileRecipe
        | GuessRecipe
    }
)

/** A link, picture or file that came with a report. */
export interface NewEvidence {
  id: string
  /** Empty until whoever brought it has said which it is for. */
  duty: string
  /** The number of the report's fact. */
  report: number
  kind: EvidenceKind
  name: string
  source: EvidenceSource
}

export interface Outcome {
  reply?: Card
  /** The duties that the answer speaks of, also those that the text cuts off. */
  rows?: AnswerRow[]
  /**
   * Asks back: each option is the frame that its number or button stands for. `guess`: the key of the message whose
   * meaning was guessed; without options the guess is still to be made.
   */
  ask?: { intent: Intent; want: Want; options: Intent[]; guess?: string }
  /** The one slot that the frame lacks: whoever spoke may answer with just that. */
  lacks?: Want
  /** The question that waits goes on waiting: what was said was no answer to it, and nothing new. */
  waits?: true
  facts?: Happening[]
  /** Tasks that the office adds, with their duties. */
  added?: AddedTask[]
  /** Duties that open in tasks that are there. */
  opened?: OpenedDuties[]
  notices?: Notice[]
  /** What came with a report, to be fetched and looked at behind the answer's back. */
  evidence?: NewEvidence[]
  /** Evidence that waited to be told which report it is for. */
  placed?: { id: string; version: number; head: string; duty: string; report: number }[]
  /** Rows that the decision rested on beside those that the facts change. */
  reads?: Row[]
  /** A paper that is drafted. */
  drafted?: DraftedPaper
  /** Named for the log and written down: the speaker reached for what is not theirs. */
  refused?: string
  /** The one-time code that binds the sender's account to a person. */
  bound?: { person: string; version: number; head: string; digest: string }
  /** The link that the answer (or a notice) gives the speaker: bound to them, neither stored nor a fact but by its digest. */
  link?: OwnLink
  /** A subscription that begins, into the place that hears it. */
  subscribed?: Omit<Subscription, 'version' | 'head' | 'person'>
  /** What is done to entries of the registers. */
  cases?: CaseDeed[]
  /** Figures that are told. */
  tallied?: Tallied[]
  /** Points that the speaker gives. */
  scored?: Scored
  /** The room in which it was said belongs to these units from now on. */
  room?: { scope: 'units' | 'all' | 'office'; units: string[] }
}

/** One file a command: what it is for, who may use it, and what it does. */
export interface Command<N extends IntentName> {
  intent: N
  /** Its name in help: 查任务. */
  title: string
  /** How to say it. */
  usage: string
  /** One example of the right form; the office's where it says it otherwise. */
  example: string
  officeExample?: string
  roles: readonly Role[]
  /** Where it is of no use help leaves it out (静音 in a single chat). */
  fits?(context: Context): boolean
  run(context: Context, intent: IntentOf<N>): Promise<Outcome>
}

export type AnyCommand = { [N in IntentName]: Command<N> }[IntentName]

/** A command in the list of all, with what it takes: a button comes from outside and is read by this before it runs. */
export type Listed = { [N in IntentName]: Command<N> & { args: ZodType<IntentOf<N>> } }[IntentName]
