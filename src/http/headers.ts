import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/**
 * What a page of the console may load and do: its own files, and nothing of any other host. Styles are also written
 * into the page by the component library; scripts never are, so that what stands in names and plans cannot run.
 */
const pagePolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

const guarded = secureHeaders({
  contentSecurityPolicy: pagePolicy,
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
  permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
})

/**
 * Headers of everything that a browser shows. TLS and its HSTS are the reverse proxy's (docs). What is to be saved came from
 * outside: whoever shows it all the same has it in a sandbox that loads and runs nothing.
 */
export const guardPages: MiddlewareHandler = async (c, next) => {
  await guarded(c, next)
  if (c.res.headers.get('content-disposition')?.startsWith('attachment'))
    c.res.headers.set('content-security-policy', "sandbox; default-src 'none'")
}
