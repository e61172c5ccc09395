/** Where the platform is reached, all of it made from one configured address. */
export interface DingtalkHosts {
  /** https://api.dingtalk.com: the present API and the gateway of the long connection. */
  api: string
  /** https://oapi.dingtalk.com: the older API, and the ways back that come with messages. */
  oapi: string
}

const OAPI = 'https://oapi.dingtalk.com'

/** `https://api.dingtalk.io` → `https://oapi.dingtalk.io`; an address of another form (a proxy) serves both. */
export function hostsOf(apiBase: string): DingtalkHosts {
  const api = apiBase.replace(/\/+$/, '')
  return { api, oapi: api.replace(/^(https?:\/\/)api\./i, '$1oapi.') }
}

/** Undefined where it is no address. */
export function urlOf(address: string): URL | undefined {
  try {
    return new URL(address)
  } catch {
    return undefined
  }
}

/**
 * Is this a way back into a conversation on the platform itself? The address stands in a body that no signature covers, so
 * without this question whoever forged one could have us call anything, and hear our answers.
 */
export function isWayBack(address: string, hosts: DingtalkHosts): boolean {
  const url = urlOf(address)
  if (!url) return false
  const known = [OAPI, hosts.oapi].some((host) => new URL(host).origin === url.origin)
  return known && url.pathname.endsWith('/robot/sendBySession') && url.username === '' && url.password === ''
}

/** A way back with the one who spoke, who is mentioned in the answer; both in one text, for it is kept as one. */
export const joinWay = (webhook: string, speaker: string | undefined): string => {
  const url = new URL(webhook)
  url.hash = speaker === undefined ? '' : encodeURIComponent(speaker)
  return url.href
}

export function splitWay(handle: string): { webhook: string; speaker?: string } {
  const at = handle.indexOf('#')
  return at < 0
    ? { webhook: handle }
    : { webhook: handle.slice(0, at), speaker: decodeURIComponent(handle.slice(at + 1)) }
}
