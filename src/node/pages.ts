import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { etag } from 'hono/etag'

/** Where `npm run build:web` puts the console. */
const built = fileURLToPath(new URL('../../dist/web/', import.meta.url))

const missing = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>督办</title>
<p>网页版还没有构建：请在项目目录运行 <code>npm run build</code>，再重新启动。</p></html>`

/** File names carry a digest of what is in them, the page that names them does not. */
const kept = 'public, max-age=31536000, immutable'

/** The console's files from disk. Every address that is no file is the page itself: the browser finds its way from there. */
export const consolePages = (folder = built): MiddlewareHandler => {
  if (!existsSync(join(folder, 'index.html'))) return async (c, next) => (isRead(c) ? c.html(missing) : next())
  const pages = new Hono()
  const fresh = {
    root: folder,
    precompressed: true,
    onFound: (_path: string, c: Context) => c.header('cache-control', 'no-cache'),
  }
  const page = serveStatic({ ...fresh, path: 'index.html' })
  pages.use(
    '/assets/*',
    serveStatic({ root: folder, precompressed: true, onFound: (_path, c) => c.header('cache-control', kept) }),
  )
  pages.get('/assets/*', (c) => c.notFound())
  // What is asked for anew each time is small, and sent only where it has changed.
  pages.use(etag())
  // Headers of the static assets are for whoever serves them on Workers.
  for (const path of ['/', '/index.html', '/_headers']) pages.get(path, page)
  pages.use(serveStatic(fresh))
  pages.get('*', page)
  return async (c, next) => (isRead(c) ? pages.fetch(c.req.raw) : next())
}

const isRead = (c: Context): boolean => c.req.method === 'GET' || c.req.method === 'HEAD'
