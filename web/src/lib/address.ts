/** The address as the browser reads it, where it is one of the web; undefined for `javascript:` and all else. */
export const webAddress = (text: string): string | undefined => {
  try {
    const { protocol, href } = new URL(text.trim())
    return protocol === 'http:' || protocol === 'https:' ? href : undefined
  } catch {
    return undefined
  }
}
