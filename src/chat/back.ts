import type { Intent } from '../model/intent.ts'
import type { Reading } from './reading.ts'

const BACK =
  /^(?:Đ)?(?:我|本人)?(?:已经?|提前)*(?:销假|返岗|休完假|(?:出差|休假|学习|培训|请假)?回来(?:上班|了)|假期?结束)(?:上班)?了?[,。!]*(?:(?:工作|任务|提醒|以后|事情)[^,。]{0,6}(?:找|发|联系|转)(?:给)?我(?:吧|了)?)?[。!]?$/

/** 销假, 我回来了: a unit's person said until when it would be away, and is there before that day. */
export const readBack = (r: Reading): Intent | undefined =>
  r.liaison && r.said.length === 0 && BACK.test(r.words) ? { intent: 'absence', back: true } : undefined

const HELP_ON = /^(?:帮助|help|用法)[\s:：]+([\u4e00-\u9fa5]{2,8})[。!]?$/i

/** 帮助 审核: more of one thing. */
export function readHelpOn(r: Reading): Intent | undefined {
  const topic = HELP_ON.exec(r.text)?.[1]
  return topic === undefined ? undefined : { intent: 'help', topic }
}
