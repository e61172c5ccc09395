import { dirname, join } from 'node:path'

// node kept.mjs CLI: runs the built program again and again in one process. In by IPC { args, env }, out the Ran of each.
const [program] = process.argv.slice(2)
const own = { ...process.env }
const folder = dirname(program)
const { openChunks } = await import(join(folder, 'chunks.mjs'))
const chunks = openChunks(folder)

const heard = (stream, into, name) => {
  stream.write = (text) => {
    into[name] += text
    return true
  }
}

process.on('message', async ({ args, env }) => {
  const ran = { code: 0, stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr']) heard(process[name], ran, name)
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, own, env)
  process.argv = [process.execPath, program, ...args]
  process.exitCode = undefined
  // The program is run anew; the chunks that it loads are there already.
  await chunks.load('cli.cjs').ended
  ran.code = process.exitCode ?? 0
  process.exitCode = undefined
  process.send(ran)
})
