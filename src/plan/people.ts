import { ending } from './endings.ts'

/** Persons in a plan's words: they are never units. */

const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边肖'
const OFFICE_END = '局委办厅署院室府门位区市县州省镇乡街道行司团会站馆队校所处部社台场厂组班心联协盟旗村园业户'
const NAME = new RegExp(`^[${SURNAMES}][\\u4e00-\\u9fff·]{0,2}[^${OFFICE_END}\\s]$`)
const TITLE = ending(
  '书记|局长|主任|镇长|乡长|县长|市长|区长|州长|厅长|处长|科长|所长|站长|校长|院长|部长|行长|经理|董事长|秘书长|主席|负责人|负责同志|同志|领导|干部|人员|联络员|组长|专员|先生|女士|书记员|村长|河长|林长|路长',
  '(?:[（(][^（）()]*[）)])?',
)

/** 张三, 李四光: a bare name of a person. */
export const isPersonName = (words: string): boolean => words.length >= 2 && words.length <= 4 && NAME.test(words)

/** Words for a person: a name, an office that a person holds (分管副县长, 驻村第一书记), a name with its office. */
export const isPerson = (words: string): boolean => isPersonName(words) || TITLE.test(words)

const PHONE = /\d{5,}|^\d{3,4}[-—]\d/

/** What brackets after a unit say of its people and not of its name: （张三）, （张三、李四）, （电话：0900-1234567）. */
export function isAboutPeople(inner: string): boolean {
  if (PHONE.test(inner) || /联系人|电话|手机/.test(inner)) return true
  return inner.split(/[、，,；;\s/]+/).every((part) => isPerson(part.replace(/^[^：:]{2,8}[：:]|\d+$/g, '')))
}
