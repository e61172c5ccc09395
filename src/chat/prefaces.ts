/** 各位领导好，/ 王主任，/ 报告领导：/ 那个… : courtesy before the matter, taken off so that the matter is judged alone. */
const COURTESY =
  /^(?:(?:(?:各位|尊敬的|亲爱的)?(?:亲|领导|老师|同事|同仁|主任|科长|处长|局长|秘书长|大家)(?:们)?(?:(?:上午|下午|中午|晚上|早上)?好)?|(?:各位|大家|领导|你|您)?(?:上午|下午|中午|晚上|早上)?好|早上好|打扰(?:一?下|了)|不好意思|抱歉|(?:跟|向)?(?:各位)?(?:领导|您|大家)?(?:报告|汇报)(?:一?下)?(?:领导|主任)?|报告(?:领导|主任))[,:!。~、 ]+)+(?=\S)/
/** Run together without a stop: 领导你好我是某单位的…, 嗯…, 那个… */
const RUN_ON = /^(?:(?:各位)?领导(?:们)?(?:你|您)?好|(?:嗯|呃|额|哦|喂|那个|就是|然后)(?=\S{3}))+[,。、 ]*/
/** WeChat writes its faces in brackets; what a bracket of that size names besides is kept. */
const FACE = /\[(?!聊天|转|通知|图片|文件|链接|语音|视频)[\u4e00-\u9fa5A-Za-z]{1,3}\]/g
/** Pictures that say nothing; ticks and crosses do. */
const PICTURE = /(?![✅☑✔❌✖❎©®™〰〽㊗㊙])\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}\uFE0F\u200D]*/gu

/** The text without pictures and faces. */
export const withoutFaces = (text: string): string =>
  /[[\u2000-\u2BFF\u{1F000}-\u{1FAFF}]/u.test(text)
    ? text
        .replace(FACE, '')
        .replace(PICTURE, '')
        .replace(/\uFE0F/g, '')
    : text

/** …弄妥了，您看看行不行: asked for form's sake behind a deed. */
const PLEASE_LOOK =
  /(?<=[了完好成妥毕结])[,。!~ ]+(?:您|请|麻烦|烦请)(?:您|领导)?(?:看看?|看一?下|审一?下|过目)(?:一?下)?(?:行不行|可以不|行吗|可以吗|对不对|合不合适)?[。!?~]*$/

/** The text without the courtesy that it begins and ends with. */
export const withoutCourtesy = (text: string): string =>
  text.replace(COURTESY, '').replace(RUN_ON, '').replace(PLEASE_LOOK, '')

/** One person's list (1. 12号已完成⏎2. 13号…): its own numbering taken off, where every line counts on and speaks of a task. */
export function withoutLineNumbers(text: string): string {
  const lines = text.split('\n')
  if (lines.length < 2) return text
  const heads = lines.map((line) =>
    /^\s*(\d{1,2})\s*[.、)]\s*(?=(?:第|#|任务)?\s*\d{1,3}(?:-\d{1,3})?\s*[号项])/.exec(line),
  )
  const counted = heads.filter((head) => head !== null)
  if (counted.length < 2 || counted.some((head, i) => Number(head[1]) !== i + 1)) return text
  return lines.map((line, i) => line.slice(heads[i]?.[0].length ?? 0)).join('\n')
}
