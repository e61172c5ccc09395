/**
 * The predefined character maps that Chinese PDF files name instead of embedding (ISO 32000-1, 9.7.5.2). Only the words
 * matter here, so a code's CID is its Unicode number, and `Adobe-GB1-UCS2` leads back to it; figures and Latin letters
 * keep their true CIDs, since the file gives their widths by these.
 */
export class CharacterMaps {
  private named = false

  /** What PDF.js asks for: the text of a map. Rejects for all that would have to be fetched. */
  async fetch(wanted: { kind: string; filename: string }): Promise<Uint8Array> {
    if (wanted.kind !== 'cMapUrl') throw new Error(`not at hand: ${wanted.filename}`)
    return new TextEncoder().encode(this.mapNamed(wanted.filename))
  }

  private mapNamed(name: string): string {
    // Without a map of codes before it the CIDs are true ones, which only Adobe's own table can tell.
    if (name === 'Adobe-GB1-UCS2' && this.named) return TO_UNICODE
    if (/^UniGB-(?:UCS2|UTF16)-[HV]$/.test(name)) {
      this.named = true
      return codes(name, '<0000> <ffff>', `<0000> <ffff> 0\n<0020> <007e> ${LATIN}`)
    }
    if (/^GB(?:K|Kp|K2K|pc)?(?:-EUC)?-[HV]$/.test(name)) {
      this.named = true
      return codes(name, '<00> <80>\n<8140> <fefe>', gbkRanges(/^GB(?:K2K|K|)(?:-EUC)?-/.test(name) ? HALF : LATIN))
    }
    throw new Error(`not at hand: ${name}`)
  }
}

/** Adobe-GB1's first CIDs of proportional and of half-width Latin. */
const LATIN = 1
const HALF = 814

const TO_UNICODE = `begincmap
/CMapName /Adobe-GB1-UCS2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
3 beginbfrange
<0000> <ffff> <0000>
<0001> <005f> <0020>
<032e> <038c> <0020>
endbfrange
endcmap
`

const codes = (name: string, space: string, ranges: string): string => `begincmap
/CMapName /${name} def
/WMode ${name.endsWith('V') ? 1 : 0} def
${space.split('\n').length} begincodespacerange
${space}
endcodespacerange
${ranges.split('\n').length} begincidrange
${ranges}
endcidrange
endcmap
`

const hex = (value: number): string => value.toString(16).padStart(4, '0')

function gbkRanges(latin: number): string {
  const decoder = new TextDecoder('gbk')
  const ranges = [`<20> <7e> ${latin}`]
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      const unicode = decoder.decode(Uint8Array.of(lead, trail)).codePointAt(0) ?? 0xfffd
      const code = hex(lead * 256 + trail)
      if (unicode !== 0xfffd && unicode <= 0xffff) ranges.push(`<${code}> <${code}> ${unicode}`)
    }
  }
  return ranges.join('\n')
}
