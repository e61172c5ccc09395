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
  deliveries: office,
  noise: leading,
  scores: ['-', '-', 'own', 'own', 'all', 'all', 'all'],
  'self-score': unitSide,
  tally: unitSide,
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
  'report-up': office,
  bind: office,
  handover: office,
  export: office,
  papers: leading,
  sign: leading,
  talk: office,
  urge: leading,
  instruct: leading,
  absence: ['-', '-', 'all', '-', '-', '-', '-'],
  mute: registered,
  subscribe: office,
  subscriptions: office,
  unsubscribe: office,
  show: office,
  request: registered,
  sentiment: registered,
  publication: registered,
  activity: registered,
  console: registered,
  help: ['all', 'all', 'all', 'all', 'all', 'all', 'all'],
} satisfies Partial<Record<Intent['intent'], May[]>> as Record<string, May[]> as Record<Key, May[]>

export type Key = Exclude<Intent['intent'], 'answer' | 'none'>
export const keys = Object.keys(table) as Key[]

/** The fact by which it is seen that a thing was done; nothing is written by what only reads. */
export const kindOf: Partial<Record<Key, string>> = {
  report: 'reported',
  'self-score': 'self-scored',
  tally: 'told',
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
  export: 'drafted',
  talk: 'talked',
  urge: 'urged',
  instruct: 'instructed',
  absence: 'away',
  mute: 'muted',
  subscribe: 'begun',
  unsubscribe: 'stopped',
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
    deliveries: { intent: 'deliveries' },
    noise: { intent: 'noise', units: [unit] },
    scores: { intent: 'scores', units: [unit] },
    'self-score': { intent: 'self-score', indicator: '2', points: 450, proof: '见附件', units: [unit] },
    tally: { intent: 'tally', period: '2017-07', counts: { website: 12 }, units: [unit] },
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
    'report-up': { intent: 'report-up', tasks: of(1).tasks },
    bind: { intent: 'bind', target: 'group', units: [unit] },
    handover: { intent: 'handover', units: [unit], to: '吴桐' },
    urge: { intent: 'urge', ...of(1) },
    instruct: { intent: 'instruct', ...of(2) },
    export: { intent: 'export', what: 'bulletin' },
    papers: { intent: 'papers' },
    sign: { intent: 'sign' },
    talk: { intent: 'talk', units: [unit], on: '2017-08-10' },
    absence: { intent: 'absence', until: '2017-08-20' },
    mute: { intent: 'mute', minutes: 60 },
    subscribe: { intent: 'subscribe', every: 'week', on: 5, at: '16:00', content: 'overdue' },
    subscriptions: { intent: 'subscriptions' },
    unsubscribe: { intent: 'unsubscribe' },
    show: { intent: 'show', overdue: true },
    request: { intent: 'request', action: 'list' },
    sentiment: { intent: 'sentiment', action: 'list' },
    publication: { intent: 'publication', action: 'list' },
    activity: { intent: 'activity', action: 'count' },
    console: { intent: 'console' },
    help: { intent: 'help' },
  }
  const words: Partial<Record<Key, string>> = {
    assign: `新增任务：${unit}10月20日前报送整改情况，来源：常务会`,
    return: `退回 ${n}-1，链接打不开`,
    suspend: `中止 ${n}-2，等待上级文件`,
    amend: `${n}-2时限改为9月20日，因上级文件调整`,
    waive: `免予办理${n}-2，与另一项合并`,
    instruct: `批示：请${unit}抓紧${n}-2`,
    unsubscribe: '取消推送',
    talk: `记录约谈 ${unit} 8月10日 李副市长约谈局长，逾期`,
  }
  return { button: frames[key], text: words[key] ?? '' }
}

/** The same in words, as the unit's people say it and as the office does; what has no words of its own yet is only pressed. */
export const saying = (key: Key, side: Side, office: boolean): string | undefined => {
  const { unit, n } = sides[side]
  const unitSays: Partial<Record<Key, string>> = {
    list: `${unit}有哪些任务`,
    task: `${n}-1是什么`,
    figures: `${unit}完成率多少`,
    rank: '各单位排名',
    deliveries: '推送情况',
    noise: `给${unit}发了多少条消息`,
    scores: `${unit}考核得分`,
    contact: `${unit}找谁`,
    report: `${n}-1 7月的已公开 http://a.example.gov.cn/7`,
    progress: `${n}-1正在办，初稿已送审`,
    accept: `签收 ${n}-2`,
    secrecy: `${n}-1 已经保密审查（审查人：王科长）`,
    withdraw: `撤回 ${n}-1`,
    extend: `${n}-2申请延期到10月20日，因征求意见`,
    claim: `认领 ${n}-4`,
    decline: `${n}-2不是我们的`,
    collect: `向配合单位收${n}-2材料，9月10日前`,
    event: `${n}-3 国家意见8月1日已印发`,
    approve: `通过 ${n}-1`,
    return: `退回 ${n}-1，链接打不开`,
    urge: `催一下${unit}${n}-2`,
    absence: '我下周请假，由李明代',
    show: '本群清单显示逾期',
    bind: `绑定本群 ${unit}`,
    request: '依申请公开有哪些快到期',
    sentiment: '舆情有哪些没回应',
    publication: '公开文件有哪些没公开',
    activity: '新闻发布会开了几次',
    console: '网页版',
    help: '帮助',
    subscribe: '每周五16:00推送逾期清单',
    subscriptions: '有哪些推送',
    unsubscribe: '取消推送',
  }
  const officeSays: Partial<Record<Key, string>> = {
    tally: `${unit}电话报7月网站12条`,
    report: `${unit}电话报：${n}-1 7月的已公开`,
    progress: `${unit}电话报：${n}-1正在办`,
    extend: `${unit}电话：${n}-2申请延期到10月20日`,
    secrecy: `${unit}${n}-1已经保密审查`,
    collect: `向${unit === '市财政局' ? '市住建局' : '市交通局'}收${n}-2材料，9月10日前`,
    approve: `通过 ${n}-1`,
    return: `退回 ${n}-1，链接打不开`,
    extension: `同意${n}-5延期`,
    assign: `新增任务：${unit}10月20日前报送整改情况，来源：常务会`,
    amend: `${n}-2时限改为9月20日，因上级文件调整`,
    reassign: `${n}-2改派市审计局`,
    suspend: `中止${n}-2，等待上级文件`,
    resume: `恢复${n}-7`,
    waive: `免予办理${unit}${n}-2，与另一项合并`,
    event: `${n}-3 国家意见8月1日已印发`,
    urge: `催一下${unit}${n}-2`,
    instruct: `批示：请${unit}抓紧${n}-2`,
    export: '生成三季度通报',
    papers: '有哪些待签发',
    sign: '同意印发三季度通报',
    talk: `记录约谈 ${unit} 8月10日 李副市长约谈局长，逾期`,
  }
  const unitOnly: Key[] = ['accept', 'withdraw', 'claim', 'decline', 'absence']
  if (office) return officeSays[key] ?? (unitOnly.includes(key) ? undefined : unitSays[key])
  return unitSays[key] ?? officeSays[key]
}
