/**
 * How the office says that a report stands. It closes a duty, so every word has to be one of these: 通过公众号发布,
 * 没问题就通过, 链接通过，附件不行, 撤销通过 and 同意改派 are none, though the same verbs stand in them.
 */
const CHECKED =
  '通过(?:吧|了)?|销号(?:吧|了)?|核销|结案|办结(?:吧|了)?|核准|没有?问题|符合(?:相关|公开|办结|报送)?要求|合格|可以|同意|批准|过了|过(?=[。!]?$)|ok'
const ABOUT =
  '[ÜŦÞĐÑŁ]|反馈|材料|佐证|报告|报送|上报|任务|事项|工作|情况|内容|链接|单位|[这该那]?(?:几|两)?[项个份家条]|这|该|[、,。;:!~·@()"\\s的和与及跟]'
const HOW =
  '[审核]过|看过|审核|审查|审阅|审定|复核|核实|核对|查看|确认|完成|已经?|均|都|全部|一并|一起|直接|予以|准予|给予|给|可|经|我们|我|了|无误|属实|齐全|完整|真实|有效|到位|处理|现'
const COURTESY = '请?归档|辛苦|谢谢|感谢|大家|各位|好的|好|嗯|收到|很好|不错|👍'
const TOKEN = new RegExp(`(${CHECKED})|${HOW}|${ABOUT}|${COURTESY}`, 'iy')

/** 已办结的任务, 审核通过的反馈 are things that are asked for, not a check. */
const NAMED = /(?:办结|结案|销号|核销|核准|通过|批准|合格|要求)(?:了)?的/

/** A word for the next time, beside the approval: 通过，下次请按时报. */
const REMARK = /[,。;!](?:下次|下期|以后|今后|下一步)[^,。;!]*[。!]?$/

/** Do the words say that the report stands, and nothing else? Linear: each word is read once, the first that fits. */
export function approves(words: string): boolean {
  const said = words.replace(REMARK, '')
  if (NAMED.test(said)) return false
  let approved = false
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < said.length; ) {
    const match = TOKEN.exec(said)
    if (!match) return false
    approved ||= match[1] !== undefined
  }
  return approved
}
