import type { Intent } from '../model/intent.ts'
import { type Reading, tasksOf, untilOf } from './reading.ts'

const QUESTION = /\?|吗|哪|谁|多少|怎么|如何|是不是|是否|有没有|什么/
const SECTION = '[\\u4e00-\\u9fa5]{1,6}?(?:科|股|处|室|队|组|所|站|中心)'

const DIVIDED = new RegExp(
  `(?:分给|拆给|(?:拆|切)?分到|分解(?:给|到)|分派(?:给|到)|分配(?:给|到)|拆分(?:给|到|成))((?:${SECTION}(?:[、,和与及跟]|(?=$|[,。;!Đ]|各|分别|办)))+)`,
)

/** 12号分给国库科、预算科，18日前: a unit divides its duty among its own sections. */
export function readSplit(r: Reading): Intent | undefined {
  if (!r.liaison || !r.ids.length || QUESTION.test(r.words) || /已|了[。!]?$|没|未|不/.test(r.words)) return undefined
  const list = DIVIDED.exec(r.words)?.[1]
  const parts = list?.split(/[、,和与及跟]/).filter((part) => part !== '')
  return parts?.length ? { intent: 'split', ...tasksOf(r), parts, ...untilOf(r) } : undefined
}

const PAPER =
  '(?:纸质(?:件|版|材料|文件|报告|稿)?|盖章(?:件|版|材料)|签字(?:件|版)|扫描件|原件|复印件|书面(?:材料|报告|件)|佐证(?:材料)?|截图|光盘)'
const HANDED_IN =
  '(?:已经?|都|也|刚刚?|今天|Đ)*(?:送|交|报|寄|递交|提交|上传|传|补)(?:到|达|过去|过来|出|来|上|齐|完)*了?'
const PROOF = new RegExp(
  `^(?:我们?|本|咱们?)?(?:局|委|办|单位|县|区)?(?:的)?(?:Ŧ(?:任务|项)?(?:的)?[,:]?)?(${PAPER})${HANDED_IN}(?:(?:督查室|督办室|贵办|你办|你们|市政府办)(?:了)?)?[。!,]*(?:请(?:查收|核收))?[。!]?$`,
)
const PART = new RegExp(
  `^(?:Ŧ(?:任务|项)?(?:的)?[,:]?)?(${SECTION})(?:那|的|这)?(?:一?份|部分|一?块)${HANDED_IN}(?:完成|好|办结|弄好)?了?[。!]?$|^Ŧ(?:任务|项)?(?:的)?[,:]?(${SECTION})(?:的)?(?:已经?|都|也)*(?:交|报|提交)了?[。!]?$`,
)

/** 12号纸质件已送, 国库科那份交了: one proof or one part is there; the task itself is not called done. */
export function readTick(r: Reading): Intent | undefined {
  if (!r.liaison || r.named.length || QUESTION.test(r.words) || /没|未|还|不|正在|待|等|准备/.test(r.words))
    return undefined
  const part = PART.exec(r.words)
  const proof = PROOF.exec(r.words)?.[1] ?? part?.[1] ?? part?.[2]
  if (!proof || !/已|了/.test(r.words) || (!r.ids.length && !part)) return undefined
  return { intent: 'tick', ...tasksOf(r), proof }
}

const KEPT =
  /不(?:予|同意|能|用|作|再|给)?(?:改派|转派|改责任单位|调整责任单位)|维持(?:原|现)?(?:责任|牵头|承办)?(?:单位|分工)?(?:不变)|(?:还是|仍然?|继续)(?:由|归)Ü(?:办|负责|承办|牵头|落实)|(?:改派|转派|推转)(?:的)?(?:申请|请求|要求)?不(?:予)?(?:同意|批准|采纳|成立)|(?:驳回|不接受)(?:Ü|的)*(?:Ŧ|的)*(?:改派|转派)/

/** 12号还是由审计局办, 不同意改派: the office leaves a duty where it is. */
export function readKeep(r: Reading): Intent | undefined {
  if (!r.office || !r.ids.length || QUESTION.test(r.words) || !KEPT.test(r.words)) return undefined
  return { intent: 'keep', ...tasksOf(r), ...(r.named.length ? { units: r.named } : {}) }
}
