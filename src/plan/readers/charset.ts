const HEAD_BYTES = 4096

/**
 * The encoding that a web page says of itself, by its byte order mark or its meta tag, under the name TextDecoder knows
 * (gb2312 and gbk are read as gb18030, which holds both); undefined where it says none.
 */
export function charsetOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES))
  const name = /<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]{2,20})/i.exec(head)?.[1]?.toLowerCase()
  if (name === undefined) return undefined
  if (/^(?:x-)?(?:gb2312|gbk|gb18030|gb_2312.*|cp936|hz-gb-2312)$/.test(name)) return 'gb18030'
  if (name === 'utf8') return 'utf-8'
  return /^(?:utf-8|utf-16|utf-16le|utf-16be|big5)$/.test(name) ? name : undefined
}
