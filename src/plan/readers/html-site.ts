/** Lines that a site puts around its documents, by their words. */
const SITE_LINES = [
  /^(?:您?(?:当前|现在)(?:的)?位置|所在位置|您现在(?:的位置|所在)|当前位置)\s*[:：]?/,
  /^(?:字号|字体|文字大小|【?字体)\s*[:：]?.{0,30}$/,
  /^[【[]?\s*(?:打\s*印|关\s*闭|返\s*回|收\s*藏|分\s*享|下\s*载|纠\s*错)(?:本页|窗口|顶部|到)?.{0,30}$/,
  /^(?:扫一扫|微信扫|分享到|来源\s*[:：]|信息来源\s*[:：]|浏览(?:次数|量)|点击(?:数|次数|率|量)|阅读(?:次数|量)?\s*[:：]|访问量|责任编辑\s*[:：]|上一[篇条]|下一[篇条]|版权所有|网站标识码|备案序?号|公安备案|技术支持\s*[:：]|建议使用|Copyright)/i,
  /^(?:相关(?:链接|文章|文档|文件|解读|信息|阅读|稿件|附件)|推荐阅读|热点新闻|网站地图|联系我们|关于我们|首页|无障碍(?:浏览|阅读)?|关怀版|长者模式)\s*[:：]?$/,
  /^(?:主办|承办)(?:单位)?\s*[:：].{2,60}(?:版权|备案|技术支持|电话|邮编|网站|承办)/,
  /ICP备\s*\d+号|公网安备|政府网站标识码/,
  // Names of files to be fetched, which no plan has as its paragraphs.
  /^(?:附件\s*\d{0,2}\s*[:：]?\s*)?(?:\d{1,2}\s*[.．、]\s*)?[^。；]{1,90}\.(?:docx?|xlsx?|pdf|ofd|wps|et|zip|rar)(?:\s*[（(【[]?\s*[\d.]+\s*[KM]B?\s*[）)】\]]?)?$/i,
]

/** What a site prints behind the date and the source of a document. */
const SITE_END =
  /\s*[【[]?\s*(?:字\s*[体号]|文字大小|浏览(?:次数|量)|点击(?:次?数|率|量)|阅读(?:次数|量)|访问(?:次数|量)|视力保护色|打印|分享到?)\s*[:：【[].*$/

/** The words of a line without those of the site around the document; '' where it has no others. */
export function withoutSite(text: string): string {
  const line = text.trim()
  if (line.length > 120) return text
  if (SITE_LINES.some((pattern) => pattern.test(line))) return ''
  return /^[^。；]*(?:时间|日期|来源)\s*[:：]/.test(line) ? text.replace(SITE_END, '') : text
}
