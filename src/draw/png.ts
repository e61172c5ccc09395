import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/** What paints is ended so long after its last picture, which gives back the memory that it took: some 100 MB. */
const IDLE_MS = 30_000

type Painted = { png: Uint8Array } | { error: string }

let painter: Worker | undefined
let turn: Promise<unknown> = Promise.resolve()
let rest: NodeJS.Timeout | undefined

/** Painting takes a tenth of a second, and the first time a whole one: too long for who answers people meanwhile. */
const start = (): Worker => {
  const code = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
  const made = new Worker(new URL('./paint.mjs', import.meta.url), { workerData: { code }, execArgv: [] })
  made.once('exit', () => {
    if (painter === made) painter = undefined
  })
  return made
}

const paint = (svg: string, font: string): Promise<Uint8Array> =>
  new Promise((done, failed) => {
    clearTimeout(rest)
    painter ??= start()
    const worker = painter
    const end = (settle: () => void) => {
      worker.removeAllListeners('message').removeAllListeners('error')
      // Idle it keeps no process alive.
      worker.unref()
      rest = setTimeout(() => void worker.terminate(), IDLE_MS).unref()
      settle()
    }
    worker.ref()
    worker.once('error', (error) => end(() => failed(error)))
    worker.once('message', (painted: Painted) =>
      end(() => ('png' in painted ? done(painted.png) : failed(new Error(painted.error)))),
    )
    worker.postMessage({ svg, font })
  })

/** An SVG with its texts in the font at that path as a PNG of twice its size; one after the other. */
export const pngOf = (svg: string, font: string): Promise<Uint8Array> => {
  const mine = turn.then(() => paint(svg, font))
  turn = mine.catch(() => undefined)
  return mine
}
