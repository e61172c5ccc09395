import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

/** Twice the SVG's size: sharp on a telephone, and below the 1500 pixels that platforms advise. */
const ZOOM = 2

let ready: Promise<void> | undefined

/** An SVG with its texts in the font as a PNG. */
export const pngOf = async (svg: string, font: Uint8Array): Promise<Uint8Array> => {
  const code = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
  ready ??= readFile(code).then(initWasm)
  await ready
  const picture = new Resvg(svg, { font: { fontBuffers: [font] }, fitTo: { mode: 'zoom', value: ZOOM } })
  try {
    const drawn = picture.render()
    const png = drawn.asPng()
    drawn.free()
    return png
  } finally {
    picture.free()
  }
}
