import type { Who } from '../town/members.ts'

/** One step of a transcript: who says what, in the work group, and what the bot answers; `silence` where it keeps still. */
export interface Step {
  on?: string
  who: Who
  says: string
  hears: RegExp[] | 'silence'
}

/** The main job, as it runs through every platform. */
export const mainJob: Step[] = [
  { on: '2017-08-15', who: 'leader', says: '本月市财政局有哪些到期任务', hears: [/1-2/, /8月31日到期/] },
  { who: 'finance', says: '1-2 7月的正在办，还没公开', hears: [/已记录进展/] },
  { who: 'office', says: '待审核的反馈', hears: [/没有这样的任务/] },
  { who: 'finance', says: '1-2 7月的已公开 http://czj.example.gov.cn/201708/1.html', hears: [/已收到反馈/, /1-2/] },
  { who: 'office', says: '待审核的反馈', hears: [/1-2/, /市财政局/] },
  { who: 'audit', says: '1-2已完成', hears: [/不是本单位的任务/, /市财政局/] },
  { who: 'office', says: '通过 1-2', hears: [/审核通过/, /办结/] },
  { who: 'leader', says: '市财政局今年已经完成了哪些', hears: [/1-2/, /办结/] },
  { who: 'office', says: '待审核的反馈', hears: [/没有这样的任务/] },
]
