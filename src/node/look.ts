import { lookup } from 'node:dns/promises'
import { type IncomingMessage, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { type Body, type Look, type Looked, NotAllowed } from '../flow/link-check.ts'

/** Addresses that are no public site's: our own machine, our own network, a cloud's metadata, what goes to many or nobody. */
const closed = new BlockList()
for (const [net, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
  ] as const),
  ...([
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 3],
  ] as const),
] as const)
  closed.addSubnet(net, bits, 'ipv4')
/** Of IPv6 only the part that is given out, without the ways in which an IPv4 address hides in it. */
const given = new BlockList()
given.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed.addSubnet(net, bits, 'ipv6')

/** Whether an address may be anybody's public site. */
export const isPublic = (address: string): boolean => {
  const family = isIP(address)
  if (family === 4) return !closed.check(address, 'ipv4')
  return family === 6 && given.check(address, 'ipv6') && !closed.check(address, 'ipv6')
}

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>

const bySystem: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address)

/** The request goes to the very address that was judged: asking for the name a second time might give another. */
const pinned =
  (address: string): LookupFunction =>
  (_host, options, done) => {
    const family = isIP(address)
    if (options.all) done(null, [{ address, family }])
    else done(null, address, family)
  }

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

const addressOf = async (host: string, resolve: Resolve, anyAddress: boolean): Promise<string> => {
  const addresses = isIP(host) ? [host] : await resolve(host)
  const [first] = addresses
  if (first === undefined) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' })
  // One that is not public among several is reason enough: which of them is called is not for the name to choose.
  if (!anyAddress && !addresses.every(isPublic)) throw new NotAllowed('只检查公开网站的链接')
  return first
}

const headers = {
  'user-agent': 'Mozilla/5.0 (compatible; Duban link check)',
  accept: 'text/html,*/*;q=0.8',
  'accept-encoding': 'gzip, deflate, br',
}

/** What unpacks a body; undefined where it is not packed or in a way that nobody asked for. */
const unpacker = (encoding: string | undefined) => {
  const options = { chunkSize: 64 * 1024 }
  if (/^(?:x-)?gzip$/i.test(encoding ?? '')) return createGunzip(options)
  if (/^deflate$/i.test(encoding ?? '')) return createInflate(options)
  return /^br$/i.test(encoding ?? '') ? createBrotliDecompress(options) : undefined
}

/** As much of the body as may be had: up to `most` bytes on the wire and as many unpacked, until the time is over. */
const bodyOf = (response: IncomingMessage, most: number, signal: AbortSignal): Promise<Body> =>
  new Promise((done) => {
    const unpack = unpacker(response.headers['content-encoding'])
    const said = unpack ?? response
    const parts: Buffer[] = []
    let [came, size] = [0, 0]
    const end = (cut: boolean) => {
      signal.removeEventListener('abort', broken)
      response.destroy()
      unpack?.destroy()
      const bytes = new Uint8Array(Buffer.concat(parts))
      done({ bytes, type: response.headers['content-type'] ?? '', cut })
    }
    const broken = () => end(true)
    signal.addEventListener('abort', broken)
    said.on('data', (part: Buffer) => {
      const room = part.subarray(0, most - size)
      parts.push(room)
      size += room.length
      if (room.length < part.length) end(true)
    })
    said.on('end', () => end(false))
    // Whichever breaks off: what came before is what it says.
    response.on('error', broken)
    response.on('aborted', broken)
    if (!unpack) return
    unpack.on('error', broken)
    response.on('data', (part: Buffer) => {
      came += part.length
      if (came > most) return end(true)
      if (!unpack.write(part)) {
        response.pause()
        unpack.once('drain', () => response.resume())
      }
    })
    response.on('end', () => unpack.end())
  })

/** How an address answers, asked from this machine on a connection of its own. */
export const createLook =
  (resolve: Resolve = bySystem): Look =>
  async (url, { anyAddress, most, signal }) => {
    const address = await addressOf(hostOf(url), resolve, anyAddress)
    signal.throwIfAborted()
    const send = url.protocol === 'https:' ? secure : plain
    return new Promise<Looked>((done, fail) => {
      const asked = send(url, { method: 'GET', agent: false, lookup: pinned(address), headers }, (response) => {
        const status = response.statusCode ?? 0
        const head = { status, location: response.headers.location ?? null }
        if (most > 0 && status >= 200 && status < 300) {
          signal.removeEventListener('abort', hangUp)
          return void bodyOf(response, most, signal).then((body) => done({ ...head, body }))
        }
        // What the page says is not ours to read.
        response.destroy()
        done(head)
      })
      const hangUp = () => asked.destroy(signal.reason)
      signal.addEventListener('abort', hangUp, { once: true })
      asked.on('error', fail)
      asked.end()
    })
  }
