import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Client from 'better-sqlite3'
import { anyRouteKey } from '../../src/model/message.ts'

/** A Tuesday in office hours: no list of the week goes out on its own. */
export const NOW = '2026-04-14T10:00:00+08:00'
export const UNITS = 60

export const liaisonOf = (unit: number): string => `ou_bench_liaison_${unit}`
export const roomOf = (unit: number): string => `oc_bench_room_${unit}`

/** What each unit owes in the plan: some of it this month, some later, one thing every quarter. */
const TASKS = [
  '2026年4月24日前报送本单位信息公开目录',
  '2026年4月30日前报送本单位信息公开指南',
  '2026年4月20日前确定本单位信息公开联络员',
  '2026年4月28日前更新本单位领导信息和机构职能',
  '2026年4月22日前公布本单位年度重点工作清单',
  '2026年5月20日前公布本单位权责清单',
  '2026年6月30日前完成本单位网站栏目自查',
  '2026年9月30日前公布本单位政策解读材料',
  '2026年11月30日前报送本单位信息公开工作总结',
  '每季度报送本单位政策文件公开情况',
]

const planText = `某市人民政府办公室
关于印发2026年信息公开工作要点的通知

市级各部门：

现将《2026年信息公开工作要点》印发给你们，请认真执行。

某市人民政府办公室
2026年3月20日

2026年信息公开工作要点

一、主要任务

${TASKS.map((task, i) => `${i + 1}. ${task}（市级各部门）。`).join('\n')}
`

/** An account of the platform, and whose it is. */
export interface Binding {
  key: string
  name: string
}

/**
 * Sixty units, each with a room and a liaison, and a released plan that asks all of them. Returns the liaisons' accounts, for
 * the database: by the command line it would be a process for each of them.
 */
export const fillOffice = (duban: (...args: string[]) => string, folder: string): Binding[] => {
  const units = Array.from({ length: UNITS }, (_, i) => ({
    name: `市第${i + 1}局`,
    level: '市',
    rooms: [`lark:${roomOf(i)}`],
    liaisons: [{ name: `联络员${i}` }],
  }))
  const [roster, plan] = [join(folder, 'roster.json'), join(folder, 'plan.txt')]
  writeFileSync(roster, JSON.stringify({ level: '市', units, classes: [] }))
  writeFileSync(plan, planText)
  duban('roster', 'import', roster, '--yes')
  duban('import', plan, '--yes')
  return units.map((_, i) => ({ key: anyRouteKey({ platform: 'lark', id: liaisonOf(i) }), name: `联络员${i}` }))
}

/** The same on a SQLite file in the folder. */
export const fillFile = (duban: (...args: string[]) => string, folder: string): void => {
  const bindings = fillOffice(duban, folder)
  const client = new Client(join(folder, 'duban.db'))
  const bind = client.prepare(
    'insert into identities (office, key, person) select office, ?, id from people where name = ?',
  )
  for (const { key, name } of bindings) bind.run(key, name)
  client.close()
}
