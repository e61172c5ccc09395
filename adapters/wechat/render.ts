import type { Card } from '../../src/model/card.ts'
import { numbered, withoutForm } from '../degrade.ts'
import { clean, clip } from '../escape.ts'
import { fitCard } from '../fit.ts'
import { blocksInWords, type Dialect } from '../words.ts'

/** The client’s own limit is said to be 2,000; shorter messages are also easier to read there. */
const MOST_SIGNS = 800
/** Seconds lie between two of them, and more of them look like a machine. */
const MOST_PARTS = 5
/** （1/5） and its line break. */
const COUNT = 6
const DIVIDER = '————'

/** The space of a quarter em would make a mention of a name that somebody typed. */
const safe = (text: string): string => clean(text).replaceAll('\u2005', ' ').trim()

const plain: Dialect = {
  safe,
  strong: (text) => `【${safe(text)}】`,
  quiet: (text) => `（${safe(text)}）`,
  rule: DIVIDER,
}

/** A row that no message holds whole, in pieces that break no sign. */
function pieces(row: string, most: number): string[] {
  const cut: string[] = []
  for (let rest = row; rest !== ''; rest = rest.slice(cut.at(-1)?.length)) cut.push(clip(rest, most))
  return cut
}

function packed(lines: readonly string[]): string[] {
  const most = MOST_SIGNS - COUNT
  const parts: string[] = []
  for (const line of lines.flatMap((row) => pieces(row, most))) {
    const last = parts.at(-1)
    if (last === undefined || last.length + 1 + line.length > most) parts.push(line)
    else parts[parts.length - 1] = `${last}\n${line}`
  }
  return parts
}

const parts = (card: Card): string[] => {
  const words = [plain.strong(card.title), ...blocksInWords(card, plain)]
  const lines = words.flatMap((text) => text.split('\n').map((line) => line.trim())).filter(Boolean)
  while (lines.at(-1) === DIVIDER) lines.pop()
  return packed(lines)
}

/** A card as messages of words, none of more than 800 UTF-16 units, five at most; buttons are numbers to answer with. */
export function render(card: Card): string[] {
  const plain = numbered(withoutForm(card))
  const all = parts(fitCard(plain, (each) => parts(each).length <= MOST_PARTS))
  return all.length === 1 ? all : all.map((part, i) => `${part}\n（${i + 1}/${all.length}）`)
}
