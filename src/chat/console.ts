import type { Intent } from '../model/intent.ts'
import type { Reading } from './reading.ts'

/** What can only be the bot's own page; 网页 and 链接 alone are also what units publish. */
const OWN =
  '(?:(?:督办)?(?:的)?网页(?:版本?|端)|(?:督办|管理)(?:的)?(?:页面?|网页|网站|后台|平台)|(?:督办|管理)?(?:页面|网页版|网页端|后台)?登[录陆](?:页面?|网页)?(?:的)?(?:链接|地址|网址|入口))'
const ASK =
  '(?:请问?|麻烦|帮(?:我|忙)|我|想|要|需要|给我|能不能|可不可以|可以|怎么样?|如何|从?哪里?|重新|再|有(?:没有)?){0,5}'
const GO =
  '(?:打开|进入?去?|登[录陆]|访问|使用|用|上|看(?:一?下)?|查看|获取|来一?个|发(?:给?我)?(?:一?[个下次条])?|给(?:我)?(?:发)?(?:一?[个下次条])?)'
const ADDRESS = '(?:的)?(?:登[录陆])?(?:链接|地址|网址|入口)?'
const GONE = '(?:已经?|又)?(?:过期|失效|用过|没)了'
const SEND = '(?:请|麻烦)?(?:再|重新)?(?:发|给|来)(?:给)?我?(?:一?[个下次条份])?'
const HOW = '(?:是(?:什么|多少)|在哪里?儿?|有(?:没有|吗)|怎么样?(?:进入?|打开|登[录陆]?|上|用|使用|访问))'
const END = '(?:吗|呢|吧|啊|呀)?[。!?,~ ]*'

const ASKED = [
  new RegExp(`^${ASK}${GO}?${OWN}${ADDRESS}(?:${GONE})?[,。 ]*(?:${SEND}|${HOW}|一?下)?${END}$`),
  // 打开网页, 登录网页: going there is said, so it is no page of anybody's news.
  new RegExp(`^${ASK}(?:打开|进入?|登[录陆]|访问)(?:一?下)?(?:督办)?(?:的)?网页(?:一?下)?${END}$`),
  new RegExp(`^(?:督办)?网页(?:的)?(?:链接|入口)${END}$`),
]

/** 网页版, 打开管理页面, 登录链接发我: the way into the console, in a sentence that says nothing else. */
export const readConsole = (r: Reading): Intent | undefined =>
  r.said.length === 0 && r.links.length === 0 && !r.toOther && ASKED.some((shape) => shape.test(r.text))
    ? { intent: 'console' }
    : undefined
