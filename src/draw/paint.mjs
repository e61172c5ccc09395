// A thread's work, in plain JavaScript so that Node reads it as it lies here: { svg, font: its path } → { png } or { error }.
import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

/** Twice the SVG's size: sharp on a telephone, and below the 1500 pixels that platforms advise. */
const ZOOM = 2

const ready = readFile(workerData.code).then(initWasm)

let last = { path: '', bytes: new Uint8Array() }
const fontAt = async (path) => {
  if (last.path !== path) last = { path, bytes: await readFile(path) }
  return last.bytes
}

parentPort.on('message', async ({ svg, font }) => {
  try {
    await ready
    const picture = new Resvg(svg, {
      font: { fontBuffers: [await fontAt(font)] },
      fitTo: { mode: 'zoom', value: ZOOM },
    })
    const drawn = picture.render()
    const png = drawn.asPng()
    drawn.free()
    picture.free()
    parentPort.postMessage({ png }, [png.buffer])
  } catch (error) {
    parentPort.postMessage({ error: String(error) })
  }
})
