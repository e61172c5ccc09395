import type { Intent } from '../../src/model/intent.ts'

/** Two units with the same duties: the speaker's (or the room's), and one that is none of its business. */
export const sides = { own: { unit: '市财政局', n: 1 }, other: { unit: '市环保局', n: 2 } } as const
export type Side = keyof typeof sides

/** Who speaks: the columns of the table. A stranger is told by the room that it speaks in. */
export const speakers = ['strangerInRoom', 'strangerElsewhere', 'liaison', 'head', 'leader', 'office', 'admin'] as const
export type Speaker = (typeof speakers)[number]

/** `-` nothing, `own` the speaker's (or the room's) unit alone, `all` every unit. */
type May = '-' | 'own' | 'all'

const reading: May[] = ['own', '-', 'own', 'own', 'all', 'all', 'all']
const unitSide: May[] = ['-', '-', 'own', '-', '-', 'all', 'all']
const office: May[] = ['-', '-', '-', '-', '-', 'all', 'all']
const leading: May[] = ['-', '-', '-', '-', 'all', 'all', 'all']
const registered: May[] = ['-', '-', 'all', 'all', 'all', 'all', 'all']

/** “Who may do what” of the design, written out by hand for every frame, in the order of `speakers`. */
export const table = {
  list: reading,
  task: reading,
  figures: reading,
  rank: leading,
  contact: registered,
  report: unitSide,
  progress: unitSide,
  accept: unitSide,
  secrecy: unitSide,
  tick: unitSide,
  withdraw: unitSide,
  extend: unitSide,
  claim: unitSide,
  decline: unitSide,
  collect: unitSide,
  split: unitSide,
  event: unitSide,
  approve: office,
  return: office,
  extension: office,
  keep: office,
  assign: office,
  amend: office,
  reassign: office,
  suspend: office,
  resume: office,
  waive: office,
  bind: office,
  handover: office,
  urge: leading,
  instruct: leading,
  absence: ['-', '-', 'all', '-', '-', '-', '-'],
  mute: registered,
  help: ['all', 'all', 'all', 'all', 'all', 'all', 'all'],
} satisfies Partial<Record<Intent['intent'], May[]>> as Record<string, May[]> as Record<Key, May[]>

export type Key = Exclude<
  Intent['intent'],
  'subscribe' | 'unsubscribe' | 'export' | 'tally' | 'request' | 'sentiment' | 'none'
>
export const keys = Object.keys(table) as Key[]

/** The fact by which it is seen that a thing was done; nothing is written by what only reads. */
export const kindOf: Partial<Record<Key, string>> = {
  report: 'reported',
  progress: 'progressed',
  accept: 'accepted',
  secrecy: 'cleared',
  tick: 'summed',
  withdraw: 'withdrawn',
  extend: 'extension-asked',
  claim: 'claimed',
  decline: 'declined',
  collect: 'collected',
  split: 'split',
  event: 'event',
  approve: 'approved',
  return: 'returned',
  extension: 'extension-granted',
  keep: 'kept',
  assign: 'drafted',
  amend: 'amended',
  reassign: 'reassigned',
  suspend: 'suspended',
  resume: 'resumed',
  waive: 'waived',
  bind: 'bound',
  handover: 'took-over',
  urge: 'urged',
  instruct: 'instructed',
  absence: 'away',
  mute: 'muted',
}

/** The frame of a command about a unit's own duty, as a button would carry it, and the words beside it. */
export const asked = (key: Key, side: Side): { button: Intent; text: string } => {
  const { unit, n } = sides[side]
  const of = (task: number) => ({ tasks: [`${n}-${task}`], units: [unit] })
  const until = '2017-10-20'
  const frames: Record<Key, Intent> = {
    list: { intent: 'list', units: [unit], state: 'all' },
    task: { intent: 'task', tasks: of(1).tasks },
    figures: { intent: 'figures', units: [unit] },
    rank: { intent: 'rank' },
    contact: { intent: 'contact', units: [unit] },
    report: { intent: 'report', ...of(1), period: '2017-07' },
    progress: { intent: 'progress', ...of(1) },
    accept: { intent: 'accept', ...of(2) },
    secrecy: { intent: 'secrecy', ...of(1) },
    tick: { intent: 'tick', ...of(6), proof: '国库科' },
    withdraw: { intent: 'withdraw', ...of(1) },
    extend: { intent: 'extend', ...of(2), until },
    claim: { intent: 'claim', ...of(4) },
    decline: { intent: 'decline', ...of(2) },
    collect: { intent: 'collect', ...of(2), until: '2017-09-10' },
    split: { intent: 'split', ...of(2), parts: ['综合科'] },
    event: { intent: 'event', tasks: of(3).tasks, on: '2017-08-01' },
    approve: { intent: 'approve', ...of(1) },
    return: { intent: 'return', ...of(1) },
    extension: { intent: 'extension', ...of(5), grant: true },
    keep: { intent: 'keep', ...of(3) },
    assign: { intent: 'assign', units: [unit], until },
    amend: { intent: 'amend', tasks: of(2).tasks },
    reassign: { intent: 'reassign', tasks: of(2).tasks, to: '市审计局' },
    suspend: { intent: 'suspend', ...of(2) },
    resume: { intent: 'resume', ...of(7) },
    waive: { intent: 'waive', ...of(2) },
    bind: { intent: 'bind', target: 'group', units: [unit] },
    handover: { intent: 'handover', units: [unit], to: '吴桐' },
    urge: { intent: 'urge', ...of(1) },
    instruct: { intent: 'instruct', ...of(2) },
    absence: { intent: 'absence', until: '2017-08-20' },
    mute: { intent: 'mute', minutes: 60 },
    help: { intent: 'help' },
  }
  const words: Partial<Record<Key, string>> = {
    assign: `新增任务：${unit}10月20日前报送整改情况，来源：常务会`,
    amend: `${n}-2时限改为9月20日`,
    waive: `免予办理${n}-2，与另一项合并`,
    instruct: `批示：请${unit}抓紧${n}-2`,
  }
  return { button: frames[key], text: words[key] ?? '' }
}
