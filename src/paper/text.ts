/** What XML cannot hold: control signs, and what is no character at all. */
const forbidden = /(?![\t\n])[\p{Cc}\p{Noncharacter_Code_Point}]/gu
const halves = /\p{Cs}/gu

/** Text that a Word file can hold, whatever somebody typed into the ledger. */
export const clean = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(forbidden, '')
    .replace(halves, '\ufffd')
