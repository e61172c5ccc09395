/** A line of data, on stdout. */
export const out = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** Everything else, on stderr. */
export const err = (text: string): void => {
  process.stderr.write(`${text}\n`)
}
