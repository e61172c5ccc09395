// node kept.mjs CLI: runs the built program again and again in one process. In by IPC { args, env }, out the Ran of each.
const [program] = process.argv.slice(2)
const own = { ...process.env }
let runs = 0

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
  // The entry is run anew; the modules that it loads are there already.
  await import(`${program}?${++runs}`)
  ran.code = process.exitCode ?? 0
  process.exitCode = undefined
  process.send(ran)
})
