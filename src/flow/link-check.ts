/** What became of looking at one link. */
export interface LinkState {
  /** 可打开, 打不开, 被拒绝 (by the site), or not looked at because this server may not. */
  outcome: 'open' | 'broken' | 'refused' | 'skipped'
  /** What the site answered, where it did. */
  status: number | null
  why: string
}

/** A body as far as it was read, unpacked. `cut`: there was more, or it never ended. */
export interface Body {
  bytes: Uint8Array
  /** As the site says, its charset with it. */
  type: string
  cut: boolean
}

/** How one address answers: its status, where it leads on to, and what it says where that was asked for. */
export interface Looked {
  status: number
  location: string | null
  body?: Body
}

/** A link that was read: `body` where it is open. `url`: where it led to in the end. */
export interface LinkRead extends LinkState {
  url?: string
  body?: Body
}

export interface LookOptions {
  /** The host may lie in the office's own network. */
  anyAddress: boolean
  /** So many bytes of the body are read at most, packed or not; 0: none. When the signal aborts, what has come is what it says. */
  most: number
  signal: AbortSignal
}

/**
 * One request without cookies that follows nothing. @throws NotAllowed where the name leads to an address that nobody may be
 * led to
 */
export type Look = (url: URL, options: LookOptions) => Promise<Looked>

/** A host, port or address that this server does not call. */
export class NotAllowed extends Error {
  override name = 'NotAllowed'
}

export interface LinkRules {
  look: Look
  /** Host suffixes that links may have, also within the office's network; none: any host that is public. */
  hosts: readonly string[]
  ports?: readonly string[]
  timeoutMs?: number
}

const REDIRECTS = 3
const TIMEOUT_MS = 5000
/** Of a page that is read. */
const READ_MS = 10_000
/** What has come of a page that never ends is handed over within this. */
const GRACE_MS = 500
/** As `URL` writes a scheme's own port. */
const PORTS = ['', '80', '443']
const LONGEST = 2000

const isNamed = (host: string, hosts: readonly string[]): boolean =>
  hosts.some((suffix) => host === suffix || host.endsWith(`.${suffix}`))

/** An address in place of a name (`URL` writes every spelling of IPv4 as four numbers), or a name of the machine's own network. */
const isOfNoPublicName = (host: string): boolean =>
  host.startsWith('[') ||
  /^\d+\.\d+\.\d+\.\d+$/.test(host) ||
  !host.includes('.') ||
  /\.(?:local|localhost|internal|intranet|lan|home|corp|arpa)$/.test(host)

/** The address as it may be called. @throws NotAllowed */
const allowed = (text: string, base: URL | undefined, { hosts, ports = PORTS }: LinkRules): URL => {
  if (text.length > LONGEST) throw new NotAllowed('链接太长')
  let url: URL
  try {
    url = base ? new URL(text, base) : new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`)
  } catch {
    throw new NotAllowed('不是网址')
  }
  const host = url.hostname.toLowerCase().replace(/\.$/, '')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new NotAllowed('只检查 http 和 https 链接')
  if (url.username || url.password) throw new NotAllowed('链接里带有用户名或密码')
  if (!ports.includes(url.port)) throw new NotAllowed('只检查 80 和 443 端口')
  if (hosts.length > 0 && !isNamed(host, hosts)) throw new NotAllowed('不在可以检查的网站之内（EVIDENCE_HOSTS）')
  if (hosts.length === 0 && isOfNoPublicName(host)) throw new NotAllowed('只检查公开网站的链接')
  return url
}

/** Statuses with which sites turn programs away that they let people in with. */
const TURNED_AWAY = [401, 403, 405, 406, 407, 412, 418, 429, 451]

const stateOf = (status: number): LinkState => {
  if (status >= 200 && status < 300) return { outcome: 'open', status, why: '' }
  if (TURNED_AWAY.includes(status)) return { outcome: 'refused', status, why: '网站不让程序打开，请点开链接看一下' }
  if (status === 404 || status === 410) return { outcome: 'broken', status, why: '网页不存在' }
  return { outcome: 'broken', status, why: status >= 500 ? '网站出错' : '网站没有给出网页' }
}

const isRedirect = ({ status, location }: Looked): boolean => status >= 300 && status < 400 && location !== null

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/

const failure = (error: unknown): LinkState => {
  if (error instanceof NotAllowed) return { outcome: 'skipped', status: null, why: error.message }
  const { name, code = '' } = error as { name?: string; code?: string }
  const why =
    name === 'AbortError' || name === 'TimeoutError'
      ? '网站没有回应'
      : code === 'ENOTFOUND' || code === 'EAI_AGAIN'
        ? '没有这个网站'
        : CERTIFICATE.test(code)
          ? '网站的证书有问题'
          : '连不上网站'
  return { outcome: 'broken', status: null, why }
}

/** A name that is looked up knows no signal: whoever waits for it goes on all the same. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason), { once: true }))

/**
 * Looks whether a link opens, by rules that hold for it and for whatever it leads on to; with `most`, also what it says, so
 * many bytes of it. The whole way takes no longer than the time there is.
 */
export const createLinkCheck =
  (rules: LinkRules) =>
  async (link: string, most = 0): Promise<LinkRead> => {
    const gone = new AbortController()
    const over = new AbortController()
    const ms = rules.timeoutMs ?? (most > 0 ? READ_MS : TIMEOUT_MS)
    const clock = setTimeout(() => gone.abort(), ms)
    const end = setTimeout(() => over.abort(), most > 0 ? ms + GRACE_MS : ms)
    try {
      let url = allowed(link, undefined, rules)
      for (let hops = 0; ; hops++) {
        const look = rules.look(url, { anyAddress: rules.hosts.length > 0, most, signal: gone.signal })
        const looked = await Promise.race([look, aborted(over.signal)])
        if (!isRedirect(looked)) {
          const state = stateOf(looked.status)
          const { body } = looked
          return { ...state, ...(state.outcome === 'open' && body && { url: url.href, body }) }
        }
        if (hops >= REDIRECTS) return { outcome: 'broken', status: looked.status, why: '跳转次数太多' }
        url = allowed(String(looked.location), url, rules)
      }
    } catch (error) {
      return failure(error)
    } finally {
      clearTimeout(clock)
      clearTimeout(end)
    }
  }
