/** Where the bot is mentioned, -1 where not: `@助手小王` is somebody else. */
function mentionAt(text: string, mention: string): number {
  for (let at = text.indexOf(mention); at >= 0; at = text.indexOf(mention, at + 1)) {
    if (!/^[\p{L}\p{N}]/u.test(text.slice(at + mention.length, at + mention.length + 2))) return at
  }
  return -1
}

/**
 * A name may hold spaces, so it is looked for as it is; after it may stand any kind of space. Where it is not there, the
 * bot goes by another name in this group, and what leads the text is that.
 */
export function withoutMention(text: string, botName: string | undefined): string {
  const mention = `@${botName ?? ''}`
  const at = botName ? mentionAt(text, mention) : -1
  if (at < 0) return text.replace(/^\s*@\S+(?=\s|$)/, '').trim()
  const parts = [text.slice(0, at).trimEnd(), text.slice(at + mention.length).trimStart()]
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .trim()
}
