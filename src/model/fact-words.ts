import { caseWords } from './case.ts'
import type { Subject } from './fact.ts'
import type { DutyFactKind } from './life.ts'

/** What each thing that happens to a duty is called where all facts stand in one list. */
const dutyKinds: Record<DutyFactKind, string> = {
  released: '下达',
  claimed: '认领',
  disclaimed: '报不涉及',
  accepted: '签收',
  progressed: '报进展',
  reported: '反馈',
  withdrawn: '撤回反馈',
  cleared: '保密审查',
  ticked: '交来佐证',
  approved: '审核通过',
  returned: '退回',
  'extension-asked': '申请延期',
  'extension-granted': '同意延期',
  'extension-refused': '不同意延期',
  declined: '报不属职责',
  kept: '维持承办单位',
  reassigned: '改派',
  merged: '并入另一事项',
  joined: '并入事项',
  collected: '收配合材料',
  split: '分给科室',
  summed: '科室已交',
  urged: '催办',
  instructed: '批示',
  suspended: '中止',
  resumed: '恢复办理',
  event: '触发',
  amended: '调整',
  recomputed: '重算期限',
  waived: '免予办理',
  archived: '归档',
  carried: '结转',
}

/** The other subjects' kinds. What is done to a duty under the same name has the same word. */
const otherKinds = {
  // Plans and tasks.
  drafted: '起草',
  settled: '回答问题',
  corrected: '更正',
  dropped: '删去',
  closed: '结束方案',
  followed: '接续上一年方案',
  // Units and people.
  listed: '登记',
  entered: '登记',
  edited: '修改',
  removed: '移出通讯录',
  'code-given': '发绑定码',
  erased: '清除',
  succeeded: '机构调整',
  moved: '随机构调整',
  bound: '绑定',
  away: '请假',
  absence: '请假',
  back: '销假',
  'handed-over': '交班',
  'took-over': '接班',
  talked: '约谈',
  // Papers.
  redrafted: '重新起草',
  submitted: '送签',
  signed: '签发',
  issued: '印发',
  voided: '作废',
  // Rooms and subscriptions.
  unbound: '解除绑定',
  muted: '静音',
  shown: '公布逾期',
  aimed: '设定本群方案',
  hooked: '群机器人',
  begun: '订阅',
  changed: '修改订阅',
  stopped: '退订',
  // The office itself.
  set: '修改设置',
  days: '调整工作日',
  // The console.
  'signed-in': '登录',
  'signed-out': '退出',
  'session-ended': '登录被撤销',
  exported: '导出',
  refused: '拒绝',
  // Evidence; what is kept of a duty is another thing.
  brought: '收到佐证',
  placed: '归到事项',
  saved: '保存',
  looked: '查看链接',
  failed: '没有保存',
  // 考核.
  tabled: '导入指标表',
  ruled: '修改评分规则',
  opened: '开始评分',
  published: '公示结果',
  ended: '考核办结',
  'self-scored': '自评',
  scored: '主管科室评分',
  'third-scored': '第三方评分',
  objected: '提出异议',
  'objection-answered': '答复异议',
  // The registers.
  registered: '登记',
  assigned: '交办',
  noted: '记录',
  filled: '填写',
  finished: '办结',
} satisfies Record<string, string>

/** Every kind of fact that the program writes, with the word that people read. */
export const kindWords: Readonly<Record<string, string>> = { ...otherKinds, ...dutyKinds }

/** What facts are about. */
export const subjectWords: Record<Subject, string> = {
  plan: '方案',
  task: '任务',
  duty: '责任事项',
  unit: '责任单位',
  person: '人员',
  room: '群',
  subscription: '订阅',
  office: '办公室',
  evidence: '佐证',
  paper: '文书',
  assessment: '考核',
  score: '考核得分',
  ...caseWords,
  tally: '报数',
  annual: '年度报告',
}
