/** A long plan of our own: many tasks of all rhythms for many units, in the shape of the real ones. */

const bureaus = [
  ...[
    '财政',
    '发改',
    '统计',
    '审计',
    '住建',
    '交通',
    '环保',
    '教育',
    '民政',
    '司法',
    '水务',
    '农业',
    '林业',
    '商务',
    '旅游',
  ],
  ...[
    '体育',
    '文化',
    '卫生',
    '安监',
    '质监',
    '工商',
    '税务',
    '人社',
    '国土',
    '规划',
    '城管',
    '粮食',
    '信访',
    '档案',
    '物价',
  ],
  ...[
    '科技',
    '公安',
    '民族',
    '侨务',
    '外事',
    '法制',
    '金融',
    '国资',
    '房管',
    '园林',
    '气象',
    '地震',
    '邮政',
    '通信',
    '海事',
  ],
]

/** So many units of the town: bureaus, then districts. */
export const yearUnits = (many: number): string[] =>
  Array.from({ length: many }, (_, i) => {
    const bureau = bureaus[i]
    return bureau ? `市${bureau}局` : `第${i - bureaus.length + 1}区政府`
  })

const matters = [
  '预算执行',
  '招标投标',
  '空气质量',
  '招生入学',
  '救助对象',
  '食品抽检',
  '土地供应',
  '安全检查',
  '价格监测',
  '服务事项',
]

const days = [
  '8月4日',
  '8月31日',
  '9月15日',
  '9月22日',
  '9月30日',
  '10月7日',
  '10月20日',
  '10月31日',
  '11月10日',
  '11月24日',
  '12月15日',
  '12月29日',
]

/** What is asked for, by turns: months, quarters, days, one that stands, one that waits, several units, and everybody. */
const demand = (n: number, unit: string, other: string): string => {
  const matter = `${matters[n % matters.length]}（第${n}批）`
  const day = `2017年${days[n % days.length]}前`
  const shapes = [
    `按月公开${matter}情况（${unit}）。`,
    `${day}开设${matter}专栏（${unit}牵头，${other}配合）。`,
    `${day}编印${matter}手册（${unit}、${other}）。`,
    `每季度通报${matter}情况（${unit}）。`,
    `${day}完成${matter}清单（${unit}）。`,
    `持续做好${matter}信息公开（${unit}）。`,
    `${day}制作${matter}图解（${unit}、${other}按职责分工分别牵头落实）。`,
    `国家指导意见印发后60日内出台${matter}细则（${unit}）。`,
  ]
  return shapes[n % shapes.length] ?? ''
}

/** The plan's text: so many tasks, three a heading, shared out among the units in turn. */
export const yearPlan = (units: readonly string[], tasks: number): string => {
  const at = (i: number) => units[i % units.length] ?? ''
  const items = Array.from({ length: tasks }, (_, i) => demand(i, at(i * 5 + Math.floor(i / 7)), at(i * 5 + 3)))
  const lines = Array.from(
    { length: Math.ceil(tasks / 3) },
    (_, i) => `${i + 1}. 推进第${i + 1}项公开。${items.slice(i * 3, i * 3 + 3).join('')}`,
  )
  return `云溪市人民政府办公室文件

云政办发〔2017〕33号

云溪市人民政府办公室关于印发《云溪市2017年政务公开工作实施方案》的通知

各区县人民政府，市政府各部门：

《云溪市2017年政务公开工作实施方案》已经市政府同意，现印发给你们，请认真贯彻执行。

云溪市人民政府办公室

2017年7月11日

云溪市2017年政务公开工作实施方案

为做好全市政务公开工作，结合实际，制定本方案。

一、工作任务

${lines.join('\n\n')}

二、保障措施

（一）加强领导。各部门主要负责同志年内至少听取一次政务公开工作汇报。

（二）严格督查。各部门实施方案于2017年8月10日前报市政府办公室；工作落实情况于2017年12月1日前报市政府办公室。

云溪市人民政府办公室

2017年7月11日印发
`
}

/** The same plan of the year after: every year in it is one later. */
export const aYearLater = (plan: string): string => plan.replace(/20\d\d/g, (year) => String(Number(year) + 1))
