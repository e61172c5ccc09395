import { type Context, understand } from '../../src/chat/understand.ts'
import type { Day } from '../../src/model/deadline.ts'
import type { Role } from '../../src/model/person.ts'
import { openRegistry } from '../../src/unit/names.ts'
import { readRosterJson, rosterOf } from '../../src/unit/roster.ts'

/** An office that stands nowhere: usual bodies of a city of 2018, three counties, a bank, a college. */
export const registry = openRegistry(
  rosterOf(
    readRosterJson({
      level: '市',
      units: [
        '市政府办公室',
        '市发展改革委',
        '市财政局',
        '市人力资源和社会保障局',
        '市审计局',
        '市统计局',
        '市环境保护局',
        '市住房城乡建设局',
        '市教育局',
        '市卫生计生委',
        '市民政局',
        '市公安局',
        '市交通运输局',
        '市水利局',
        '市国税局',
        '市地税局',
        '市编办',
        '市法制办',
        '市政务服务中心',
        '市国土资源局',
        '市商务局',
        '市档案局',
        '人民银行临江中心支行',
        '临江学院',
        '青石县政府',
        '白水县政府',
        '南屏区政府',
      ],
      groups: { 各县区: ['青石县政府', '白水县政府', '南屏区政府'] },
    }),
  ),
)

/** Wednesday. */
export const today: Day = '2018-05-16'

export type Speaker = 'L' | 'Q' | 'O' | 'C'
const houses: Partial<Record<Speaker, string[]>> = { L: ['市财政局'], Q: ['青石县政府'] }
const roles: Record<Speaker, Role> = { L: 'liaison', Q: 'liaison', O: 'office', C: 'leader' }

/** What the liaison of 市财政局 (L), of 青石县政府 (Q), the office (O) or a city leader (C) means by a text. */
export const hear = (text: string, as: Speaker = 'L', more: Partial<Context> = {}) =>
  understand(text, {
    registry,
    self: { role: roles[as], units: houses[as] ?? [] },
    asOf: today,
    botName: '督办机器人',
    plans: ['公开18'],
    ...more,
  })
