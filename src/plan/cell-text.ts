/** The most that a cell of Excel holds. */
export const LONGEST_CELL = 32_767

/** Text as a cell holds it: what XML cannot hold is written as OOXML writes it (`_x000B_`), and what looks like that too. */
export const cellText = (text: string): string =>
  text.replace(
    /[^\t\n\r\u0020-\ufffd]|_(?=x[0-9A-Fa-f]{4}_)/g,
    (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  )
