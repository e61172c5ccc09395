/**
 * Lines to a stream, those of one turn of the loop in one write: each write waits for the kernel. What is left is written
 * at the process's own end, also where that is an error's; a killed process loses the lines of its last turn.
 */
export const linesTo = (stream: NodeJS.WriteStream): ((line: string) => void) => {
  let open = ''
  const write = () => {
    const text = open
    open = ''
    if (text !== '') stream.write(text)
  }
  process.on('exit', write)
  return (line) => {
    if (open === '') setImmediate(write)
    open += `${line}\n`
  }
}
