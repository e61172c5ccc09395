import * as annuals from '../../../db/queries/annuals.ts'
import * as audit from '../../../db/queries/audit.ts'
import * as cases from '../../../db/queries/cases.ts'
import * as counts from '../../../db/queries/counts.ts'
import * as deliveries from '../../../db/queries/deliveries.ts'
import * as documents from '../../../db/queries/documents.ts'
import * as duties from '../../../db/queries/duties.ts'
import * as evidence from '../../../db/queries/evidence.ts'
import * as heard from '../../../db/queries/heard.ts'
import * as inbox from '../../../db/queries/inbox.ts'
import * as ledger from '../../../db/queries/ledger.ts'
import * as listeners from '../../../db/queries/listeners.ts'
import * as mentions from '../../../db/queries/mentions.ts'
import * as office from '../../../db/queries/office.ts'
import * as outbox from '../../../db/queries/outbox.ts'
import * as overview from '../../../db/queries/overview.ts'
import * as paperRows from '../../../db/queries/paper-rows.ts'
import * as papers from '../../../db/queries/papers.ts'
import * as people from '../../../db/queries/people.ts'
import * as plans from '../../../db/queries/plans.ts'
import * as recomputed from '../../../db/queries/recomputed.ts'
import * as roster from '../../../db/queries/roster.ts'
import * as scores from '../../../db/queries/scores.ts'
import * as seals from '../../../db/queries/seals.ts'
import * as sessions from '../../../db/queries/sessions.ts'
import * as shown from '../../../db/queries/shown.ts'
import * as sweep from '../../../db/queries/sweep.ts'
import * as tallies from '../../../db/queries/tallies.ts'
import * as yearend from '../../../db/queries/yearend.ts'
import type { OfficeStore, Reader } from '../../../db/store.ts'
import { at, before, later, soon } from './rows.ts'

/** Ways of asking one question; each must find something in an office that has the rows. */
export type Read = ((db: Reader & OfficeStore) => unknown)[]
/** By module and exported name. */
export type Reads = Record<string, Record<string, Read>>

const window = { from: before, to: soon }
const year = { from: '2017-01-01', to: '2017-12-31' }
const keys = ['console:local:zhang', 'console:*:zhang'] as const
const room = ['console:*:r1', 'console:*:r1'] as const
const place = 'console:local:r1'
const moment = { today: '2017-09-01', now: soon, lateUpTo: '2017-08-31', yellowUpTo: '2017-09-30' }
const ask = {
  ...{ units: [], states: [], lights: [], classes: [], merged: [], words: [] },
  marks: { ...moment, restDays: [] },
}
const page = { offset: 0, limit: 50 }
const scopes = [{}, { units: ['u1'] }, { plans: ['pl1'] }, { units: ['u1'], plans: ['pl1'] }]
const kinds = ['reported', 'released']
const days = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`day${n}`, later])) as Record<
  `day${1 | 2 | 3 | 4 | 5 | 6}`,
  Date
>

const all = async <T>(pages: AsyncGenerator<T[]>): Promise<T[]> => {
  const rows: T[] = []
  for await (const one of pages) rows.push(...one)
  return rows
}

export const reads: Reads = {
  annuals: {
    annualOf: [(db) => annuals.annualOf(db, 2017)],
    annualYears: [annuals.annualYears],
    casesOfYear: [(db) => annuals.casesOfYear(db, year)],
    casesById: [(db) => annuals.casesById(db, ['ca1', 'ca2'])],
  },
  audit: {
    factsNewest: [
      (db) => audit.factsNewest(db, {}, 50),
      (db) => audit.factsNewest(db, { unit: { id: 'u1', people: [] } }, 50),
      (db) => audit.factsNewest(db, { q: '公开17-12-1' }, 50),
      (db) => audit.factsNewest(db, { by: 'p1' }, 50, { at, subject: 'person', id: 'p9', seq: 1 }),
    ],
    countFacts: [audit.countFacts],
    subjectNames: [(db) => audit.subjectNames(db, { duty: ['du1', 'du3'], task: ['t1', 't2'], plan: ['pl1', 'pl3'] })],
    peopleByName: [audit.peopleByName],
    unitRefusals: [(db) => audit.unitRefusals(db, 'p1', before)],
    wasRefused: [(db) => audit.wasRefused(db, 'p1', 'approve', before)],
    sealsNewest: [(db) => audit.sealsNewest(db, 9), (db) => audit.sealsNewest(db, 9, '2017-07-11')],
  },
  cases: {
    casesOf: [
      (db) => cases.casesOf(db, { kinds: ['incident'], open: true }),
      (db) => cases.casesOf(db, { q: { text: '停', secret: true } }),
    ],
    casesPage: [(db) => cases.casesPage(db, {}, page)],
    countCases: [(db) => cases.countCases(db, {})],
    lookedThrough: [
      async (db) => cases.casesOf(db, await cases.lookedThrough(db, { q: { text: '停', secret: true } })),
    ],
    casesByKind: [(db) => cases.casesByKind(db, {})],
    caseOf: [(db) => cases.caseOf(db, 'ca1')],
    casesById: [(db) => cases.casesById(db, ['ca1', 'ca2'])],
    caseNumbered: [(db) => cases.caseNumbered(db, 'incident', 2017, 2)],
    casesDueBy: [(db) => cases.casesDueBy(db, '2017-12-31'), (db) => cases.casesDueBy(db, '2017-12-31', ['u1'])],
    casesInHours: [cases.casesInHours],
    casesNamed: [(db) => cases.casesNamed(db, ['ca1', 'ca3'])],
    openCasesBehind: [(db) => cases.openCasesBehind(db, '', 9)],
    nextCaseNumber: [(db) => cases.nextCaseNumber(db, 'incident', 2017)],
  },
  counts: {
    tallies: [...scopes, { closed: true }].map(
      (scope) => (db: Reader) => counts.tallies(db, { ...scope, ...year, lateUpTo: '2017-08-31', now: soon }),
    ),
  },
  deliveries: {
    countDeliveries: [
      (db) => deliveries.countDeliveries(db, window),
      (db) => deliveries.countDeliveries(db, { batch: 'day:2017-07-11' }),
    ],
    unsentDeliveries: [(db) => deliveries.unsentDeliveries(db, window, page)],
    pushesOf: [(db) => deliveries.pushesOf(db, ['o3', 'o4'])],
    lastDelivery: [(db) => deliveries.lastDelivery(db, window)],
    messagesTo: [(db) => deliveries.messagesTo(db, window)],
    unasked: [(db) => deliveries.unasked(db, window)],
    toldUnits: [(db) => deliveries.toldUnits(db, ['day:2017-07-11'], before)],
    arrivals: [(db) => deliveries.arrivals(db, ['day:2017-07-11'])],
    lastWords: [(db) => deliveries.lastWords(db, before)],
    deadPushes: [(db) => deliveries.deadPushes(db, before)],
    lastReached: [(db) => deliveries.lastReached(db, [place])],
    limping: [(db) => deliveries.limping(db, [place], before)],
    lastUnhindered: [(db) => deliveries.lastUnhindered(db, [place])],
    pushesLooked: [
      (db) => deliveries.pushesLooked(db, { ...window, states: [] }, page),
      (db) => deliveries.pushesLooked(db, { ...window, batch: 'day:', states: [], unit: 'u1', rooms: [place] }, page),
    ],
  },
  documents: {
    documentLinesOf: [(db) => documents.documentLinesOf(db, 'pl1')],
    hasSecretTask: [(db) => documents.hasSecretTask(db, 'pl1')],
  },
  duties: {
    countDuties: [
      (db) => duties.countDuties(db, {}),
      (db) => duties.countDuties(db, { units: ['u1'], states: ['open'], due: { to: '2017-12-31' } }),
    ],
    findDuties: [
      (db) => duties.findDuties(db, {}),
      (db) => duties.findDuties(db, { ids: ['du1', 'du3'], plans: ['pl1'], tasks: ['t1', 't2'] }),
      (db) => duties.findDuties(db, { asked: true, role: 'lead' }),
    ],
    findTasks: [(db) => duties.findTasks(db, ['12-1']), (db) => duties.findTasks(db, ['12-1'], '公开17')],
    findTasksSaying: [(db) => duties.findTasksSaying(db, '重点领域')],
    readTasks: [(db) => duties.readTasks(db)],
    factsOf: [(db) => duties.factsOf(db, 'duty', ['du1', 'du3'])],
    numbersUnder: [(db) => duties.numbersUnder(db, '12')],
    lastOrd: [(db) => duties.lastOrd(db, 'pl1')],
    clocksRunning: [(db) => duties.clocksRunning(db, window)],
  },
  evidence: {
    evidenceOf: [(db) => evidence.evidenceOf(db, ['du1'])],
    evidenceNamed: [(db) => evidence.evidenceNamed(db, ['ev1', 'ev2'])],
    evidenceIn: [(db) => evidence.evidenceIn(db, 'm1')],
    messagesWaiting: [(db) => evidence.messagesWaiting(db, 9)],
    reportedBy: [(db) => evidence.reportedBy(db, 'p1', before)],
    broughtBy: [(db) => evidence.broughtBy(db, ['ev1'])],
    bytesBroughtBy: [(db) => evidence.bytesBroughtBy(db, 'p1', before)],
  },
  heard: {
    heardOf: [keys, [keys[1], keys[1]] as const, ['console:local:nobody', 'console:*:nobody'] as const].map(
      (sender) => (db: Reader) =>
        heard.heardOf(db, {
          ...{ key: 'console:local:m1', sender, room, place: 'r1', stranger: 'p1', owner: 'me' },
        }),
    ),
  },
  inbox: {
    heardSince: [(db) => inbox.heardSince(db, 'console:local', before)],
    dialogueOf: [(db) => inbox.dialogueOf(db, 'r1', 'p1')],
    tasksQuoted: [(db) => inbox.tasksQuoted(db, 'om_1')],
    answerOf: [(db) => inbox.answerOf(db, 'o3')],
  },
  ledger: {
    countLedger: [
      (db) => ledger.countLedger(db, ask),
      (db) => ledger.countLedger(db, { ...ask, scope: { units: ['u1'], parts: true }, theme: '二' }),
      (db) => ledger.countLedger(db, { ...ask, words: [{ word: '重点', units: [] }] }),
    ],
    ledgerIds: (['due', '-due', 'code', 'unit'] as const).map(
      (sort) => (db: Reader) => ledger.ledgerIds(db, ask, { sort, ...page }),
    ),
    ledgerTasks: [(db) => ledger.ledgerTasks(db, ['t1', 't2'])],
    reviewDays: [ledger.reviewDays],
    ledgerSections: [(db) => ledger.ledgerSections(db), (db) => ledger.ledgerSections(db, ['pl1'])],
    ledgerPlaces: [(db) => ledger.ledgerPlaces(db, ask)],
  },
  listeners: { listenersOf: [listeners.listenersOf] },
  mentions: {
    factsWithWords: [(db) => all(mentions.factsWithWords(db))],
    noticesWithWords: [(db) => all(mentions.noticesWithWords(db))],
  },
  office: {
    officeVersion: [office.officeVersion],
    officeMark: [office.officeMark],
    readOffice: [office.readOffice],
    officeRow: [office.officeRow],
    unitRows: [(db) => office.unitRows(db, ['u1', 'u2'])],
  },
  outbox: {
    outboxDepth: [outbox.outboxDepth],
    quotaUsed: [(db) => outbox.quotaUsed(db, at)],
    lastIssued: [(db) => outbox.lastIssued(db, [place, place], before)],
    lastSaid: [(db) => outbox.lastSaid(db, [place, place], '', before)],
    batchRooms: [(db) => outbox.batchRooms(db, ['day:2017-07-11'], before)],
    lastPushes: [outbox.lastPushes],
  },
  overview: {
    lightsByUnit: scopes.map((scope) => (db: Reader) => overview.lightsByUnit(db, { ...scope, ...year, ...moment })),
    reviewsAfterDay: scopes.map((scope) => (db: Reader) => overview.reviewsAfterDay(db, { ...scope, ...year })),
    plansOfUnits: [(db) => overview.plansOfUnits(db, ['u1'])],
    countsBySection: scopes.map(
      (scope) => (db: Reader) => overview.countsBySection(db, { ...scope, ...year, ...moment, classes: ['u2'] }),
    ),
    countsByDay: scopes.map((scope) => (db: Reader) => overview.countsByDay(db, { ...scope, ...year, ...moment })),
    movedByDay: scopes.map((scope) => (db: Reader) => overview.movedByDay(db, { ...scope, ...window, ...days, kinds })),
    movedNewest: scopes.map((scope) => (db: Reader) => overview.movedNewest(db, { ...scope, ...window, kinds })),
    provisionalByDay: scopes.map((scope) => (db: Reader) => overview.provisionalByDay(db, { ...scope, ...year })),
    provisionalSoonest: scopes.map((scope) => (db: Reader) => overview.provisionalSoonest(db, { ...scope, ...year })),
  },
  'paper-rows': {
    paperRow: [(db) => paperRows.paperRow(db, 'pa1')],
    paperHeads: [(db) => paperRows.paperHeads(db)],
    papersAbout: [(db) => paperRows.papersAbout(db, 'bulletin:2017-07')],
    paperNumbered: [(db) => paperRows.paperNumbered(db, '某督〔2017〕3号', '2017', 'pa9')],
    factsOfKind: [(db) => paperRows.factsOfKind(db, 'duty', 'reported')],
    draftedFor: [(db) => paperRows.draftedFor(db, before)],
    pendingPapers: [paperRows.pendingPapers],
  },
  papers: { happenedBetween: [(db) => papers.happenedBetween(db, { kinds, ...window })] },
  people: {
    personOf: [(db) => people.personOf(db, keys), (db) => people.personOf(db, [keys[1], keys[1]])],
    roomOf: [(db) => people.roomOf(db, room)],
    roomsOf: [people.roomsOf],
    mutedRooms: [(db) => people.mutedRooms(db, before)],
    codeHolder: [(db) => people.codeHolder(db, 'c1')],
    liaisonsAll: [people.liaisonsAll],
    liaisonsOf: [(db) => people.liaisonsOf(db, ['u1'])],
    peopleNamed: [(db) => people.peopleNamed(db, '张三')],
    personRow: [(db) => people.personRow(db, 'p1')],
    namesOfPeople: [(db) => people.namesOfPeople(db, ['p1', 'p2'])],
    peopleOf: [(db) => people.peopleOf(db, ['p1', 'p2'])],
    accountsAll: [people.accountsAll],
    peopleReached: [people.peopleReached],
    personReached: [(db) => people.personReached(db, 'p1')],
  },
  plans: {
    planCounts: [plans.planCounts],
    taskCounts: [plans.taskCounts],
    dutiesByTask: [(db) => plans.dutiesByTask(db, 'pl1')],
    secretTasks: [(db) => plans.secretTasks(db), (db) => plans.secretTasks(db, 'pl1')],
  },
  recomputed: {
    recomputedWithin: [(db) => recomputed.recomputedWithin(db, window)],
    recomputedIn: [(db) => recomputed.recomputedIn(db, 'calendar:1')],
  },
  roster: {
    peopleOnDuty: [roster.peopleOnDuty],
    identitiesAll: [roster.identitiesAll],
    sessionCounts: [(db) => roster.sessionCounts(db, soon)],
    unitVersions: [roster.unitVersions],
    groupsAnswered: [(db) => roster.groupsAnswered(db, before)],
  },
  scores: {
    scoredDuties: [(db) => scores.scoredDuties(db, year), (db) => scores.scoredDuties(db, { ...year, units: ['u1'] })],
    assessments: [scores.assessments],
    assessmentOf: [(db) => scores.assessmentOf(db, 'as1')],
    toldAt: [(db) => scores.toldAt(db, 'as1')],
    scoresOf: [(db) => scores.scoresOf(db, 'as1'), (db) => scores.scoresOf(db, 'as1', ['u1'])],
  },
  seals: { lastSeal: [seals.lastSeal] },
  sessions: {
    sessionBySecret: [(db) => sessions.sessionBySecret(db, 'y')],
    runningSessions: [(db) => sessions.runningSessions(db, soon), (db) => sessions.runningSessions(db, soon, 'p1')],
    linkHolder: [(db) => sessions.linkHolder(db, 'l2')],
    firstOfRoles: [(db) => sessions.firstOfRoles(db, 'liaison')],
    someoneSignedIn: [(db) => sessions.someoneSignedIn(db, ['office'])],
  },
  shown: {
    messageShown: [(db) => shown.messageShown(db, 'o3')],
    versionsOf: [(db) => shown.versionsOf(db, ['du1', 'du3'])],
    hasNewer: [(db) => shown.hasNewer(db, { room: 'console:local:r1#o3', ord: '0' })],
  },
  sweep: { sweptOn: [sweep.sweptOn] },
  tallies: {
    talliesOf: [(db) => tallies.talliesOf(db, { from: '2017', to: '2017-12' })],
    figuresOfYear: [(db) => tallies.figuresOfYear(db, 2017)],
    unitsThatTold: [(db) => tallies.unitsThatTold(db, '2017-07')],
    textsOfThemes: [(db) => tallies.textsOfThemes(db, ['公开17-12-1', '公开16-3'])],
    unitNames: [tallies.unitNames],
    tallyYears: [tallies.tallyYears],
  },
  yearend: {
    unfinishedOf: [(db) => yearend.unfinishedOf(db, 'pl1')],
    tasksOfPlans: [(db) => yearend.tasksOfPlans(db, ['pl1', 'pl3'])],
    tasksWhole: [(db) => yearend.tasksWhole(db, ['t1', 't2'])],
    endedOf: [(db) => yearend.endedOf(db, ['t1', 't2']), (db) => yearend.endedOf(db, ['t2'], ['u1'])],
    followersOf: [(db) => yearend.followersOf(db, ['t1', 't2'])],
    dutiesUnder: [(db) => yearend.dutiesUnder(db, ['t1', 't2'])],
    archivedIn: [(db) => yearend.archivedIn(db, ['pl1', 'pl3']), (db) => yearend.archivedIn(db, ['pl3'], ['u1'])],
    closedNumbered: [
      (db) => yearend.closedNumbered(db, ['3'], undefined),
      (db) => yearend.closedNumbered(db, ['3'], '公开16'),
    ],
  },
}
