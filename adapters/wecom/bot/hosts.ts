const OFFICIAL = 'https://qyapi.weixin.qq.com'

const urlOf = (address: string): URL | undefined => {
  try {
    return new URL(address)
  } catch {
    return undefined
  }
}

const isBare = ({ username, password }: URL): boolean => username === '' && password === ''

/**
 * Is this the platform's own address for an answer? It comes in a callback, and whoever came to know the callback's secrets
 * could have us call anything: so it must be of the official host, or of the one that is configured.
 */
export function isWayBack(address: string, apiBase = OFFICIAL): boolean {
  const url = urlOf(address)
  const known = [OFFICIAL, apiBase].map((base) => urlOf(base)?.origin)
  return url !== undefined && isBare(url) && known.includes(url.origin) && url.pathname === '/cgi-bin/aibot/response'
}

/**
 * May a file be fetched from there? The platform keeps files with a store whose name no page tells, so any public name will
 * do, over https at its own port; no number, and no name of a house's own network.
 */
export function isStore(address: string): boolean {
  const url = urlOf(address)
  if (url?.protocol !== 'https:' || url.port !== '' || !isBare(url)) return false
  const host = url.hostname.replace(/\.$/, '')
  return /^[a-z0-9.-]+\.[a-z][a-z0-9-]*$/.test(host) && !/\.(?:local|localhost|internal|lan|home|corp|arpa)$/.test(host)
}
