// A reader that has had enough (`| head`) ends the printing, not the work that is under way.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

/** A line of data, on stdout. */
export const out = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** Everything else, on stderr. */
export const err = (text: string): void => {
  process.stderr.write(`${text}\n`)
}
