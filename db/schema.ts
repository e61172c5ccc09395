import { sql } from 'drizzle-orm'
import type { AnnualContent, AnnualForm } from '../src/model/annual.ts'
import type { Assessed, Indicator, Objection, ScoreRules } from '../src/model/assessment.ts'
import type { Card } from '../src/model/card.ts'
import type { CaseEvents, CaseKind, Secret } from '../src/model/case.ts'
import type { Deadline } from '../src/model/deadline.ts'
import type { Asked, DutyState, Part } from '../src/model/duty.ts'
import type { EvidenceKind, EvidenceSource, EvidenceState, Hint } from '../src/model/evidence.ts'
import type { Intent, Want } from '../src/model/intent.ts'
import type { Address } from '../src/model/message.ts'
import type { PaperKind, PaperState } from '../src/model/paper.ts'
import type { PaperContent } from '../src/model/paper-life.ts'
import type { Role } from '../src/model/person.ts'
import type { CommonDemand, DocumentHead, PlanState, Question, TaskDraft } from '../src/model/plan.ts'
import type { Settings } from '../src/model/settings.ts'
import type { Content, Rhythm } from '../src/model/subscription.ts'
import type { Channel } from '../src/model/tally.ts'
import type { Kit } from './kit/postgres.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * Every table, written once for the three databases. Every key begins with the office. `version` is the sequence number
 * of a subject's last fact and `head` that fact's hash: a row is the projection of its facts, never written otherwise.
 */
export const defineTables = ({
  table,
  text,
  integer,
  boolean,
  json,
  date,
  instant,
  sealed,
  sealedJson,
  index,
  uniqueIndex,
  primaryKey,
}: Kit) => {
  const subject = {
    version: integer('version').notNull().default(0),
    head: text('head').notNull().default(''),
  }

  /** One row an office. `rosterVersion` moves with every change to units, people, rooms or days: what is cached is kept until then. */
  const offices = table(
    'offices',
    {
      office: text('office').primaryKey(),
      name: text('name').notNull(),
      zone: text('zone').notNull(),
      level: text('level').notNull().default(''),
      rosterVersion: integer('roster_version').notNull().default(0),
      /** 演示: every card says so. */
      demo: boolean('demo').notNull().default(false),
      /** What the office has set for itself; the rest is as `settingsOf` fills it. */
      settings: json('settings').$type<Partial<Settings>>().notNull().default({}),
      /** The last day whose pushes were planned, or empty: what lies between it and today was missed. */
      planned: text('planned').notNull().default(''),
      /** Digest of the calendar that open days were computed by, or empty. */
      calendar: text('calendar').notNull().default(''),
      /** The last day on which what is kept no longer was swept out, or empty. */
      swept: text('swept').notNull().default(''),
      /**
       * Before then no hour makes a tick look at it; null: it is looked at. Set where a tick found nothing to do, taken back
       * by whatever moves `rosterVersion`; what is due by a row of another table wakes it all the same.
       */
      wakes: instant('wakes'),
      ...subject,
    },
    (t) => [index('offices_wakes').on(t.wakes)],
  )

  const units = table(
    'units',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      name: text('name').notNull(),
      short: json('short').$type<string[]>().notNull(),
      level: text('level').notNull(),
      kind: text('kind', { enum: ['unit', 'class'] }).notNull(),
      members: json('members').$type<string[] | null>(),
      origin: text('origin', { enum: ['roster', 'plan'] }).notNull(),
      leader: text('leader').notNull().default(''),
      headName: text('head_name').notNull().default(''),
      /** Order on the roster. */
      ord: integer('ord').notNull().default(0),
      ...subject,
    },
    (t) => [primaryKey({ columns: [t.office, t.id] }), uniqueIndex('units_name').on(t.office, t.name)],
  )

  const people = table(
    'people',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      name: text('name').notNull(),
      role: text('role').$type<Role>().notNull(),
      units: json('units').$type<string[]>().notNull(),
      charge: json('charge').$type<string[]>().notNull(),
      /** A 岗 or B 岗 of a liaison; empty otherwise. */
      post: text('post').notNull().default(''),
      /** Salted digest of the mobile number: enough to recognise a verified one, not to read it. */
      mobile: text('mobile').notNull().default(''),
      /** Away until this day, and the person who stands in. */
      awayUntil: date('away_until'),
      substitute: text('substitute').notNull().default(''),
      ...subject,
    },
    (t) => [primaryKey({ columns: [t.office, t.id] }), index('people_mobile').on(t.office, t.mobile)],
  )

  /** Whose platform account is whose: `lark:cli_1:ou_2`, or `lark:*:ou_2` for any app of the platform. */
  const identities = table(
    'identities',
    {
      office: text('office').notNull(),
      key: sealed('key', 'identities.key').notNull(),
      person: text('person').notNull(),
    },
    (t) => [primaryKey({ columns: [t.office, t.key] }), index('identities_person').on(t.office, t.person)],
  )

  const codes = table(
    'codes',
    {
      office: text('office').notNull(),
      digest: text('digest').notNull(),
      person: text('person').notNull(),
      expiresAt: instant('expires_at').notNull(),
      usedAt: instant('used_at'),
    },
    (t) => [primaryKey({ columns: [t.office, t.digest] })],
  )

  const rooms = table(
    'rooms',
    {
      office: text('office').notNull(),
      key: text('key').notNull(),
      scope: text('scope', { enum: ['units', 'all', 'office'] }).notNull(),
      units: json('units').$type<string[]>().notNull(),
      address: json('address').$type<Address>().notNull(),
      /** Nothing is pushed into it until then. */
      mutedUntil: instant('muted_until'),
      /** When it was first bound: of several rooms of a unit the first is its main one; a later main one is put before the others. */
      since: instant('since'),
      /** A shared room whose list also says who is late. */
      overdue: boolean('overdue').notNull().default(false),
      /** Key of the group robot in it, through which pushes go first; empty where there is none. A secret: in no fact and no log. */
      webhook: sealed('webhook', 'rooms.webhook').notNull().default(''),
      /** The plan that a bare number means there, or empty. */
      plan: text('plan').notNull().default(''),
      ...subject,
    },
    (t) => [primaryKey({ columns: [t.office, t.key] })],
  )

  /** Subscriptions that somebody asked for; each into the place where it was asked for. */
  const subscriptions = table(
    'subscriptions',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      /** Key of the place, as in `rooms` and `outbox`. */
      room: text('room').notNull(),
      address: json('address').$type<Address>().notNull(),
      /** Who asked for it. */
      person: text('person').notNull(),
      content: text('content').$type<Content>().notNull(),
      every: text('every').$type<Rhythm['every']>().notNull(),
      /** Weekday 1–7 or day of the month; null where the rhythm has none. */
      on: integer('on'),
      /** HH:MM of the office's zone. */
      at: text('at').notNull(),
      /** The first day on which it comes, so that what began at ten does not come for nine the same day. */
      startsOn: date('starts_on').notNull(),
      active: boolean('active').notNull().default(true),
      ...subject,
    },
    (t) => [primaryKey({ columns: [t.office, t.id] })],
  )

  const plans = table(
    'plans',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      /** Short name, before every task number: 公开17. */
      code: text('code').notNull(),
      state: text('state').$type<PlanState>().notNull(),
      document: json('document').$type<DocumentHead>().notNull(),
      /** Digest of the text that was read: the same file again changes nothing. */
      digest: text('digest').notNull(),
      questions: json('questions').$type<Question[]>().notNull(),
      /** Items that the plan hands to a class as everyone's work. */
      common: json('common').$type<CommonDemand[]>().notNull(),
      /** Rounds due before this day are 待核实. */
      startOn: date('start_on'),
      releasedAt: instant('released_at'),
      /** The plan of the year before that it goes on from, or empty. */
      follows: text('follows').notNull().default(''),
      /** The first part of the head's natural key, so that a re-issued plan is recognised: 文号 or title. */
      natural: text('natural').notNull(),
      ...subject,
    },
    (t) => [
      primaryKey({ columns: [t.office, t.id] }),
      uniqueIndex('plans_code').on(t.office, t.code),
      uniqueIndex('plans_natural').on(t.office, t.natural),
    ],
  )

  const tasks = table(
    'tasks',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      plan: text('plan').notNull(),
      /** As printed in the plan (1-2, 96, R-2). */
      number: text('number').notNull(),
      ord: integer('ord').notNull(),
      /** `check`: the plan's own 调度; `common`: 共性工作. */
      kind: text('kind', { enum: ['demand', 'check', 'common'] }).notNull(),
      text: text('text').notNull(),
      section: json('section').$type<string[]>().notNull(),
      deadlines: json('deadlines').$type<Deadline[]>().notNull(),
      /** The draft it came from, with its sources; the values above are what the office has made of them since. */
      draft: json('draft').$type<TaskDraft>().notNull(),
      /** The task of the year before that it goes on from, or empty. */
      follows: text('follows').notNull().default(''),
      /** 工作秘密 / 内部: its text goes to no chat. */
      secret: boolean('secret').notNull().default(false),
      /** What a report of it must bring (纸质盖章件、网上公开), each ticked on its own; none where a report is enough. */
      proofs: json('proofs').$type<string[]>().notNull().default([]),
      ...subject,
    },
    (t) => [
      primaryKey({ columns: [t.office, t.id] }),
      uniqueIndex('tasks_number').on(t.office, t.plan, t.number),
      index('tasks_follows').on(t.office, t.follows),
    ],
  )

  const duties = table(
    'duties',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      plan: text('plan').notNull(),
      task: text('task').notNull(),
      ord: integer('ord').notNull(),
      unit: text('unit').notNull(),
      role: text('role', { enum: ['lead', 'support'] }).notNull(),
      demand: integer('demand').notNull(),
      round: text('round').notNull(),
      dueOn: date('due_on'),
      dueAt: instant('due_at'),
      provisional: boolean('provisional').notNull().default(false),
      state: text('state').$type<DutyState>().notNull(),
      /** Silence after this day makes an unclaimed duty of a unit named by name its own. */
      claimBy: date('claim_by'),
      named: boolean('named').notNull(),
      disclaimed: boolean('disclaimed').notNull().default(false),
      times: integer('times').notNull().default(1),
      approved: integer('approved').notNull().default(0),
      /** Day of the report that waits or was approved: on time is judged by it. */
      reportedOn: date('reported_on'),
      closedOn: date('closed_on'),
      /** Day a lead collects a 配合 duty for, or the new day of a return. */
      setDueOn: date('set_due_on'),
      /** The day that figures judge by: the rule's; being sent back does not move it. */
      owedOn: date('owed_on'),
      late: boolean('late').notNull().default(false),
      acceptedOn: date('accepted_on'),
      asked: json('asked').$type<Asked | null>(),
      firstDueOn: date('first_due_on'),
      before: text('before').$type<DutyState>(),
      clearedOn: date('cleared_on'),
      proofs: json('proofs').$type<string[]>().notNull().default([]),
      parts: json('parts').$type<Part[]>().notNull().default([]),
      /** Left open when its plan was closed, with the reason in the fact's words: it is history. */
      archivedOn: date('archived_on'),
      ...subject,
    },
    (t) => [
      primaryKey({ columns: [t.office, t.id] }),
      uniqueIndex('duties_natural').on(t.office, t.task, t.unit, t.demand, t.round),
      index('duties_unit').on(t.office, t.unit, t.state, t.dueOn),
      index('duties_state').on(t.office, t.state, t.dueOn),
      index('duties_plan').on(t.office, t.plan),
      index('duties_clock').on(t.dueAt),
    ],
  )

  /**
   * The ledger. Appended, never changed. What people wrote and who they are stands in `words`, which alone can be
   * erased; the chain holds only its salted digest.
   */
  const facts = table(
    'facts',
    {
      office: text('office').notNull(),
      subject: text('subject').notNull(),
      id: text('id').notNull(),
      seq: integer('seq').notNull(),
      kind: text('kind').notNull(),
      body: json('body').$type<Record<string, Json>>().notNull(),
      words: sealedJson('words', 'facts.words').$type<Record<string, Json> | null>(),
      wordsDigest: text('words_digest').notNull().default(''),
      by: text('by').notNull(),
      via: text('via').notNull(),
      at: instant('at').notNull(),
      alg: text('alg').notNull(),
      prev: text('prev').notNull(),
      hash: text('hash').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.office, t.subject, t.id, t.seq] }),
      index('facts_at').on(t.office, t.at),
      index('facts_by').on(t.office, t.by, t.at),
    ],
  )

  const seals = table(
    'seals',
    {
      office: text('office').notNull(),
      day: date('day').notNull(),
      alg: text('alg').notNull(),
      heads: integer('heads').notNull(),
      hash: text('hash').notNull(),
      prev: text('prev').notNull(),
      /** Heads that moved since the seal before: `[subject, id, version, hash]`. All seals together give every head. */
      moved: json('moved').$type<[string, string, number, string][]>().notNull(),
      at: instant('at').notNull(),
    },
    (t) => [primaryKey({ columns: [t.office, t.day] })],
  )

  const receipts = table(
    'receipts',
    {
      office: text('office').notNull(),
      key: text('key').notNull(),
      at: instant('at').notNull(),
      /** The card it was answered with, as older programs noted it; since then it stands in the outbox alone. */
      answer: json('answer').$type<Card | null>(),
    },
    (t) => [primaryKey({ columns: [t.office, t.key] }), index('receipts_at').on(t.office, t.at)],
  )

  const outbox = table(
    'outbox',
    {
      office: text('office').notNull(),
      /** Made from the cause, so that nothing is queued twice. */
      id: text('id').notNull(),
      /** The push that it is part of (`week:2026-04-20`), by which the accounts add up; empty for an answer. */
      batch: text('batch').notNull().default(''),
      /** Who made it: a tick, under the noise budget, or a person, whose doing is told at once. */
      origin: text('origin', { enum: ['tick', 'person'] })
        .notNull()
        .default('person'),
      /** Units that it is for. */
      units: json('units').$type<string[]>().notNull().default([]),
      /** An answer that asks something back. */
      asks: boolean('asks').notNull().default(false),
      /** In the order of their turn. Hour clocks have a lane of their own, so that no list that waits holds one up. */
      lane: text('lane', { enum: ['answer', 'clock', 'push'] }).notNull(),
      room: text('room').notNull(),
      /** Order within room and lane. */
      ord: text('ord').notNull(),
      address: json('address').$type<Address>().notNull(),
      card: json('card').$type<Card | null>(),
      /** A push is composed at the moment of sending, so that it is true. */
      recipe: json('recipe').$type<Record<string, Json> | null>(),
      replyHandle: text('reply_handle'),
      replyUntil: instant('reply_until'),
      dueAt: instant('due_at').notNull(),
      validUntil: instant('valid_until').notNull(),
      state: text('state', { enum: ['waiting', 'sent', 'dropped', 'dead', 'unsure'] }).notNull(),
      leaseOwner: text('lease_owner'),
      leaseUntil: instant('lease_until'),
      /** How often it was handed to the platform. */
      attempts: integer('attempts').notNull().default(0),
      /** Its first sending whose outcome nobody knows: from then on counts how long a platform remembers its key. */
      triedAt: instant('tried_at'),
      /** Leases in a row that were never settled: each time the process ended over it. */
      lapsed: integer('lapsed').notNull().default(0),
      error: text('error'),
      ref: text('ref'),
      /** What changing it in place takes besides its ref. */
      edit: text('edit'),
      /** The row whose message this one puts into its present state; null where it is a message of its own. */
      edits: text('edits'),
      /** Codes of the tasks it speaks of, for the message that quotes it. */
      tasks: json('tasks').$type<string[]>().notNull(),
      settledAt: instant('settled_at'),
    },
    (t) => [
      primaryKey({ columns: [t.office, t.id] }),
      index('outbox_due').on(t.state, t.dueAt),
      index('outbox_turn').on(t.office, t.state, t.lane, t.dueAt, t.ord),
      // The few whose earlier try may have arrived. A partial index: most rows never stand in it for longer than a call.
      index('outbox_doubt')
        .on(t.office, t.dueAt, t.ord)
        .where(sql`${t.triedAt} is not null and ${t.settledAt} is null`),
      index('outbox_lane').on(t.office, t.room, t.lane, t.state, t.ord),
      index('outbox_batch').on(t.office, t.batch, t.state),
      index('outbox_ref').on(t.office, t.ref),
    ],
  )

  /** On which duties' state the buttons of a message rest: when one moves on, the message is put right in place. */
  const shown = table(
    'shown',
    {
      office: text('office').notNull(),
      duty: text('duty').notNull(),
      /** Id of its row in the outbox. */
      message: text('message').notNull(),
    },
    (t) => [primaryKey({ columns: [t.office, t.duty, t.message] }), index('shown_message').on(t.office, t.message)],
  )

  /** Which process holds the one long connection that a platform grants an app, and how it stands. */
  const listeners = table(
    'listeners',
    {
      office: text('office').notNull(),
      /** `wecom:AIB001` */
      app: text('app').notNull(),
      owner: text('owner').notNull(),
      /** Held until then; whoever comes later takes it over. */
      until: instant('until').notNull(),
      /** When it last began or ended, and why it ended; empty while it listens. */
      at: instant('at').notNull(),
      lost: text('lost').notNull().default(''),
    },
    (t) => [primaryKey({ columns: [t.office, t.app] })],
  )

  const quotas = table(
    'quotas',
    {
      office: text('office').notNull(),
      app: text('app').notNull(),
      minute: instant('minute').notNull(),
      used: integer('used').notNull(),
    },
    (t) => [primaryKey({ columns: [t.office, t.app, t.minute] })],
  )

  /** A question of the bot that waits for its answer, ten minutes, per person and room. */
  const dialogues = table(
    'dialogues',
    {
      office: text('office').notNull(),
      room: text('room').notNull(),
      person: text('person').notNull(),
      /** `guess`: the key of the message whose meaning was guessed; without options the guess is still to be made. */
      ask: json('ask')
        .$type<{ v: 1; intent: Intent; want: Want; options: Intent[]; said?: string; guess?: string }>()
        .notNull(),
      expiresAt: instant('expires_at').notNull(),
    },
    (t) => [primaryKey({ columns: [t.office, t.room, t.person] })],
  )

  /** An office's own days, laid over the package's calendar. */
  const days = table(
    'days',
    {
      office: text('office').notNull(),
      day: date('day').notNull(),
      kind: text('kind', { enum: ['off', 'work'] }).notNull(),
    },
    (t) => [primaryKey({ columns: [t.office, t.day] })],
  )

  /** One-time links into the console, each bound to its person; the link itself stands nowhere. */
  const links = table(
    'links',
    {
      office: text('office').notNull(),
      digest: text('digest').notNull(),
      person: text('person').notNull(),
      expiresAt: instant('expires_at').notNull(),
      usedAt: instant('used_at'),
    },
    (t) => [primaryKey({ columns: [t.office, t.digest] })],
  )

  /** Who is signed in to the console. The cookie's value stands nowhere, only its digest. */
  const sessions = table(
    'sessions',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      digest: text('digest').notNull(),
      person: text('person').notNull(),
      /** How they proved who they are. */
      via: text('via', { enum: ['link', 'lark', 'wecom', 'demo'] }).notNull(),
      /** The browser, as it calls itself, cut short. */
      agent: text('agent').notNull().default(''),
      startedAt: instant('started_at').notNull(),
      seenAt: instant('seen_at').notNull(),
      expiresAt: instant('expires_at').notNull(),
      /** Signed out, or ended by somebody. */
      endedAt: instant('ended_at'),
    },
    (t) => [
      primaryKey({ columns: [t.office, t.id] }),
      uniqueIndex('sessions_digest').on(t.office, t.digest),
      index('sessions_person').on(t.office, t.person, t.expiresAt),
    ],
  )

  /** The lines of a plan's document as it was read, in parts of some hundred: what a task's source lines point into. */
  const documents = table(
    'documents',
    {
      office: text('office').notNull(),
      plan: text('plan').notNull(),
      /** Of the file, as in `plans`. */
      digest: text('digest').notNull(),
      part: integer('part').notNull(),
      lines: json('lines').$type<string[]>().notNull(),
    },
    (t) => [primaryKey({ columns: [t.office, t.plan, t.digest, t.part] })],
  )

  /** Bytes that the blob port keeps, each once, by what they are; what was erased keeps its line. */
  const files = table(
    'files',
    {
      office: text('office').notNull(),
      /** SHA-256 of the bytes, hexadecimal. */
      hash: text('hash').notNull(),
      size: integer('size').notNull(),
      /** By the bytes, not by what the sender says. */
      type: text('type').notNull(),
      /** The first thing it was kept for. */
      use: text('use', { enum: ['plan', 'evidence', 'page', 'paper'] }).notNull(),
      at: instant('at').notNull(),
      erasedAt: instant('erased_at'),
    },
    (t) => [primaryKey({ columns: [t.office, t.hash] })],
  )

  /** 佐证: a link, picture or file that came with a report. */
  const evidence = table(
    'evidence',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      /** Empty as long as nobody has said which duty it is for. */
      duty: text('duty').notNull(),
      /** Sequence number of the duty's fact that it came with. */
      report: integer('report').notNull(),
      kind: text('kind').$type<EvidenceKind>().notNull(),
      state: text('state').$type<EvidenceState>().notNull(),
      /** Of a link its address, of a file its name. */
      name: text('name').notNull(),
      /** The key of the message that it came in. */
      message: text('message').notNull(),
      /** Where a file is fetched from, as long as it is waited for: its handle opens it to whoever has it. */
      source: json('source').$type<EvidenceSource | null>(),
      /** The copy that is kept, in `files`. */
      hash: text('hash'),
      /** What a look at it found; a hint, never a verdict. */
      hint: json('hint').$type<Hint | null>(),
      at: instant('at').notNull(),
      lookedAt: instant('looked_at'),
      ...subject,
    },
    (t) => [
      primaryKey({ columns: [t.office, t.id] }),
      index('evidence_duty').on(t.office, t.duty, t.report),
      index('evidence_state').on(t.office, t.state),
      index('evidence_message').on(t.office, t.message),
      // The few that are still to be fetched, of all offices: each minute is asked for them.
      index('evidence_waiting').on(t.office).where(sql`${t.state} = 'waiting'`),
    ],
  )

  /** 文书: bulletins, notices, lists, summaries, briefs, as they were drafted. */
  const papers = table(
    'papers',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      kind: text('kind').$type<PaperKind>().notNull(),
      state: text('state').$type<PaperState>().notNull(),
      title: text('title').notNull(),
      from: date('from_day'),
      to: date('to_day'),
      /** Units that it names. */
      units: json('units').$type<string[]>().notNull(),
      plan: text('plan').notNull().default(''),
      content: json('content').$type<PaperContent>().notNull(),
      /** 文号, 签发人 and day, once it is signed. */
      number: text('number').notNull().default(''),
      signer: text('signer').notNull().default(''),
      signedOn: date('signed_on'),
      /** The docx, in `files`. */
      hash: text('hash'),
      /** What it is about (`bulletin:2017-Q3`), so that the schedule drafts nothing twice; its id where a person asked. */
      natural: text('natural').notNull(),
      at: instant('at').notNull(),
      ...subject,
    },
    (t) => [
      primaryKey({ columns: [t.office, t.id] }),
      uniqueIndex('papers_natural').on(t.office, t.natural),
      index('papers_at').on(t.office, t.at),
    ],
  )

  /** 考核: one round of it, with the indicators and rules that points are given by. */
  const assessments = table(
    'assessments',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      state: text('state').$type<Assessed>().notNull(),
      title: text('title').notNull(),
      from: date('from_day').notNull(),
      to: date('to_day').notNull(),
      plan: text('plan').notNull().default(''),
      indicators: json('indicators').$type<Indicator[]>().notNull(),
      rules: json('rules').$type<ScoreRules>().notNull(),
      /** Last day of objections, once the result was told. */
      objectBy: date('object_by'),
      ...subject,
    },
    (t) => [primaryKey({ columns: [t.office, t.id] }), uniqueIndex('assessments_title').on(t.office, t.title)],
  )

  /** What one unit has for one indicator. Points in hundredths; null where nobody has given any. */
  const scores = table(
    'scores',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      assessment: text('assessment').notNull(),
      unit: text('unit').notNull(),
      /** The indicator's number. */
      indicator: text('indicator').notNull(),
      /** 自评 with its proof, 主管科室 and 第三方. */
      own: integer('own'),
      proof: text('proof').notNull().default(''),
      given: integer('given'),
      third: integer('third'),
      reason: text('reason').notNull().default(''),
      objection: json('objection').$type<Objection | null>(),
      ...subject,
    },
    (t) => [
      primaryKey({ columns: [t.office, t.id] }),
      uniqueIndex('scores_natural').on(t.office, t.assessment, t.unit, t.indicator),
    ],
  )

  /** 办件: one entry of a register (依申请公开, 舆情, 公开文件, 建议提案, 督查, 活动). Its dates are a projection of its events. */
  const cases = table(
    'cases',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      kind: text('kind').$type<CaseKind>().notNull(),
      /** The year whose register it stands in, and its serial number there: 2026-3. */
      year: integer('year').notNull(),
      ord: integer('ord').notNull(),
      /** What it is about, without anybody's personal data. */
      title: text('title').notNull(),
      /** The unit that it was handed to, or empty. */
      unit: text('unit').notNull().default(''),
      state: text('state').notNull(),
      openedOn: date('opened_on').notNull(),
      closedOn: date('closed_on'),
      /** The next end of a clock that runs: a day (`2026-12-01`), or a minute of the office's zone (`2026-12-01T08:30`). */
      due: text('due'),
      /** It was counted with days whose holiday notice is not out. */
      provisional: boolean('provisional').notNull().default(false),
      events: json('events').$type<CaseEvents>().notNull(),
      /** Names, contacts and free text: for the office alone, erasable; null once erased. */
      secret: sealedJson('secret', 'cases.secret').$type<Secret | null>(),
      ...subject,
    },
    (t) => [
      primaryKey({ columns: [t.office, t.id] }),
      uniqueIndex('cases_number').on(t.office, t.kind, t.year, t.ord),
      index('cases_state').on(t.office, t.kind, t.state, t.due),
      index('cases_due').on(t.office, t.closedOn, t.due),
      index('cases_unit').on(t.office, t.unit, t.closedOn),
      // The few whose hours run, of all offices: each minute is asked for them.
      index('cases_hours').on(t.office, t.due, t.closedOn).where(sql`${t.closedOn} is null and length(${t.due}) > 10`),
    ],
  )

  /** 报数: one figure of a unit (empty: of the whole office's area) for a period, a channel and a theme. */
  const tallies = table(
    'tallies',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      unit: text('unit').notNull(),
      /** `YYYY-MM`, or `YYYY` where only the year's figure is known. */
      period: text('period').notNull(),
      channel: text('channel').$type<Channel>().notNull(),
      /** Code of the plan's task that it is told for, or a name; empty: in all. */
      theme: text('theme').notNull(),
      /** Null: taken back. */
      count: integer('count'),
      on: date('on_day').notNull(),
      ...subject,
    },
    (t) => [
      primaryKey({ columns: [t.office, t.id] }),
      uniqueIndex('tallies_natural').on(t.office, t.period, t.unit, t.channel, t.theme),
    ],
  )

  /** 年度报告 of a year: what no register knows, entered by people; everything else is counted when it is looked at. */
  const annuals = table(
    'annuals',
    {
      office: text('office').notNull(),
      id: text('id').notNull(),
      year: integer('year').notNull(),
      form: text('form').$type<AnnualForm>().notNull(),
      content: json('content').$type<AnnualContent>().notNull(),
      ...subject,
    },
    (t) => [primaryKey({ columns: [t.office, t.id] }), uniqueIndex('annuals_year').on(t.office, t.year)],
  )

  /** Never holds a row: an insert that violates NOT NULL is how a stale decision makes its batch fail. */
  const guards = table('guards', { office: text('office').notNull(), stale: integer('stale').notNull() })

  return {
    offices,
    units,
    people,
    identities,
    codes,
    rooms,
    subscriptions,
    plans,
    tasks,
    duties,
    facts,
    seals,
    receipts,
    outbox,
    shown,
    listeners,
    quotas,
    dialogues,
    days,
    links,
    sessions,
    documents,
    files,
    evidence,
    papers,
    assessments,
    scores,
    cases,
    tallies,
    annuals,
    guards,
  }
}
export type Tables = ReturnType<typeof defineTables>
