const MOST_TITLE = 80

/** Without control characters, and without those that nobody sees and that turn round what stands beside them. */
export const visible = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}\p{Co}]/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\u3000]+/g, ' ')
    .trim()

/** That, cut to so many signs. */
export const short = (text: string, most = MOST_TITLE): string => {
  const signs = [...visible(text.slice(0, most * 20))]
  return signs.length > most ? `${signs.slice(0, most).join('')}…` : signs.join('')
}

/** A name as people may be shown it. */
export const shownName = (name: string): string => short(name, 120)
