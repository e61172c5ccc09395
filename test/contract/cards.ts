import type { Card, Chart } from '../../src/model/card.ts'

/** What somebody could type to ping everybody, forge a link, or break the payload. */
const HOSTILE =
  '<at id=all></at><@all> [点此领取](http://evil.example/) **粗** `x` <think>藏</think> <font color="info">官方</font>\u202e倒\u0000"\\" ![](http://evil.example/p.png) \ud83d https://gov.example/a_b，已公开'

const lights = ['red', 'yellow', 'green'] as const

/** A chart as leaders have one, with a name of two lines. */
export const goldenChart: Chart = {
  title: '各单位应完成任务办理情况',
  asOf: '截至8月21日09:00',
  parts: [
    { name: '已办结', tone: 'done' },
    { name: '待审核', tone: 'review' },
    { name: '逾期', tone: 'late' },
  ],
  rows: [
    { label: '市住房和城乡建设局（市人民防空办公室）', values: [1, 0, 2], end: '33.3%（1/3）' },
    { label: '市财政局', values: [1, 1, 0], end: '50.0%（1/2）' },
  ],
}

/** The cards that every platform must show within its limits. */
export const goldenCards: Record<string, Card> = {
  'an empty list': { title: '本月到期', tone: 'good', blocks: [{ kind: 'list', title: '到期任务', lines: [] }] },
  'a link of our own': {
    title: '网页版链接',
    tone: 'good',
    blocks: [
      { kind: 'link', label: '打开网页版', url: 'https://duban.example.gov.cn/signin#default.AbC_-9' },
      { kind: 'note', text: '十分钟内有效，只能用一次。' },
    ],
  },
  'a list of 12 rows': {
    title: '市财政局 8月到期任务',
    tone: 'late',
    blocks: [
      {
        kind: 'list',
        title: '共12项',
        lines: Array.from({ length: 12 }, (_, i) => ({
          text: `公开17-${i + 1} 按月公开财政收支情况 · 2017-07期 · 8月20日到期（还有${i}天）`,
          light: lights[i % 3] ?? 'green',
        })),
      },
      { kind: 'note', text: '未列：持续推进 3 项' },
    ],
  },
  'a long text': {
    title: '请'.repeat(300),
    tone: 'plain',
    blocks: [
      { kind: 'text', text: '政府信息公开😀'.repeat(9000) },
      {
        kind: 'list',
        lines: Array.from({ length: 900 }, (_, i) => ({ text: `第${i + 1}项 ${'很长的事项'.repeat(6)}` })),
      },
    ],
  },
  'all kinds of blocks': {
    title: '任务 公开17-4',
    tone: 'warn',
    blocks: [
      { kind: 'text', text: '按月公开财政收支情况\n见附件' },
      { kind: 'divider' },
      {
        kind: 'fields',
        fields: [
          ['责任单位', '市财政局'],
          ['期限', '每月20日前'],
        ],
      },
      { kind: 'list', title: '各期', lines: [{ text: '2017-07期', light: 'yellow' }, { text: '2017-08期' }] },
      { kind: 'note', text: '期限按工作日计' },
    ],
  },
  buttons: {
    title: '市财政局 反馈',
    tone: 'plain',
    blocks: [{ kind: 'text', text: '公开17-4 2017-07期，请审核' }],
    buttons: [
      { label: '通过', intent: { intent: 'approve', tasks: ['公开17-4'], units: ['市财政局'] }, style: 'primary' },
      { label: '退回', intent: { intent: 'return', tasks: ['公开17-4'], units: ['市财政局'] }, style: 'danger' },
      { label: '更多', intent: { intent: 'list', state: 'open', offset: 12 } },
    ],
  },
  'a chart': {
    title: '全部单位 每周完成情况',
    tone: 'good',
    blocks: [
      { kind: 'fields', fields: [['完成率', '40.0%（已办结2 ÷ 应完成5）']] },
      { kind: 'chart', chart: goldenChart },
      { kind: 'note', text: '截至8月21日09:00，应完成指已到期的。' },
    ],
  },
  'a table': {
    title: '各单位完成情况',
    tone: 'plain',
    blocks: [
      { kind: 'fields', fields: [['完成率', '60.0%（已办结12 ÷ 应完成20）']] },
      {
        kind: 'table',
        columns: ['单位', '应完成', '已办结', '逾期', '完成率'],
        rows: Array.from({ length: 14 }, (_, i) => [
          ['市财政局', '市住房和城乡建设局（市人民防空办公室）', '东区政府'][i % 3] ?? '',
          String(i + 2),
          String(i),
          i % 4 === 0 ? '2' : '',
          `${Math.round((i / (i + 2)) * 1000) / 10}%`,
        ]),
      },
      { kind: 'note', text: '截至8月21日09:00' },
    ],
  },
  'a form': {
    title: '反馈 公开17-4',
    tone: 'plain',
    blocks: [{ kind: 'text', text: '按月公开财政收支情况' }],
    form: {
      intent: { intent: 'report', tasks: ['4'], plan: '公开17' },
      inputs: [
        {
          name: 'period',
          label: '期次',
          required: true,
          value: '2017-08',
          options: [
            { value: '2017-07', label: '7月' },
            { value: '2017-08', label: '8月' },
          ],
        },
        { name: 'links', label: '公开链接', hint: 'http://' },
        { name: 'reviewer', label: '保密审查人' },
      ],
      submit: '提交反馈',
      usage: '反馈可以用一句话回复：4号8月的已公开，链接，已经保密审查（审查人：姓名）',
    },
  },
  'fields in two columns': {
    title: '任务 公开17-4',
    tone: 'good',
    blocks: [
      {
        kind: 'fields',
        fields: [
          ['应完成', '20项'],
          ['已办结', '12项'],
          ['待审核', '3项'],
          ['逾期', '2项'],
          ['未到期', '31项'],
        ],
      },
    ],
  },
  'hostile table, form and chart': {
    title: '表',
    tone: 'plain',
    blocks: [
      { kind: 'table', columns: [HOSTILE, '', HOSTILE], rows: [[HOSTILE, '', HOSTILE], []] },
      {
        kind: 'chart',
        chart: {
          ...{ title: HOSTILE, asOf: HOSTILE, parts: [{ name: HOSTILE, tone: 'late' }] },
          rows: [
            { label: HOSTILE, values: [1], end: HOSTILE },
            { label: HOSTILE, values: [2], end: HOSTILE },
          ],
        },
      },
    ],
    form: {
      intent: { intent: 'report', tasks: ['4'] },
      inputs: [
        { name: 'links', label: HOSTILE, hint: HOSTILE, value: HOSTILE, required: true },
        { name: 'period', label: HOSTILE, hint: HOSTILE, options: [{ value: HOSTILE, label: HOSTILE }] },
      ],
      submit: HOSTILE,
      usage: HOSTILE,
    },
  },
  'a question with many choices': {
    title: '请选一项',
    tone: 'warn',
    blocks: [{ kind: 'text', text: '您说的是哪一期？' }],
    buttons: Array.from({ length: 9 }, (_, i) => ({
      label: `2017-0${i + 1}期`,
      intent: { intent: 'report', tasks: ['4'], period: `2017-0${i + 1}` },
    })),
  },
  'a shared week’s list': {
    title: '本周到期任务（8月21日—8月27日）',
    tone: 'warn',
    blocks: ['市财政局', '市审计局', '东区政府'].flatMap((unit, n): Card['blocks'] => [
      {
        kind: 'list',
        title: unit,
        lines: Array.from({ length: n + 2 }, (_, i) => ({
          text: `公开17-${n * 10 + i + 1} 公开重大建设项目批准和实施信息 · 2017-Q3期 · 8月2${i + 3}日到期（还有${i + 2}天）`,
          light: lights[(n + i) % 3] ?? 'green',
        })),
      },
      { kind: 'divider' },
    ]),
  },
  'numbers of people': {
    title: '转办 舆情',
    tone: 'late',
    blocks: [{ kind: 'fields', fields: [['联系人', '王某 手机 139****8888，身份证 3701**********1234']] }],
  },
  'one word': { title: '好的', tone: 'good', blocks: [] },
  'hostile words': {
    title: HOSTILE,
    tone: 'plain',
    blocks: [
      { kind: 'text', text: HOSTILE },
      { kind: 'fields', fields: [[HOSTILE, HOSTILE]] },
      { kind: 'list', title: HOSTILE, lines: [{ text: HOSTILE, light: 'red' }] },
      { kind: 'note', text: `# 标题\n- 项\n---\n${HOSTILE.replaceAll('http', 'ftp').replaceAll('://', ' ')}` },
      { kind: 'note', text: HOSTILE },
    ],
    buttons: [{ label: HOSTILE, intent: { intent: 'task', tasks: [HOSTILE] } }],
  },
}
