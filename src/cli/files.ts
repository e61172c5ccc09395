import { readFile } from 'node:fs/promises'
import { BadInput } from '../model/problem.ts'

/** Bytes of a file that a person named. @throws BadInput when it cannot be read */
export const readInput = async (path: string | undefined, usage: string): Promise<Uint8Array> => {
  if (path === undefined) throw new BadInput(`缺少文件。用法：duban ${usage}`)
  try {
    return await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    const why = code === 'ENOENT' ? '文件不存在' : code === 'EISDIR' ? '这是一个文件夹' : '文件读不出来'
    throw new BadInput(`${path}：${why}`)
  }
}

/** Lines of standard input that hold something. */
export const inputLines = async (): Promise<string[]> => {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
}

/** One JSON line. @throws BadInput that names the line */
export const jsonLine = (line: string, i: number): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    throw new BadInput(`第${i + 1}行不是 JSON：每行应是一个 JSON 对象`)
  }
}
