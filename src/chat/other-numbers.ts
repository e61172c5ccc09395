import { NUMBER } from './numbers.ts'
import { MARK } from './text.ts'

/** Numbers that are no task: documents, places, clocks, counts, telephones. */
const NOT_TASKS: readonly (readonly [needs: RegExp, pattern: RegExp])[] = [
  [/[[(]\d/, /[[(]\d{4}[\])][ ]?第?\d+号?/g],
  [/\d{5}/, /\d{5,}(?:-\d+)?/g],
  [/0\d{2}/, /0\d{2,3}-\d{5,8}/g],
  [/[:：]/, /\d{1,2}[:：]\d{2}(?:[:：]\d{2})?/g],
  [
    /号/,
    new RegExp(
      `第?(?:${NUMBER}号?[、和与及到至]){0,5}${NUMBER}号(?:红头)?(?:文件|文(?![化印])|楼|线|公告|令|会议室|窗口|门|院|车|机(?![关构制动场票])|桌|地块|仓|通知|厅|馆|公路|房|宿舍|柜|电话|台(?!账)|井|桥|站|池|矿|病|床|泵|库|码头|航站|教室|食堂|大院|议案|提案|简报|纪要|信箱|球|选手|栋|单元|店|铺|包|岗|国道|省道|高速|出口|墙|展|票|公交|地铁|线路|路口|楼梯|工位|食谱)`,
      'g',
    ),
  ],
  [/[楼栋层室幢座]/, new RegExp(`${NUMBER}(?:楼|栋|层|室|幢|座)`, 'g')],
  [/点/, new RegExp(`(?<![差慢快有多少好])${NUMBER}点(?:半|钟|整|一刻|三刻|${NUMBER}分?)?(?!任务|没)`, 'g')],
  [/[名位]/, new RegExp(`(?<=前)${NUMBER}(?:名|位)`, 'g')],
  // 文件第12条: of another paper than the plan.
  [
    /[条款章节列行]/,
    new RegExp(
      `(?:文件|通知|办法|条例|规定|意见|表格?|合同|法|纪要)(?:里面?|中|的|上)*第?${NUMBER}(?:条|款|章|节|列|行)`,
      'g',
    ),
  ],
  // 第4页第5项: a place in a paper.
  [/页/, new RegExp(`第?${NUMBER}页(?:的)?第?${NUMBER}(?:项|条|行|段|个|款)`, 'g')],
  [/[%‰]/, /\d+(?:\.\d+)?(?:%|‰)/g],
  [/百分/, new RegExp(`百分之${NUMBER}`, 'g')],
  [/\//, /\d+\/\d+(?![\d/]*[号项])/g],
  [
    /\d/,
    /(?<![第\d.])\d+(?:\.\d+)?(?:余|多)?(?:条|个|次|篇|场|家|人|份|元|万|亿|岁|分(?!给)|小时|天|周|日|月|年|件|位|名|户|期|批|张|页|种|类|遍|级|度|公里|米|吨|亩|版|块|字|折|届|步|轮)/g,
  ],
]

/** Masks what only looks like the number of a task: documents, places, clocks, counts, telephones. */
export function maskOtherNumbers(text: string): string {
  let out = text
  for (const [needs, pattern] of NOT_TASKS) {
    if (!needs.test(text)) continue
    pattern.lastIndex = 0
    out = out.replace(pattern, (all) => MARK.other.repeat(all.length))
  }
  return out
}
