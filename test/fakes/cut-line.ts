import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** How the driver says it: a simple query of that text. */
const COMMIT = Buffer.from('commit\0')

/** A line to a database server that can be cut: at once, and as long as nobody mends it, or just after a commit went through. */
export const openCutLine = async (url: string) => {
  const to = new URL(url)
  const sockets = new Set<Socket>()
  let atCommit = false
  let server: Server
  let port = 0
  const serve = async () => {
    server = createServer((near) => {
      const far = connect(Number(to.port), to.hostname)
      for (const each of [near, far]) {
        sockets.add(each)
        each.on('error', () => undefined)
        each.on('close', () => {
          sockets.delete(each)
          near.destroy()
          far.destroy()
        })
      }
      far.pipe(near)
      near.on('data', (bytes) => {
        if (atCommit && bytes.includes(COMMIT)) {
          atCommit = false
          far.unpipe(near)
          // The server does it; nobody hears of it.
          far.once('data', () => near.destroy()).resume()
        }
        far.write(bytes)
      })
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  }
  const cut = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((done) => server.close(() => done()))
  }
  await serve()
  const through = new URL(url)
  through.port = String(port)
  through.hostname = '127.0.0.1'
  return {
    url: through.href,
    cut,
    mend: serve,
    cutAfterCommit: () => {
      atCommit = true
    },
    close: cut,
  }
}
