import type { Intent } from '../model/intent.ts'
import type { Reading } from './reading.ts'

const SHOWN =
  /^(?:请|麻烦)?(?:本群|这个群|群里?)(?:的)?(?:周|月)?(?:清单|列表)(?:里|中)?(?:也|都)?(不再|不要|不用|不|别)?(?:显示|列出|列|包含|带)(?:出|上)?逾期(?:任务|事项|情况|部分|单位|的)?[。!]?$/

/** 本群清单显示逾期, 本群清单不显示逾期: whether the lists in a shared room say who is late. */
export function readShown(r: Reading): Intent | undefined {
  const [said, not] = SHOWN.exec(r.text) ?? []
  return said === undefined ? undefined : { intent: 'show', overdue: not === undefined }
}
