/** What a list of units says of lists instead of naming units: 列第一位者为牵头单位，下同; 以下均需各县政府落实，不再列出. */
const NOTE =
  /[，,。；;、（(](?:(?:括号内|其中|均?由?)?[^，,。；;、（）()]{0,6}?(?:排|列|位列)?(?:在|于)?(?:第一|首)(?:位|个|家|者|列)|以下(?:各项|各条|均|皆|都|同|工作|任务|不再)|[^，,。；;、（）()]{0,4}下同|除[^，,。；;、]{2,20}外[，,])/

/** A list of units without the rule for all lists that stands behind its names. */
export function withoutNote(list: string): string {
  const at = list.search(NOTE)
  return at > 0 ? list.slice(0, at) : list
}
