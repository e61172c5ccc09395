import type { FactSeen } from '../../../../db/queries/audit.ts'
import { aboveWords } from '../../../model/above.ts'
import { stateWords } from '../../../model/duty.ts'
import type { Json } from '../../../model/fact.ts'
import { roleWords } from '../../../model/person.ts'
import { channelWords } from '../../../model/tally.ts'
import { sorts } from '../../../register/activity.ts'

/** Platforms whose chats a fact came through; the key of its message begins with the platform. */
const platforms: Record<string, string> = { lark: '飞书', wecom: '企业微信', wechat: '微信', dingtalk: '钉钉' }

/** By which way it came: `lark:cli_1:om_2` 飞书, `console:web:…` and `web:…` 网页, `cli:…` 命令行, the rest 系统. */
export const wayWords = (via: string): string => {
  const [first = '', route = ''] = via.split(':')
  if (platforms[first]) return platforms[first]
  if (first === 'web' || (first === 'console' && route === 'web')) return '网页'
  if (first === 'console' && route !== 'local') return '模拟群'
  return ['console', 'cli', 'start'].includes(first) ? '命令行' : '系统'
}

/** Who is no person of the register: the machine's administrator, the program itself, an account that nobody bound. */
export const strangerWords = (by: string): string => {
  if (by.startsWith('admin:')) return '命令行管理员'
  return by.includes(':') && platforms[by.split(':')[0] ?? ''] ? '未登记人员' : '系统'
}

const why: Record<string, string> = {
  role: '身份没有这项权限',
  page: '不是从网页版发出的请求',
  'other-unit': '不是本单位的事项',
  code: '绑定码不对',
  secret: '带密级标志',
  left: '机器人被移出群',
}
const links: Record<string, string> = { link: '一次性链接', lark: '飞书', wecom: '企业微信', demo: '演示' }

/** What the keys of a body are called. Those that say nothing to people are left out; an unknown key stands as it is. */
const keys: Record<string, string> = {
  until: '到',
  dueOn: '到期日',
  was: '原定',
  to: '给',
  from: '自',
  unit: '单位',
  units: '单位',
  charge: '分管',
  reason: '原因',
  outcome: '结果',
  status: '网站答复',
  hash: '校验值',
  size: '字节数',
  type: '格式',
  kind: '种类',
  cause: '起因',
  code: '代码',
  number: '编号',
  role: '角色',
  post: '岗位',
  state: '状态',
  round: '期次',
  links: '链接',
  proof: '佐证',
  channel: '渠道',
  count: '数',
  own: '其中本项',
  scope: '范围',
  content: '内容',
  every: '频率',
  at: '时间',
  day: '日子',
  year: '年度',
  what: '事项',
  why: '原因',
  rows: '行数',
  via: '方式',
  by: '操作人',
  plan: '方案',
  settings: '设置',
  overdue: '公布逾期',
  late: '逾期',
  zero: '零报告',
  name: '名称',
  origin: '来源',
  members: '成员',
  task: '任务',
  tasks: '任务数',
  duties: '责任事项数',
  startOn: '起算日',
  fields: '栏目',
  into: '并入',
  register: '临时交办',
  added: '补充',
  main: '主群',
  follows: '接续',
  carried: '结转事项数',
  archived: '归档事项数',
  activity: '活动',
  sort: '类别',
  led: '主要负责人出席',
}
/** What proves something, what only the program reads, and ids of what is named by none. */
const silent = new Set([
  ...[
    'on',
    'session',
    'accounts',
    'room',
    'v',
    'digest',
    'webhook',
    'demand',
    'ord',
    'pairs',
    'named',
    'times',
    'read',
    'parts',
    'n',
  ],
  ...['owedOn', 'provisional', 'dueAt', 'themed', 'version', 'office'],
  // Which report a piece of evidence is for.
  ...['duty', 'report'],
])
const codes: Record<string, Record<string, string>> = {
  what: aboveWords,
  sort: Object.fromEntries(sorts),
  why,
  via: links,
  state: stateWords,
  role: { ...roleWords, lead: '牵头', support: '配合' },
  origin: { roster: '通讯录', plan: '方案' },
  scope: { units: '所列单位', all: '全体单位', office: '主管科室' },
  content: { due: '本期到期', next: '下期到期', overdue: '逾期', figures: '完成情况', review: '待办' },
  every: { day: '每天', workday: '每个工作日', week: '每周', month: '每月' },
  cause: { succession: '机构调整', calendar: '放假安排', carried: '结转' },
  kind: { link: '链接', picture: '图片', file: '文件' },
  outcome: {
    open: '可打开',
    broken: '打不开',
    refused: '网站没有给看',
    skipped: '没有查看',
    kept: '已保存',
    lost: '没有',
  },
  channel: { phone: '电话', paper: '纸质', oa: 'OA', mail: '邮件', ...channelWords },
}

const LONGEST = 240

const valueWords = (key: string, value: Json, nameOf: (id: string) => string): string => {
  if (value === true) return '是'
  if (Array.isArray(value)) return value.map((one) => valueWords(key, one, nameOf)).join('、')
  if (typeof value === 'object') return JSON.stringify(value)
  return codes[key]?.[String(value)] ?? nameOf(String(value))
}

const isEmpty = (value: Json): boolean =>
  value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0)

const joined = (said: readonly string[]): string => {
  const text = said.join('；')
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** What a fact's body says, in short; ids are told by the names that `nameOf` knows. */
export const bodyWords = (body: FactSeen['body'], nameOf: (id: string) => string): string =>
  joined(
    Object.entries(body).flatMap(([key, value]) =>
      silent.has(key) || isEmpty(value as Json)
        ? []
        : // Tasks by their ids say nothing to people.
          key === 'tasks' && Array.isArray(value)
          ? []
          : [`${keys[key] ?? key}：${valueWords(key, value as Json, nameOf)}`],
    ),
  )

/** What people wrote or are called, without what proves that it is whole (salt) and whose accounts they are. */
export const saidWords = (words: FactSeen['words']): string =>
  joined(
    Object.entries(words ?? {}).flatMap(([key, value]) =>
      ['salt', 'accounts', 'room', 'hint'].includes(key) || isEmpty(value as Json)
        ? []
        : [typeof value === 'string' ? value : JSON.stringify(value)],
    ),
  )
