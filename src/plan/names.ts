/** What the names of offices look like in a plan's wording; a table of the language, not of any roster. */

const ENDS = [
  '局|厅|署|办|办公室|委|委员会|管委会|管理委员会|中心|室|政府|人大|政协|人大常委会|检察院|法院|党校|研究院|科学院',
  '学院|大学|医院|银行|支行|分行|人行|公司|集团|海关|联社|供销社|合作社|[\\u4e00-\\u9fff]{2}企业|[\\u4e00-\\u9fff]{2}高校|职业学校|中学|学校',
  '宣传部|组织部|统战部|武装部|外联部|管理部|群工部|联络部|作战部|工作部|人武部|基金会|红十字会|总工会|工会|工商联|妇联|残联|科协|文联|社科联|侨联|作协|贸促会|团市委|团县委|团州委|团委',
  '支队|总队|大队|调查队|消防队|档案馆|图书馆|博物馆|文化馆|规划馆|美术馆|科技馆|方志馆|电视台|广播电台|气象台|地震台|报社|日报社|通讯社|传媒集团',
  '[\\u4e00-\\u9fff]{2}处|办事处|管理所|研究所|交易所|管理站|监测站|服务站|[\\u4e00-\\u9fff]{2}站',
].join('|')
const GROUPS =
  '部门|单位|机关|机构|县区|区县|县市|市县|县（市、区）|县（区）|县\\(区\\)|县市区|乡镇|镇街|街道|开发区|园区|景区|新区|旗县|盟市|州市|各地|街镇'
const UNIT = new RegExp(`(?:${ENDS}|${GROUPS})(?:[（(][^（）()]{1,12}[）)])?$`)
const OFFICE = new RegExp(`(?:${ENDS})(?:[（(][^（）()]{1,12}[）)])?$`)
/** Words that end like an office and are none. */
const NOT =
  /(?:新闻发布会|发布会|座谈会|听证会|常务会|全办|督办|交办|经办|承办|主办|协办|举办|创办|兴办|开办|申办|报办|转办|查办|未办|待办|已办|通办|联办|代办|帮办|一次办|马上办|就近办|网上办|掌上办|本级政府|以上政府|服务型政府|法治政府|数字政府|阳光政府)$/
const CLASS =
  /各(?!类|项|种|自)|^有关|^相关|全体|所有|[市县州区省盟旗](?:级|直|属|本级)(?!机关事务)|(?:有关|相关|责任|成员|牵头)(?:部门|单位)|的(?:部门|单位)$/
const CLASS_END = new RegExp(`(?:${GROUPS}|政府|企业|高校|学校|医院|银行|委办局|机关)$`)

/** 各乡（镇）, 各村（社区）, 各科室: a class by its first word, whatever its kind. */
const EACH = /^各(?!类|项|种|方|界|自)[\u4e00-\u9fff（）()]{0,14}(?:[乡镇区县市州旗盟村室校院地处]|街道|社区)[）)]?$/

/** A class of units (各县区政府, 市级有关部门, 有牵头任务的部门), not one unit. */
export const isClass = (name: string): boolean => (CLASS.test(name) && CLASS_END.test(name)) || EACH.test(name)

/** Whether words may be the name of a unit or of a class of units. */
export const isUnit = (name: string): boolean =>
  name.length >= 2 &&
  name.length <= 32 &&
  (UNIT.test(name) || EACH.test(name)) &&
  !NOT.test(name) &&
  !/[。！？“”《》]|\d年/.test(name)

/** Whether words surely name one office: a level or a place before, an office's word at the end. */
export const isNamed = (name: string): boolean => !isClass(name) && OFFICE.test(name) && isUnit(name)

const LEVEL = /^(?:自治区|自治州|[市县州省区盟旗])(?=[\u4e00-\u9fff])/
/** Departments whose own name begins with a level's character: 市场监管局, 市政管理局, 区域合作办. */
const OWN =
  /^(?:市场|市政(?=公用|管理|工程|园林|设施|建设|处|局)|市容|市民(?!政|族|宗)|区域|县域|省际|州际|[市县州省区](?:级|直|属|辖|本级|内|外))/

/** The level prefix that a name bears (市财政局 → 市); '' where it bears none of its own. */
export const levelOf = (name: string): string => (OWN.test(name) ? '' : (LEVEL.exec(name)?.[0] ?? ''))

const OUTSIDE =
  /银行|人行|公司|集团|学院|大学|学校|中学|医院|分局|支行|分行|海关|联社|企业|园区|开发区|高新区|新区|景区|管委会|街道|街办|办事处|^驻|^国家|^中国|^中央|^全国|高校|管理部|调查队|监管分|武警|军分区/
const SEAT =
  /(?:区|县|市|旗|乡|镇)(?:人民)?政府$|^[\u4e00-\u9fff]{2,4}(?<![城社园景小林矿牧政地])(?:县|区|市|州|镇|乡)(?!级|直|属|场|政|容)/
const GROUP_END = new RegExp(`(?:${GROUPS})$`)

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
