/**
 * How a finished deed is said. It counts only with what may follow it: 了, a stop, courtesy, a link, or its object. 已公开 closes,
 * 公开了又撤了 and 已报某局审批 do not, though the same verb stands in them: what cannot be explained is not done.
 */

const PUBLISH =
  '公开|发布|发出|公布|公示|印发|刊发|刊登|转发|挂网|上网|上线|挂出|上墙|更新|推送|上传|补发|补报|补交|补传|补公开|开设|开通|设立|建立|制定|出台|召开|举办|举行|解读|备案|送达|答复|回复|整改|落地|开展|修订|成立|清理|移交|展示|落实|兑现|拨付|发放|下达|归档|签订|验收|竣工|投用|交付|拆除|报备|报送|上报|提交|递交|报|交|发|送'
const SHORT = '补|挂|贴|传|登|做|弄|办|结|开'
const FINISH =
  '完成|办结|办完|办妥|办好|做完|做好|弄完|弄好|搞定|搞完|搞好|整完|整好|干完|忙完|完结|了结|结了|落实(?:到位|完|好|了)|[弄办做搞整干](?:利索|妥当?|停当|清楚)|开展完|完事|完毕|完工|收工|妥了|ok|齐了|好了|到位|结项|结案|结束|开好|开完|开通|建好|建成|上好|[✅☑✔√]|(?:done|finished|completed)(?![a-z])'
const MARKED = '(?:已|已经|顺利|圆满|都|全部|均|全都?|刚刚?|也|早就?)'
const HOW =
  '(?:按要求|按规定|按时|按期|如期|全部|分别|对外|主动|及时|同步|同时|统一|集中|向社会|正式|全面|圆满|顺利|如数|足额|依法|依规|严格|认真|相应|专门|重新|Đ|Ü|·|门户|政府|政务|部门|单位|官方|网站|微信|公众号|微博|平台|上|市)*'
// At most two phrases of place or means, so that no text can be cut up in ever more ways.
const WHERE = '(?:在|于|按|通过)[^,。;!]{1,14}?|(?:经|我|本)[^,。;!]{1,12}?(?:同意|批准|审定|研究)后?'
const BY = `${HOW}(?:(?:${WHERE})${HOW}){0,2}`
const DRESS = '(?:出去|上去|出来|上来|上网|出|上|完毕|完成|完|好|齐|过|到位|成功)*'

const PARTICLE = '(?:了|啦|咯|喽|哟|哩|啰|耶|呢|哈|哦|噢|呀|啊|嘛|撒|哒|滴|~)*(?:的(?=$|[,。;!]))?'
/** What deeds are done to: a tail that ends in such a noun is the deed's object. */
const NOUN =
  '专栏|专题|栏目|专区|报告|方案|目录|清单|制度|指南|年报|预算|决算|情况|信息|数据|解读|名单|结果|政策|规定|意见|办法|公报|公告|通告|文件|要点|总结|收支|预案|规划|价格|标准|平台|系统|网站|会|会议|整改|工作|任务|事项|措施|机制|体系|台账|培训|检查|排查|公开|表|书|材料|内容|通知|链接|网页|页面|手册|细则|条例|决定|计划|项目|活动|宣传|义务|职责|编制|发布|公示|备案|清理|整治|改造|建设|验收|报送|上报'
const OBJECT = `(?![的布送叉])[\\u4e00-\\u9fffŁŦĐÑÜ《》"·()]{0,24}?(?:${NOUN}|·)(?:等)?Ñ?(?=$|[,。;!Ł(·Đ:]|并)`
const TAIL = `(?!情况$|标准$|时限|要求$)${PARTICLE}(?:$|[,。;!:()\\[\\]"'《@#·\\n/、ŁŦĐÑ-]|谢|领导|主任|老师|各位|督|贵|市督|市?政?府办|运行|实施|执行|生效|使用|附|见|详|如|可|链接|网址|地址|截图|并|且|和|及|以及|同时|在|于|到|至|给(?:督|贵|市督|群)|共|计|包括|含|内容|群里|${OBJECT})`

const PUBLISHED = `(?:${MARKED}${BY}(?:网上)?(?:${PUBLISH}){1,3}${DRESS}|(?:${PUBLISH}|${SHORT})${DRESS}了|[挂传发贴放登]到[^,。;!]{0,6}(?:网|公众号|平台|系统|专栏)[上里]?去?了|(?:${PUBLISH})(?:完毕|完成|到位|完|好))`
/** 已按退回意见修改，重新上报: done again after it was put right. */
const REDONE = `已(?:经)?[^,。;!]{0,10}(?:修改|整改|完善|补充|补正|更正|调整)(?:完善|到位|完毕|完成|好)?[,并且]+(?:已|已经)?重新(?:${PUBLISH})`
const published = new RegExp(`(?:${PUBLISHED}|${REDONE})(?=${TAIL})|零报告`)
const finished = new RegExp(`${MARKED}?(?:${FINISH})(?:了|(?!情况|标准|时限))(?=${TAIL})`, 'i')
const begun = new RegExp(PUBLISHED)
const ended = new RegExp(`(?:${FINISH})`, 'i')

/** 一定完成 is no 完成: a bare verb closes only where a mark says it happened, or where nothing else is said. */
const HAPPENED =
  /已|顺利|了|啦|咯|喽|全部|都|均|完毕|搞定|办结|办妥|妥|完结|了结|到位|[弄做办搞整开上建]好|[弄做办搞干忙开]完|100|圆满|ok|开通|建成|完工|收工|完事|结项|结案|[✅☑✔√]|done|finished|completed/i
const MINIMAL =
  /^(?:[ŦĐÜŁÞ:,。!、的·@~;\n-]|任务|报告|汇报|反馈|我局|我们|我委|本单位|本局|单位|刚|按时|如期|顺利|按期|圆满|项|工作|链接|督办|事项)*完成(?:[ŦĐÜŁÞÑ:,。!、的·~;\n]|任务|项|工作|链接|网址|反馈|报告)*$/
/** 完成的有12、13号: the numbers that are done, told as a list. */
const LISTED = /(?:完成|办结|公开|发布|报)了?的(?:任务)?(?:有|是|:)+(?=Ŧ)/

/** Is a deed done (`done`), named but not plainly done (`open`), or none? */
export function deedIn(words: string): 'done' | 'open' | 'none' {
  if (published.test(words) || LISTED.test(words)) return 'done'
  const happened = HAPPENED.test(words) || MINIMAL.test(words)
  if (happened && finished.test(words)) return 'done'
  return begun.test(words) || (happened && ended.test(words)) ? 'open' : 'none'
}
