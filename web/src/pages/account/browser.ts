/** In their order: what is built on another names that one too. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/wxwork\//i, '企业微信'],
  [/MicroMessenger\//i, '微信'],
  [/\b(?:lark|feishu)\b/i, '飞书'],
  [/DingTalk/i, '钉钉'],
  [/Qaxbrowser/i, '奇安信可信浏览器'],
  [/360(?:SE|EE)|QihooBrowser/i, '360浏览器'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/i, '鸿蒙'],
  [/Android/i, '安卓'],
  [/iPhone|iPad/i, '苹果手机'],
  [/Windows/i, 'Windows'],
  [/Mac OS X/i, 'macOS'],
  [/UOS/i, '统信UOS'],
  [/Kylin/i, '麒麟'],
  [/Linux/i, 'Linux'],
]

/** Chrome，Windows: what a browser calls itself, as people say it. */
export const browserWords = (agent: string): string => {
  const found = [browsers, systems].flatMap((list) => list.find(([mark]) => mark.test(agent))?.[1] ?? [])
  return found.join('，') || '未知浏览器'
}
