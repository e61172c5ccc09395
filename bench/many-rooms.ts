import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const planText = `某市人民政府办公室
关于印发2026年信息报送工作方案的通知

市级各部门：

现将《2026年信息报送工作方案》印发给你们，请认真执行。

某市人民政府办公室
2026年3月20日

2026年信息报送工作方案

一、主要任务

1. 2026年4月24日前报送本单位信息公开目录（市级各部门）。
2. 2026年4月30日前报送本单位信息公开指南（市级各部门）。
`

/** A Monday on which every unit of the plan has something due that week, and so has the week after it. */
export const MONDAY = '2026-04-20'

/** So many units, each with a room of its own, perhaps a liaison, and a plan that asks all of them: two commands. */
export const fillRooms =
  (rooms: number, platform: 'lark' | 'wecom' | 'dingtalk', liaisons = false) =>
  (duban: (...args: string[]) => string, folder: string): void => {
    const units = Array.from({ length: rooms }, (_, i) => ({
      name: `市第${i + 1}局`,
      level: '市',
      rooms: [`${platform}:oc_room_${i + 1}`],
      ...(liaisons && { liaisons: [{ name: `联络员${i + 1}`, post: 'A' }] }),
    }))
    const [roster, plan] = [join(folder, 'roster.json'), join(folder, 'plan.txt')]
    writeFileSync(roster, JSON.stringify({ level: '市', units, classes: [] }))
    writeFileSync(plan, planText)
    duban('roster', 'import', roster, '--yes')
    duban('import', plan, '--yes')
  }
