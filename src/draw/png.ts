import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/** What paints is ended so long after its last picture, which gives back the memory that it took: some 100 MB. */
const IDLE_MS = 30_000

type Painted = { png: Uint8Array } | { error: string }

let painter: Worker | undefined
let turn: Promise<unknown> = Promise.resolve()
let rest: NodeJS.Timeout | undefined

/** No picture is waited for longer, with those before it: its card goes out without it, well within the lease of its row. */
const MOST_MS = 20_000

const retire = (worker: Worker): void => {
  if (painter === worker) painter = undefined
  void worker.terminate()
}

/** Painting takes a tenth of a second, and the first time a whole one: too long for who answers people meanwhile. */
const start = (): Worker => {
  const code = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
  const made = new Worker(new URL('./paint.mjs', import.meta.url), { workerData: { code }, execArgv: [] })
  // Whatever becomes of it, nobody who waits for it waits for ever, and the next picture has another.
  for (const event of ['error', 'exit'] as const) made.on(event, () => retire(made))
  return made
}

const paint = (svg: string, font: string, most: number): Promise<Uint8Array> =>
  new Promise((done, failed) => {
    clearTimeout(rest)
    painter ??= start()
    const worker = painter
    const end = (settle: () => void) => {
      clearTimeout(limit)
      worker.off('message', told).off('error', broken).off('exit', gone)
      // Idle it keeps no process alive.
      worker.unref()
      rest = setTimeout(() => retire(worker), IDLE_MS).unref()
      settle()
    }
    const told = (painted: Painted) =>
      end(() => ('png' in painted ? done(painted.png) : failed(new Error(painted.error))))
    const broken = (error: unknown) => end(() => failed(error))
    const gone = () => broken(new Error('the painter ended'))
    const limit = setTimeout(() => {
      retire(worker)
      broken(new Error('the picture took too long'))
    }, most)
    worker.ref()
    worker.on('message', told).on('error', broken).on('exit', gone)
    worker.postMessage({ svg, font })
  })

const within = async (picture: Promise<Uint8Array>, most: number): Promise<Uint8Array> => {
  let limit: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, failed) => {
    limit = setTimeout(() => failed(new Error('the picture took too long')), most)
  })
  try {
    return await Promise.race([picture, late])
  } finally {
    clearTimeout(limit)
  }
}

/**
 * An SVG with its texts in the font at that path as a PNG of twice its size; one after the other. @throws where it cannot
 * be painted, or not within so many milliseconds
 */
export const pngOf = (svg: string, font: string, most = MOST_MS): Promise<Uint8Array> => {
  const mine = turn.then(() => paint(svg, font, most))
  turn = mine.catch(() => undefined)
  return within(mine, most)
}
