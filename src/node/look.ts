import { lookup } from 'node:dns/promises'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { type Look, type Looked, NotAllowed } from '../flow/link-check.ts'

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

const headers = { 'user-agent': 'Mozilla/5.0 (compatible; Duban link check)', accept: 'text/html,*/*;q=0.8' }

/** How an address answers, asked from this machine: its head alone, on a connection of its own. */
export const createLook =
  (resolve: Resolve = bySystem): Look =>
  async (url, { anyAddress, signal }) => {
    const address = await addressOf(hostOf(url), resolve, anyAddress)
    signal.throwIfAborted()
    const send = url.protocol === 'https:' ? secure : plain
    return new Promise<Looked>((done, fail) => {
      const asked = send(url, { method: 'GET', agent: false, lookup: pinned(address), signal, headers }, (response) => {
        // What the page says is not ours to read.
        response.destroy()
        done({ status: response.statusCode ?? 0, location: response.headers.location ?? null })
      })
      asked.on('error', fail)
      asked.end()
    })
  }
