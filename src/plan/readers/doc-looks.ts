import type { DocFile } from './doc-file.ts'
import { eachSprm } from './doc-sprms.ts'

/** What the properties of characters say: `deleted` by a tracked change, `hidden`, or a sign of a symbol font. */
export interface Look {
  deleted: boolean
  /** 0 and 1 as they stand, 128 as the style says, 129 the opposite of it; undefined where they do not say. */
  hidden: number | undefined
  style: number | undefined
  symbol: boolean
}

/** The look that grpprls give, a later one over those before it ([MS-DOC] 2.6.1). */
export function lookOf(file: DocFile, ...grpprls: Uint8Array[]): Look {
  const look: Look = { deleted: false, hidden: undefined, style: undefined, symbol: false }
  let [special, symbol] = [false, false]
  for (const grpprl of grpprls) {
    file.spend(grpprl.length)
    eachSprm(grpprl, (code, value) => {
      if (code === DELETED) look.deleted = value !== 0
      else if (code === VANISH) look.hidden = value
      else if (code === STYLE) look.style = value
      else if (code === SPECIAL) special = value !== 0
      else if (code === SYMBOL) symbol = true
    })
  }
  look.symbol = special && symbol
  return look
}

/** sprmCFRMarkDel, sprmCFVanish, sprmCIstd, sprmCFSpec, sprmCSymbol. */
const [DELETED, VANISH, STYLE, SPECIAL, SYMBOL] = [0x0800, 0x083c, 0x4a30, 0x0855, 0x6a09]
