import type { Tables } from '../../db/schema.ts'

const at = new Date('2017-07-11T08:00:00.123Z')
const address = { platform: 'console', route: 'local', kind: 'room', id: 'r1' } as const
const card = {
  title: '已登记',
  tone: 'good' as const,
  blocks: [{ kind: 'text' as const, text: '公开17-4 “报告”\\u0000 \n\t🟢' }],
}

type Rows = { [K in Exclude<keyof Tables, 'guards'>]: Omit<Tables[K]['$inferInsert'], 'office'>[] }

/** Rows for every table of an office, with every kind of column filled and empty. A new table does not compile without one. */
const fixture: Rows = {
  offices: [
    {
      ...{ name: '某市政府办公室', zone: 'Asia/Shanghai', level: 'city', rosterVersion: 3 },
      ...{
        settings: { digestAt: '08:45' },
        planned: '2017-07-10',
        calendar: 'digest',
        swept: '2017-07-10',
        wakes: at,
        version: 1,
        head: 'h',
      },
    },
  ],
  units: [
    { id: 'u1', name: '市水利局', short: ['水利局'], level: 'city', kind: 'unit', members: null, origin: 'roster' },
    {
      id: 'u2',
      name: '各县区政府',
      short: [],
      level: 'city',
      kind: 'class',
      members: ['u1'],
      origin: 'plan',
      version: 2,
    },
  ],
  people: [
    { id: 'p1', name: '张三', role: 'liaison', units: ['u1'], charge: [], post: 'A', mobile: 'digest' },
    {
      ...{ id: 'p2', name: '李四', role: 'liaison', units: ['u1'], charge: [], post: 'B' },
      ...{ awayUntil: '2017-08-18', substitute: 'p1' },
    },
  ],
  identities: [{ key: 'console:local:zhang', person: 'p1' }],
  codes: [
    { digest: 'c1', person: 'p1', expiresAt: at },
    { digest: 'c2', person: 'p1', expiresAt: at, usedAt: at },
  ],
  rooms: [
    {
      key: 'console:*:r1',
      scope: 'units',
      units: ['u1'],
      address,
      mutedUntil: at,
      since: at,
      overdue: true,
      plan: 'p1',
    },
  ],
  subscriptions: [
    {
      ...{
        id: 's1',
        room: 'console:local:r1',
        address,
        person: 'p1',
        content: 'due',
        every: 'week',
        on: 1,
        at: '09:00',
      },
      ...{ startsOn: '2017-08-14', version: 1, head: 'h' },
    },
    {
      ...{ id: 's2', room: 'console:local:r1', address, person: 'p1', content: 'figures', every: 'workday', on: null },
      ...{ at: '16:30', startsOn: '2017-08-15', active: false },
    },
  ],
  plans: [
    {
      id: 'pl1',
      code: '公开17',
      state: 'released',
      document: {
        title: '要点',
        number: '某政办〔2017〕1号',
        issuer: '市政府办公室',
        issuedOn: '2017-04-10',
        year: 2017,
      },
      digest: 'd',
      common: [
        {
          section: ['三'],
          text: '各县区',
          units: ['各县区政府'],
          deadlines: [],
          source: { line: 9, raw: '各县区' },
          sources: { deadlines: [] },
        },
      ],
      questions: [{ kind: 'no-time', line: 3, text: '何时？', proposal: '持续推进' }],
      startOn: '2017-05-01',
      releasedAt: at,
      natural: '某政办〔2017〕1号',
    },
    {
      id: 'pl2',
      code: '公开18',
      state: 'draft',
      document: { title: '要点', number: '', issuer: '', issuedOn: '', year: 2018, untilYear: 2020 },
      digest: '',
      common: [],
      questions: [],
      natural: '要点 2018',
    },
  ],
  tasks: [
    {
      id: 't1',
      plan: 'pl1',
      number: '1-2',
      ord: 1,
      kind: 'demand',
      text: '按月公开财政收支',
      section: ['一', '（二）'],
      deadlines: [{ kind: 'recurring', raw: '按月', every: 'month' }],
      draft: {
        id: '1-2',
        section: [],
        text: '按月公开财政收支',
        lead: ['市财政局'],
        support: [],
        openEnded: false,
        divided: false,
        deadlines: [],
        note: '',
        source: { line: 7, raw: '按月公开财政收支' },
        sources: { lead: [], support: [], deadlines: [{ line: 7, raw: '按月', from: 'text' }] },
      },
      secret: true,
      proofs: ['纸质盖章件', '网上公开'],
    },
  ],
  duties: [
    {
      id: 'du1',
      plan: 'pl1',
      task: 't1',
      ord: 1,
      unit: 'u1',
      role: 'lead',
      demand: 0,
      round: '2017-08',
      dueOn: '2017-09-30',
      dueAt: at,
      provisional: true,
      state: 'open',
      claimBy: '2017-05-15',
      named: true,
      acceptedOn: '2017-05-16',
      asked: { kind: 'extension', on: '2017-09-20', until: '2017-10-31', late: false },
      firstDueOn: '2017-09-30',
      before: 'returned',
      clearedOn: '2017-09-21',
      proofs: ['纸质盖章件'],
      parts: [{ n: 1, until: null, doneOn: '2017-09-10' }],
      version: 4,
      head: 'h',
    },
    {
      id: 'du2',
      plan: 'pl1',
      task: 't1',
      ord: 1,
      unit: 'u1',
      role: 'support',
      demand: -1,
      round: 'standing',
      state: 'standing',
      named: false,
    },
  ],
  facts: [
    {
      subject: 'duty',
      id: 'du1',
      seq: 1,
      kind: 'released',
      body: { v: 1, b: [1, null, true], a: { 中: '文' } },
      words: null,
      by: 'p1',
      via: 'console',
      at,
      alg: 'sm3',
      prev: '',
      hash: 'h1',
    },
    {
      subject: 'duty',
      id: 'du1',
      seq: 2,
      kind: 'reported',
      body: {},
      words: { text: '已公开' },
      wordsDigest: 'x',
      by: 'p1',
      via: 'console',
      at,
      alg: 'sm3',
      prev: 'h1',
      hash: 'h2',
    },
  ],
  seals: [{ day: '2017-07-11', alg: 'sm3', heads: 2, hash: 's', prev: '', moved: [['duty', 'd1', 1, 'h']], at }],
  receipts: [
    { key: 'console:local:m1', at, answer: card },
    { key: 'console:local:m2', at },
  ],
  outbox: [
    {
      id: 'o1',
      lane: 'answer',
      room: 'r1',
      ord: '1',
      address,
      card,
      dueAt: at,
      validUntil: at,
      state: 'sent',
      tasks: ['公开17-4'],
      ref: 'x',
      settledAt: at,
    },
    {
      id: 'o2',
      ...{ batch: 'day:2017-07-11', origin: 'tick', units: ['u1'], asks: true, triedAt: at, lapsed: 2 },
      lane: 'push',
      room: 'r1',
      ord: '2',
      address,
      recipe: { kind: 'due', days: 3 },
      replyHandle: 'h',
      replyUntil: at,
      dueAt: at,
      validUntil: at,
      state: 'waiting',
      leaseOwner: 'a',
      leaseUntil: at,
      attempts: 1,
      error: 'e',
      tasks: [],
    },
  ],
  shown: [{ duty: 'd1', message: 'answer:1' }],
  listeners: [{ app: 'wecom:AIB001', owner: 'p1', until: at, at, lost: 'replaced' }],
  quotas: [{ app: 'console:local', minute: at, used: 3 }],
  dialogues: [
    { room: 'r1', person: 'p1', ask: { v: 1, intent: { intent: 'task' }, want: 'task', options: [] }, expiresAt: at },
  ],
  days: [{ day: '2017-08-07', kind: 'off' }],
  links: [{ digest: 'l1', person: 'p1', expiresAt: at, usedAt: at }],
  sessions: [
    {
      ...{ id: 's1', digest: 'x', person: 'p1', via: 'link', agent: 'Chrome' },
      ...{ startedAt: at, seenAt: at, expiresAt: at, endedAt: at },
    },
  ],
  files: [
    { hash: 'ab'.repeat(32), size: 12_345, type: 'application/pdf', use: 'evidence', at },
    { hash: 'cd'.repeat(32), size: 1, type: 'image/png', use: 'paper', at, erasedAt: at },
  ],
  evidence: [
    {
      ...{
        id: 'ev1',
        duty: 'du1',
        report: 2,
        kind: 'link',
        state: 'looked',
        name: 'http://www.example.gov.cn/1',
        message: 'm1',
        at,
      },
      hint: {
        ...{
          v: 1,
          outcome: 'open',
          status: 200,
          why: '',
          what: '网页，3KB',
          title: '7月财政收支',
          days: ['2017-08-02'],
          inRound: true,
        },
        ...{ words: ['财政收支'], ofWords: 2 },
      },
      ...{ hash: 'ab'.repeat(32), lookedAt: at, version: 2, head: 'h' },
    },
    {
      ...{ id: 'ev2', duty: 'du1', report: 2, kind: 'picture', state: 'waiting', name: '现场.png', message: 'm2', at },
      source: {
        ...{ v: 1, file: { kind: 'image', name: '', handle: 'om_1/img_1' } },
        room: { platform: 'lark', route: 'cli_1', kind: 'room', id: 'oc_1' },
      },
    },
  ],
  papers: [
    {
      ...{ id: 'pa1', kind: 'bulletin', state: 'signed', title: '关于7月办理情况的通报', from: '2017-07-01' },
      ...{
        to: '2017-07-31',
        units: ['u1'],
        plan: 'pl1',
        number: '某督〔2017〕3号',
        signer: '王某',
        natural: 'bulletin:2017-07',
      },
      ...{ signedOn: '2017-08-03', hash: 'cd'.repeat(32), at, version: 3, head: 'h' },
      content: {
        ...{ v: 1, kind: 'bulletin', title: '关于7月办理情况的通报', to: '各责任单位', asOf: '2017-08-01', issuer: '' },
        ...{ blocks: [{ kind: 'text', text: '“市水利局”1项逾期' }], units: ['u1'], duties: [], remarks: [] },
        asked: { kind: 'bulletin', window: { from: '2017-07-01', to: '2017-07-31' }, plan: 'pl1', units: [] },
        matters: [{ duty: 'd1', code: '公开17-1-2', unit: 'u1' }],
      },
    },
    {
      ...{ id: 'pa2', kind: 'list', state: 'draft', title: '任务清单', units: [], natural: 'pa2', at },
      content: {
        ...{
          v: 1,
          kind: 'list',
          title: '',
          to: '',
          asOf: '2017-08-01',
          blocks: [],
          issuer: '',
          units: [],
          duties: [],
          remarks: [],
        },
        asked: { kind: 'list', window: { from: '2017-01-01', to: '2017-12-31' }, plan: '', units: ['u1'] },
        matters: [],
      },
    },
  ],
  assessments: [
    {
      ...{ id: 'as1', state: 'open', title: '2017年政务公开考核', from: '2017-01-01', to: '2017-12-31', plan: 'pl1' },
      indicators: [
        {
          ...{ number: '1.1', theme: '主动公开', name: '按时公开', points: 4000, standard: '每迟一项扣' },
          ...{ units: ['u1'], by: 'rules' },
        },
      ],
      rules: {
        ...{ v: 1, full: 10_000, onTime: 0, late: 50, overdue: 100, day: 10, daysMost: 50, returned: 20 },
        ...{ extended: 0, extendedLate: 20, lead: 10_000, support: 5000, share: 400, shareLeast: 400 },
        ...{ third: 3000, objectDays: 5, othersShown: false },
      },
      ...{ objectBy: '2018-01-20', version: 1, head: 'h' },
    },
  ],
  scores: [
    {
      ...{ id: 'sc1', assessment: 'as1', unit: 'u1', indicator: '1.1', own: 3900, proof: '见附件', given: 3850 },
      ...{ third: 3800, reason: '迟报1次', version: 4, head: 'h' },
      objection: {
        v: 1,
        on: '2018-01-10',
        text: '当日已报',
        answered: { on: '2018-01-12', changed: true, points: 3900, text: '核实' },
      },
    },
    { id: 'sc2', assessment: 'as1', unit: 'u2', indicator: '1.1' },
  ],
  cases: [
    {
      ...{ id: 'ca1', kind: 'application', year: 2017, ord: 3, title: '财政预算', unit: 'u1', state: 'open' },
      ...{ openedOn: '2017-08-01', due: '2017-08-22', provisional: true, version: 2, head: 'h' },
      events: {
        v: 1,
        list: [{ kind: 'registered', at: '2017-08-01', body: { channel: 'web', count: 1, all: false } }],
      },
      secret: { 'registered.applicant': '张三' },
    },
    {
      ...{ id: 'ca2', kind: 'incident', year: 2017, ord: 1, title: '停水', state: 'done', openedOn: '2017-07-01' },
      ...{ closedOn: '2017-07-02', events: { v: 1, list: [] } },
    },
  ],
  tallies: [
    {
      id: 'ta1',
      unit: 'u1',
      period: '2017-07',
      channel: 'website',
      theme: '',
      count: 12,
      on: '2017-08-02',
      version: 1,
      head: 'h',
    },
    { id: 'ta2', unit: '', period: '2017', channel: 'total', theme: '公开17-3', count: 0, on: '2018-01-02' },
    { id: 'ta3', unit: 'u1', period: '2017-06', channel: 'points', theme: '', count: null, on: '2018-01-02' },
  ],
  annuals: [
    {
      ...{ id: 'an1', year: 2017, form: '2014', version: 1, head: 'h' },
      content: { v: 1, cells: { a: 1 }, last: {}, texts: { overview: '全年' } },
    },
  ],
  documents: [{ plan: 'pl1', digest: 'x', part: 0, lines: ['第一行', ''] }],
}

export const tableNames = Object.keys(fixture) as (keyof Rows)[]

/** The fixture's rows of one table for one office, as its table's insert type. */
export const rowsOf = <K extends keyof Rows>(table: K, office: string): Tables[K]['$inferInsert'][] =>
  fixture[table].map((row) => ({ ...row, office }) as unknown as Tables[K]['$inferInsert'])

/** How many write one row at once. Each round lets one through, so the work is their square, and a query of D1's costs most. */
export const writersOn = { sqlite: 50, postgres: 50, d1: 20 }
