import type { ListState } from '../model/intent.ts'
import { stateOf } from './list-state.ts'
import type { Reading } from './reading.ts'
import { flatten } from './text.ts'

const GENERIC =
  /^(?:任务|事项|工作|材料|单位|部门|情况|进展|进度|完成|任务完成|到期|逾期|本期|项目|东西|内容|具体|督办|督查|重点|重点工作|所有|全部|目前|当前|现在|一些|几项|牵头|配合|督办任务|督办事项|重点任务|市|全市|政务公开|各|相应|相关|有关|清单|名单|责任|人|数据)*$/

/** 跟PPP有关的任务, 实施方案还有哪些单位没报: the words that a list is searched by. */
export function keywordOf(r: Reading): { keyword: string; state: ListState } | undefined {
  const text = flatten(r.masked)
  const tidy = (word: string | undefined): string =>
    (word ?? '')
      .replace(/[ĐÜÞŦŁÑ]/g, '')
      .replace(/^(?:我们?|本|咱们?)(?:局|委|办|单位|中心|院|行|县|区|部门)?(?:的)?/, '')
      .replace(
        /^(?:请问|麻烦|帮我|帮忙|请|查一?下|查询|查找|查查?|搜索?一?下?|搜索|搜|找一?下|找|看一?下|看看|看|列出|列一?下|列|统计|显示|给我|那个|这个|现在|目前|我想|想|知道|了解|问一?下|有没有|还有|一下|所有|全部|哪些|有哪些|有(?![色机轨线效限害])|是|的|跟|和|与|关于|涉及|对|在|就|还剩|还差|还欠|剩|,)+/,
        '',
      )
      .replace(/(?:的|还|都|有|哪些|现在|目前|这个|那个|这项|任务|事项|督办|工作|材料|截至|,|:|到|是)+$/, '')
      .replace(/^[“"'《]|[”"'》]$/g, '')
      .trim()
  const about =
    /(?:跟|和|与|同)([^,。?!]{1,24}?)(?:有关|相关|方面|这块|类)/.exec(text)?.[1] ??
    /(?:关于|涉及|包含|含有?|提到|带|(?<!没)有关(?![于的]))([^,。?!]{1,24}?)(?:有关|相关|方面|这块|类)?(?:(?:的)?(?:任务|事项|工作|要求|内容|督办件)|的(?:是|有|都有)*(?:哪|几[项个件]|多少|什么))/.exec(
      text,
    )?.[1] ??
    /(?:跟|和|与|同)([^,。?!]{1,24}?)(?:的)?(?:任务|事项|工作|要求|内容|督办件)/.exec(text)?.[1] ??
    /(?:查询|查找|查一?下|查查?|搜索|搜一?下|搜|找一?下|找|看一?下|看看|看|列出|^)([^,。?!]{2,24}?)(?:的)?(?:相关|有关|方面|这块|类)(?:的)?(?:都)?(?:有(?:哪些|什么|啥|几[项个]))?(?:任务|事项|工作|要求)/.exec(
      text,
    )?.[1] ??
    /(?:查询|查找|搜索|搜一?下|搜|检索|关键[词字][:是]?)[:“"《]?([^,。?!”"》的]{2,20})/.exec(text)?.[1]
  const behind = /(?:有关|相关)的([^,。?!]{2,20}?)(?:的)?(?:任务|事项|工作)/.exec(text)?.[1]
  const unknown = r.named.length
    ? undefined
    : /^([\u4e00-\u9fa5]{2,10}(?:局|委|中心|学院|公司|集团|银行))(?:的)?(?:本月|所有|全部)?(?:任务|事项)/.exec(
        text,
      )?.[1]
  const topic = tidy(
    tidy(about) === '' && behind ? behind : (about ?? (unknown && !/^[我本各咱]/.test(unknown) ? unknown : undefined)),
  )
  if (topic.length >= 2 && !GENERIC.test(topic)) return { keyword: topic, state: stateOf(r) ?? 'all' }
  const missing =
    /^([^,。?!]{2,24}?)(?:现在|目前|到|的)?(?:还|都)?(?:有|差|剩)?(?:哪些|哪几个|哪几家|哪家|哪个|几个|多少|几家|什么|谁)(?:单位|部门|县区|家)?(?:还)?(?:没有?|未|尚未|没)(?:报|交|完成|公开|反馈|上报|提交|报送|办|发|做|弄|制定|出台|印发|开展)/.exec(
      text,
    )?.[1] ?? /^([^,。?!]{2,24}?)(?:还差|还缺)(?:哪些|哪几个|哪几家|谁|几家|哪个)/.exec(text)?.[1]
  const word = tidy(missing)
  if (word.length >= 2 && !GENERIC.test(word)) return { keyword: word, state: 'open' }
  return undefined
}
