/** The words that tell who leads and who helps, as patterns to be tried at one place of a list of units. */

const sticky = (source: string): RegExp => new RegExp(source, 'y')

/** 按照职责分工, 根据各自职责 */
export const SHARE = sticky(
  '(?:要)?(?:按照|按|根据|依据|结合|依)(?:其|各自|自身|本|相应|法定|规定)?(?:的)?(?:部门|单位|行业|业务|领域|条线)?(?:工作|监管|管理)?(?:职责|职能|分工|任务)(?:和|与|及)?(?:职责|职能|分工|范围|任务分工|权限)*(?:要求)?(?:内|，|,)?',
)
export const ADVERB = sticky(
  '分别|分头|各自|共同|具体|联合|主要|总(?=牵头|负责)|一并|积极|主动|予以|给予|结合(?:本地|本部门|工作)?实际|按(?:照)?(?:有关|相关)?(?:规定|要求|程序|“[^”]{2,10}”(?:的)?(?:要求|原则))',
)
export const LEAD = sticky(
  '(?:牵头(?!任务|单位|部门|起草|责任|工作)|负责(?!人|同志|任务)|负总责|主办|承办|主责|指导落实|督促落实|组织实施|组织落实|抓好落实|贯彻落实)(?:负责|组织|具体|抓好|推进|推动|督导|督促)*(?:贯彻)?(?:落实|实施|办理|完成|推进)?',
)
export const DO = sticky('(?:具体)?(?:落实|实施|办理|推进|抓落实|组织|执行|承担)(?=[，,；;。、）)]|$)')
export const HELP = sticky(
  '(?:积极|密切|协同|做好)?(?:配合(?!金融|省)|协助|协办|协同|参与|参加|支持)(?:做好|落实|实施|工作|负责|办理|推进)*',
)
/** 会同 begins those who help; what names them follows it. */
export const WITH = sticky('(?:并)?(?:会同|会商|商(?=[市县州省区])|联合(?=[市县州省区各]))')
/** 等, 等部门, 等有关单位: the list is not closed. */
export const ETC = sticky(
  '等(?:等)?(?:国务院|[省市县区州](?:级|直|政府))?(?:有关|相关|责任|职能|行业主管|主管|成员)?(?:部门和单位|部门单位|部门|单位|成员单位)?(?=[，,、；;。）)\\s按根依分共牵负配协落会具实主参及和与以]|$)',
)
/** Which role a word in brackets after a name gives. */
export const helps = (label: string): boolean => /配合|协办|协助|协同|参与|参加/.test(label)

/** Tries a pattern at one place; the words it takes, or ''. */
export function take(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}
