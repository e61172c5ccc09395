/** What stands behind the first stop, else behind the word that holds the number: 退回 1-2 链接打不开. */
export const reasonOf = (text: string): string => {
  const stop = text.search(/[，,。；：:]/)
  if (stop >= 0) return text.slice(stop + 1).trim()
  const words = text.trim().split(/\s+/)
  const number = words.findIndex((word) => /\d/.test(word))
  return number < 0 ? '' : words.slice(number + 1).join(' ')
}
