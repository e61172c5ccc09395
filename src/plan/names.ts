import { ending } from './endings.ts'
import { isPerson } from './people.ts'

/** What the names of offices look like in a plan's wording; a table of the language, not of any roster. */

const ENDS = [
  '局|厅|署|办|办公室|委|委员会|管委会|管理委员会|工作委员会|中心|室|政府|人大|政协|检察院|法院|党校|研究院|科学院|研究生院|科研院|设计院|行政学院',
  '学院|大学|医院|保健院|福利院|敬老院|银行|支行|分行|人行|公司|集团|海关|联社|供销社|合作社|[\\u4e00-\\u9fff]{2}企业|[\\u4e00-\\u9fff]{2}高校|学校|中学|小学|幼儿园|科研平台|电厂|林场|农场|牧场|水厂',
  '(?<![全内外西东中南北大局干])部|(?<!乐)部|人武部|指挥部|基金会|红十字会|总工会|工会|协会|商会|学会|联合会|理事会|促进会|研究会|居委会|村委会|(?<![公上官])司|(?<![学本专文理百全])科|工商联|妇联|残联|科协|文联|社科联|侨联|作协|贸促会|关工委|团[市县州区省盟旗]委|团委|党委|纪委|监委',
  '监会|团中央|[科社农林]科?院|工程院|规划院|[中高]院|[组筹]委会|军分区|律协|火车站|汽车站|支队|总队|大队|中队|调查队|消防队|执法队|专业队|大学堂|(?<!图书)馆|图书馆|电视台|广播电台|气象台|地震台|报社|日报社|通讯社|新华书店|传媒集团|融媒体|兵团|(?<!之|好|到|等|各|何)处|(?<!场|厕|住|寓|诊|会)所|(?<!网|车|电|油)站|车站|电站|专班|领导小组|工作组|专项组|网信办|数据资源',
].join('|')
const GROUPS =
  '部门|单位|机关|机构|县〔市、区〕|县区|区县|县市|市县|县（市、区）|县（区）|县\\(区\\)|县市区|乡镇|镇街|街道|开发区|园区|景区|新区|旗县|旗县区|盟市|市州|州市|各地|街镇|地区|科室|车间|班组|村|社区|学院'
const TAIL = '(?:[（(〔][^（）()〔〕]{1,20}[）)〕])?'
const UNIT = ending(`${ENDS}|${GROUPS}`, TAIL)
const OFFICE = ending(ENDS, TAIL)
/** Words that end like an office and are none. */
const NOT = ending(
  '发布会|座谈会|听证会|常务会|全办|督办|交办|经办|承办|主办|协办|举办|创办|兴办|开办|申办|报办|转办|查办|未办|待办|已办|通办|联办|代办|帮办|一次办|马上办|就近办|网上办|掌上办|容缺办|民办|公办|兼办|试办|本级政府|以上政府|服务型政府|法治政府|数字政府|阳光政府|教室|居室|学科|全科|全部|内部|外部|局部|干部|西部|东部|中部|南部|北部|大部|俱乐部|场所|厕所|网站|车站|好处|之处|到处|用处|布局|格局|结局|全局|大局|中小学',
)
const CLASS =
  /各(?!类|项|种|自)|^[县市区旗乡镇][（(〔][市县区旗乡镇、街道]+[）)〕]|^有关|^相关|全体|所有|[市县州区省盟旗校镇乡](?:级|直|属|本级)(?!机关事务)|(?:有关|相关|责任|成员|牵头|主办|承办|配合|涉及)(?:部门|单位)|的(?:部门|单位)$/
const CLASS_END = ending(
  `${GROUPS}|政府|管委会|党委|企业|高校|学校|医院|银行|委办局|机关|公司|平台`,
  '(?:[（(][^（）()]{1,12}[）)])?',
)

/** 各乡（镇）, 各村（社区）, 各科室: a class by its first word, whatever its kind. */
const EACH =
  /^各(?!类|项|种|方|界|自)[\u4e00-\u9fff（）()〔〕、]{0,24}(?:[乡镇区县市州旗盟村室校院地处部局办委所站队会府]|街道|社区|单位|企业|公司|中心|平台|小组|支部|总支|专班|居|网格|车间|班组)[）)]?$/

/** A class of units (各县区政府, 市级有关部门, 有牵头任务的部门), not one unit. */
export const isClass = (name: string): boolean => (CLASS.test(name) && CLASS_END.test(name)) || EACH.test(name)

const KIND =
  '(?:设区市|省直管县|县级市|自治[县州旗]|[县市区州盟旗乡镇村]|街道|社区)(?:[（(〔][^（）()〔〕]{1,8}[）)〕])?'
const EACH_KIND = new RegExp(`^各(?:有关|相关)?${KIND}(?:、${KIND})*$`)
const ANOTHER_KIND = new RegExp(
  `^${KIND}(?:人民政府|政府|办事处|党委)?(?:[（(〔]|[、，,；;。）)牵负按配参分及和落等具共结组抓推贯承协会]|$)`,
)

/** Whether the class of a name goes on behind its comma: 各县 with 区人民政府, 各区 with 县级市. */
export const goesOnWith = (name: string, next: string): boolean => EACH_KIND.test(name) && ANOTHER_KIND.test(next)

const FOREIGN = /[。！？“”《》；：:]|\d年|\d{3,}|\d(?:个|座|家)?[\u4e00-\u9fff]$/

/** An office of a level by its short name, whatever verb the name ends like: 市接待办. */
const SHORT_OFFICE = /^[市县区州省旗盟]委?(?![级直属本])[\u4e00-\u9fff]{2,4}办$/

/** Whether words may be the name of a unit or of a class of units. */
export const isUnit = (name: string): boolean =>
  name.length >= 2 &&
  name.length <= 36 &&
  (UNIT.test(name) || EACH.test(name)) &&
  (!NOT.test(name) || SHORT_OFFICE.test(name)) &&
  !FOREIGN.test(name.includes('“') ? name.replace(/“[^“”]{1,10}”/, '') : name) &&
  !isPerson(name)

const LIKELY = /[局委办厅署院室府门位区市县州省镇乡街道行司团会站馆队校所处部社台场厂组班心联协盟旗村园店网集][）)]?$/
/** Telephone companies by their bare names (移动、电信、联通公司). */
const CARRIER = /^(?:中国)?(?:移动|电信|联通|铁塔|广电网络)$/
const COMMON = /(?:工作|任务|落实|配合|负责|牵头|完成|推进|要求|事项|方案|措施|制度|情况|的|等|前|后|底|末|日|月)$/

/** Whether words among sure units may be one, too: they end like a body or a place (金沙区, 城关镇, 区疾控). */
export const isLikely = (name: string): boolean =>
  isUnit(name) ||
  CARRIER.test(name) ||
  (name.length >= 2 &&
    name.length <= 24 &&
    LIKELY.test(name) &&
    !NOT.test(name) &&
    !FOREIGN.test(name) &&
    !isPerson(name))

/** Whether words that stand where only units stand (a column, a line 责任单位：) are one: short, and nothing else. */
export const isTrusted = (name: string): boolean =>
  isLikely(name) ||
  (name.length >= 2 &&
    name.length <= 6 &&
    /[\u4e00-\u9fff]/.test(name) &&
    !/[。！？“”《》；：:，\d]/.test(name) &&
    !COMMON.test(name) &&
    !isPerson(name))

/** Whether words surely name one office: a level or a place before, an office's word at the end. */
export const isNamed = (name: string): boolean => !isClass(name) && OFFICE.test(name) && isUnit(name)

const LEVEL = /^(?:自治区|自治州|[市县州省区盟旗])(?=[\u4e00-\u9fff“])/
/** Departments whose own name begins with a level's character: 市场监管局, 市政管理局, 区域合作办. */
const OWN =
  /^(?:市场|市政(?=公用|管理|工程|园林|设施|建设|处|局)|市容|市民(?!政|族|宗)|区域|县域|省际|州际|[市县州省区](?:级|直|属|辖|本级|内|外))/

/** The level prefix that a name bears (市财政局 → 市); '' where it bears none of its own. */
export const levelOf = (name: string): string => (OWN.test(name) ? '' : (LEVEL.exec(name)?.[0] ?? ''))

const OUTSIDE =
  /银行|人行|公司|集团|学院|大学|学校|中学|小学|幼儿园|医院|分局|支行|分行|海关|联社|企业|园区|开发区|高新区|新区|景区|管委会|街道|街办|办事处|^驻|^国家|^中国|^中央|^全国|^国网|高校|管理部|调查队|监管分|武警|军分区|派出所|监管局$(?<=金融.{0,6})|(?:银保监|证监|银监|保监)(?:局|分局)$|^(?!地方|国家|城乡)[^市县州省区、]{2,3}(?:税务|海事|烟草专卖|邮政管理|通信管理|供电|水文|金融监管)局$|^团[市县州区省盟旗]委/
const SEAT =
  /(?:区|县|市|旗|乡|镇)(?:人民)?政府$|^[\u4e00-\u9fff]{2,4}(?<![城社园景小林矿牧政地])(?:县|区|市|州|镇|乡)(?!级|直|属|场|政|容)/
const GROUP_END = ending(GROUPS)

/** Units that stand outside the levels: banks, colleges, firms, and whatever bears a place's name. */
export const isOutside = (name: string): boolean => OUTSIDE.test(name) && !/^行政学院|^社会主义学院/.test(name)

/** A seat of government with its own place (东区政府, 米易县财政局). */
export const hasPlace = (name: string): boolean => SEAT.test(name)

/** Whether the level that an enumeration shares is to be filled in before this name. */
export const takesLevel = (name: string): boolean =>
  levelOf(name) === '' &&
  OFFICE.test(name) &&
  !isClass(name) &&
  !isOutside(name) &&
  !hasPlace(name) &&
  !GROUP_END.test(name)
