import { own } from './frames.ts'
import type { Phrasing } from './phrasings.ts'

const none = { intent: 'none' }

/** A duty inside its unit, the quiet of a room, a change of liaison. */
export const inside: Phrasing[] = [
  [
    'L',
    '12号分给国库科、预算科，18日前',
    { intent: 'split', tasks: ['12'], parts: ['国库科', '预算科'], until: '2018-05-18' },
  ],
  [
    'L',
    '把12号分解到预算科和国库科，周五前交',
    { intent: 'split', tasks: ['12'], parts: ['预算科', '国库科'], until: '2018-05-18' },
  ],
  [
    'L',
    '12号拆分给办公室、综合科、执法大队',
    { intent: 'split', tasks: ['12'], parts: ['办公室', '综合科', '执法大队'] },
  ],
  ['L', '12号已分给国库科', { intent: 'progress', tasks: ['12'] }],
  ['L', '12号分给谁了', { intent: 'task', tasks: ['12'] }],
  ['L', '12号纸质件已送', { intent: 'tick', tasks: ['12'], proof: '纸质件' }],
  ['L', '12号盖章件交了', { intent: 'tick', tasks: ['12'], proof: '盖章件' }],
  ['L', '12号佐证材料已上传', { intent: 'tick', tasks: ['12'], proof: '佐证材料' }],
  ['L', '国库科那份交了', { intent: 'tick', proof: '国库科' }],
  ['L', '12号国库科已交', { intent: 'tick', tasks: ['12'], proof: '国库科' }],
  ['L', '12号预算科的部分已报', { intent: 'tick', tasks: ['12'], proof: '预算科' }],
  ['L', '12号纸质件还没送', { intent: 'progress', tasks: ['12'] }],
  ['L', '12号已完成，纸质件已送', { intent: 'report', tasks: ['12'] }],
  ['L', '12号国库科那份还差', { intent: 'progress', tasks: ['12'] }],
  ['O', '静音一小时', { intent: 'mute', minutes: 60 }],
  ['O', '静音半小时', { intent: 'mute', minutes: 30 }],
  ['L', '先静音两个小时', { intent: 'mute', minutes: 120 }],
  ['O', '暂停推送30分钟', { intent: 'mute', minutes: 30 }],
  ['O', '一个半小时内别推送', { intent: 'mute', minutes: 90 }],
  ['O', '今天别推了', { intent: 'mute' }],
  ['O', '静音', { intent: 'mute' }],
  ['O', '取消静音', { intent: 'mute', minutes: 0 }],
  ['O', '以后别推了', { intent: 'unsubscribe' }],
  ['L', '手机静音了没听到', none],
  ['L', '联络员换成李四', { intent: 'handover', ...own, to: '李四' }],
  ['L', '我局联络员变更为王某某', { intent: 'handover', ...own, to: '王某某' }],
  ['L', '我调走了，联络员由赵某接任', { intent: 'handover', ...own, to: '赵某' }],
  ['O', '审计局联络员改为孙某', { intent: 'handover', units: ['市审计局'], to: '孙某' }],
  ['L', '以后督办工作由钱某负责', { intent: 'handover', ...own, to: '钱某' }],
  ['L', '新联络员是周某，电话13900000000', { intent: 'handover', ...own, to: '周某' }],
  ['C', '财政局联络员换成谁了', { intent: 'contact', ...own }],
  ['O', '12号还是由审计局办', { intent: 'keep', tasks: ['12'], units: ['市审计局'] }],
  ['O', '12号不同意改派，请继续办理', { intent: 'keep', tasks: ['12'] }],
  ['O', '12号维持原责任单位不变', { intent: 'keep', tasks: ['12'] }],
  ['O', '12号改派市审计局', { intent: 'reassign', tasks: ['12'], to: '市审计局' }],
]
