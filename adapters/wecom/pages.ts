const bytesOf = (char: string): number => {
  const point = char.codePointAt(0) ?? 0
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
}

const length = (text: string): number => {
  let sum = 0
  for (const char of text) sum += bytesOf(char)
  return sum
}

/** A line in pieces of at most `limit` bytes; `…` at the seam says that it goes on. */
function pieces(line: string, limit: number): string[] {
  if (length(line) <= limit) return [line]
  const room = limit - 2 * bytesOf('…')
  const cut: string[] = []
  let piece = ''
  let used = 0
  for (const char of line) {
    const bytes = bytesOf(char)
    if (used + bytes > room) {
      cut.push(piece)
      piece = ''
      used = 0
    }
    piece += char
    used += bytes
  }
  cut.push(piece)
  return cut.map((each, i) => `${i > 0 ? '…' : ''}${each}${i < cut.length - 1 ? '…' : ''}`)
}

/** A text in pages of at most `limit` UTF-8 bytes, parted between lines; nothing of it is lost. */
export function pages(text: string, limit: number): string[] {
  const done: string[] = []
  let page = ''
  let used = 0
  for (const piece of text.split('\n').flatMap((line) => pieces(line, limit))) {
    const bytes = length(piece)
    if (page !== '' && used + 1 + bytes > limit) {
      done.push(page.trim())
      page = ''
      used = 0
    }
    page += page === '' ? piece : `\n${piece}`
    used = page === piece ? bytes : used + 1 + bytes
  }
  return [...done, page.trim()].filter((each) => each !== '')
}
