import { parseArgs } from 'node:util'
import { understand } from '../src/chat/understand.ts'
import type { Role } from '../src/model/person.ts'
import { openRegistry } from '../src/unit/names.ts'
import { readRosterJson, rosterOf } from '../src/unit/roster.ts'

const bodies =
  '发展改革 经济信息化 教育 科技 公安 民政 司法 财政 人力资源社会保障 国土资源 环境保护 住房城乡建设 交通运输 水务 农牧 林业 商务 文化广电新闻出版 卫生计生 审计 统计 安全监管 工商行政管理 质量技术监督 食品药品监管 体育 旅游 粮食 投资促进 防震减灾 城市管理 扶贫移民 国税 地税 气象 烟草专卖'.split(
    ' ',
  )
const others =
  '市政府办公室 市法制办 市政务服务管理中心 市公共资源交易中心 市住房公积金管理中心 市档案局 市供销社'.split(' ')
const places = '东河 西岭 青石 白水 南屏 北塘 云溪 石坝 龙潭 长坪 双江 沙湾 金堂 榆林 桃源 马街 柳河'.split(' ')

/** Sixty units of a city that stands nowhere. */
const sixty = (): string[] => [
  ...bodies.map((body) => `市${body}局`),
  ...others,
  ...places.map((place, n) => `${place}${n < 3 ? '区' : '县'}政府`),
]

/** What a day brings: reports, questions, the office's desk, registers, and much that is no word to the bot. */
const said: [role: Role, text: string][] = [
  ['liaison', '12号已完成，请审核'],
  ['liaison', '各位领导好，第12、13项我局已按要求在门户网站公开，请查收'],
  ['liaison', '4号4月的已公开 http://www.linjiang.gov.cn/zfxxgk/201805/t20180515_88.shtml'],
  ['liaison', '12、15号完成了，18号还在走流程，预计下周三办结'],
  ['liaison', '12号还没完成，材料在审'],
  ['liaison', '14号申请延期到6月30日，省厅文件还没下来'],
  ['liaison', '收到'],
  ['liaison', '认领1、3、7，其余不涉及'],
  ['liaison', '报数 4月 网站120 微信45 微博30 发布会1'],
  ['liaison', '我们局这个月还有什么没交'],
  ['leader', '财政局和教育局本月有哪些任务要完成'],
  ['leader', '各县区逾期的有哪些，列一下'],
  ['leader', '一季度各单位完成率排名'],
  ['leader', '请交通运输局牵头，水务局配合，6月10日前拿出方案报我'],
  ['leader', '完成得不错，大家辛苦了'],
  ['office', '审计局5号退回，链接打不开，5月20日前重报'],
  ['office', '通过12、13、15'],
  ['office', '新增任务：统计局6月20日前报送整改情况'],
  ['office', '12号还差哪些单位'],
  ['office', '每周一早上9点推送本周到期清单'],
  ['office', '催办所有逾期单位'],
  ['office', '各单位：请于本周五前将一季度总结报我办，收到请回复'],
  ['liaison', '#接龙\n1. 财政局 已完成\n2. 教育局 已完成\n3. 民政局 已完成'],
  ['liaison', '中午食堂吃什么'],
  ['liaison', '打印机坏了，谁来修一下'],
]

/** Sentences understood a second, by the time that one core worked (collecting garbage included) and by the clock. */
export const run = async (argv: string[]): Promise<void> => {
  const { values } = parseArgs({ args: argv, options: { seconds: { type: 'string' } } })
  const registry = openRegistry(rosterOf(readRosterJson({ level: '市', units: sixty() })))
  const pass = (n: number) => {
    const [role, text] = said[n % said.length] ?? ['office', '']
    const self = { role, units: role === 'liaison' ? ['市财政局'] : [] }
    understand(text, { registry, self, asOf: '2018-05-16', botName: '督办机器人' })
  }
  const measure = (seconds: number): { wall: number; core: number } => {
    const [from, cpu] = [performance.now(), process.cpuUsage()]
    let n = 0
    while (performance.now() - from < seconds * 1000) for (let i = 0; i < 100; i++) pass(n++)
    const { user, system } = process.cpuUsage(cpu)
    return { wall: n / ((performance.now() - from) / 1000), core: n / ((user + system) / 1e6) }
  }
  measure(1)
  const { wall, core } = measure(Number(values.seconds ?? 5))
  console.log(
    `sentences a second: ${Math.round(core)} of one core's time, ${Math.round(wall)} of the wall clock's, ${registry.roster.units.length} units`,
  )
}
