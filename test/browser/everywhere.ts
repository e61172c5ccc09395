import { and, eq } from 'drizzle-orm'
import type { Page, Request } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { importAssessment, openAssessment, theAssessment } from '../../src/flow/assess/deeds.ts'
import { openCase } from '../../src/flow/case/act.ts'
import { draftPaper } from '../../src/flow/paper/draft.ts'
import { type Role, roleWords } from '../../src/model/person.ts'
import { accessible, type Opened, picture, sizes, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

interface PageInList {
  path: string
  title?: string
  roles: readonly Role[]
}
/** The console's own list, loaded at run time: its types are the browser's. */
export const listed = (await import(new URL('../../web/src/pages/pages.tsx', import.meta.url).href)) as {
  pages: PageInList[]
}
export const roles = ['liaison', 'head', 'leader', 'office', 'admin'] as const
export type SignedIn = (typeof roles)[number]
/** The administrator sees the office's pages, a unit's head the liaison's. */
const inPictures: readonly SignedIn[] = ['office', 'leader', 'liaison']
const unit = '市财政局'

export const nameOf = (path: string): string => path.replace(/[/:]+/g, '-').replace(/^-/, '') || 'overview'

/** A violation of the page's policy is an error of the page. */
const watchPolicy = `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('refused by the policy: ' + violatedDirective + ' ' + blockedURI))`

/** Waits for a page's own heading, frame by frame: Playwright looks twice a second. */
const headed = (page: Page, title = ''): Promise<unknown> =>
  page.evaluate(`new Promise((done, fail) => {
    const until = performance.now() + 20_000
    const look = () => {
      const at = document.querySelector('h1:not([data-left])')
      if (at?.getClientRects().length && [at.textContent, ''].includes(${JSON.stringify(title)})) done()
      else if (performance.now() > until) fail(new Error('no heading at ' + location.pathname))
      else requestAnimationFrame(look)
    }
    look()
  })`)

/** Waits until nothing is asked of the server and nothing turns. */
export const settled = async ({ page, asked }: Followed): Promise<void> => {
  await headed(page)
  await expect
    .poll(
      async () => {
        if (asked.size > 0 || (await page.locator('.ant-spin-spinning').count()) > 0) return false
        await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
        return asked.size === 0 && (await page.locator('.ant-spin-spinning').count()) === 0
      },
      { timeout: 20_000 },
    )
    .toBe(true)
}

interface Followed extends Opened {
  /** What was asked of the server and is not answered yet. */
  asked: Set<Request>
}

export const enter = async (opened: Opened, link: string): Promise<Followed> => {
  const { page, context } = opened
  const asked = new Set<Request>()
  page.on('request', (request) => asked.add(request))
  page.on('requestfinished', (request) => asked.delete(request))
  page.on('requestfailed', (request) => asked.delete(request))
  await context.addInitScript({ content: watchPolicy })
  await page.goto(link)
  await page.getByRole('button', { name: /身份进入/ }).click()
  await page.getByRole('heading', { name: '总览' }).waitFor()
  const followed = { ...opened, asked }
  await settled(followed)
  return followed
}

/**
 * Goes there inside the console, as a link does, and waits for that page's own heading: one that is not in the menu is
 * opened by its address as the office alone, since that reads the whole program again each time.
 */
export const follow = async (page: Page, path: string): Promise<void> => {
  await page.evaluate(`document.querySelector('h1').setAttribute('data-left', '')
    history.pushState(null, '', ${JSON.stringify(path)})
    dispatchEvent(new PopStateEvent('popstate'))`)
  await headed(page)
}

/** A server on which every page has something to show, and the addresses of the pages there. */
export const useEveryPage = () => {
  const open = useBrowser()
  let server: Awaited<ReturnType<typeof openServer>>
  const addresses: Record<string, string> = {}
  const papers = { wide: '', own: '' }
  beforeAll(async () => {
    server = await openServer('2026-04-20T02:00:00Z')
    const { q, t, office } = server.deps.store
    const { view } = await server.deps.cache(server.deps.store)
    const own = view.units.find(({ name }) => name === unit)?.id ?? ''
    const [duty] = await q
      .select({ id: t.duties.id, plan: t.duties.plan })
      .from(t.duties)
      .where(and(eq(t.duties.office, office), eq(t.duties.unit, own), eq(t.duties.role, 'lead')))
      .limit(1)
    addresses['/duties/:id'] = `/duties/${duty?.id}`
    for (const tail of ['', '/close', '/following']) addresses[`/plans/:id${tail}`] = `/plans/${duty?.plan}${tail}`
    const stamp = { by: 'admin:test', via: 'test:assess', at: server.clock.now }
    const base = { theme: '', standard: '', units: [] }
    const indicators = [
      { ...base, number: '1', name: '督办事项办理', points: 8000, by: 'rules' as const },
      { ...base, number: '2', name: '工作机制', points: 2000, by: 'people' as const },
    ]
    const span = { title: '2026年政务公开考核', from: '2026-01-01', to: '2026-12-31' }
    const { id } = await importAssessment(server.deps, { ...span, indicators }, stamp)
    await openAssessment(server.deps, await theAssessment(server.deps, id), stamp)
    addresses['/assess/:id'] = `/assess/${id}`
    addresses['/tallies/:unit'] = `/tallies/${encodeURIComponent(own)}`
    addresses['/assess/:id/units/:unit'] = `/assess/${id}/units/${encodeURIComponent(own)}`
    const subject = { channel: 'inPerson', at: '2026-04-13', applicant: 'natural', name: '赵小满', description: '标准' }
    const officer = { id: 'admin:test', name: '', role: 'office' as const, units: [], charge: [] }
    const entered = await openCase(server.deps, officer, 'application', { ...subject, unit: own }, stamp)
    addresses['/cases/:id'] = `/cases/${entered.id}`
    const asked = { window: { from: '2026-01-01', to: '2026-12-31' }, plan: '' }
    const bulletin = await draftPaper(server.deps, { ...asked, kind: 'bulletin', units: [] }, stamp)
    const list = await draftPaper(server.deps, { ...asked, kind: 'list', units: [own] }, stamp)
    papers.wide = `/papers/${bulletin?.id}`
    papers.own = `/papers/${list?.id}`
    addresses['/papers/:id'] = papers.wide
  })
  const addressOf = (path: string): string => addresses[path] ?? path

  const linkOf = (role: SignedIn) =>
    server.linkFor(`${roleWords[role]}甲`, role, ...(role === 'liaison' || role === 'head' ? [unit] : []))

  /** Every page of that role, at both widths. */
  const itOpens = (role: SignedIn) =>
    it(`of ${role} opens at 1440 and 390: no fault, no other host, nothing wider than the window`, async () => {
      addresses['/papers/:id'] = role === 'liaison' || role === 'head' ? papers.own : papers.wide
      const opened = await enter(await open(server.url), await linkOf(role))
      const { page, faults } = opened
      expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
      const menu = page.getByRole('navigation', { name: '主菜单' })
      const mine = listed.pages.filter((one) => one.roles.includes(role))
      const titles = mine.flatMap(({ title }) => (title ? [title] : []))
      expect((await menu.getByRole('link').allInnerTexts()).filter((text) => text !== '模拟群')).toEqual(titles)

      const wrong: string[] = []
      for (const { path, title } of mine) {
        await page.setViewportSize(sizes.wide)
        if (title) {
          await menu.getByRole('link', { name: title, exact: true }).click()
          await headed(page, title)
        } else if (role === 'office') await page.goto(server.url + addressOf(path))
        else await follow(page, addressOf(path))
        for (const size of [sizes.wide, sizes.phone]) {
          const { width } = size
          const says = (text: string) => wrong.push(`${path} at ${width}: ${text}`)
          await page.setViewportSize(size)
          await settled(opened)
          const heads = await page.locator('h1').count()
          if (heads !== 1) says(`${heads} h1`)
          const [refused] = await page.locator('.ant-result').allTextContents()
          if (refused) says(refused)
          const over = (await page.evaluate<number>('document.documentElement.scrollWidth')) - width
          if (over > 0) says(`${over} px wider than the window`)
          if (role === 'office' || (role === 'liaison' && size === sizes.wide))
            await accessible(page).catch((error: Error & { actual?: unknown }) => says(JSON.stringify(error.actual)))
          if (inPictures.includes(role)) await picture(page, `${nameOf(path)}-${role}-${width}`)
        }
      }
      const foreign = listed.pages.find((one) => !one.roles.includes(role))
      if (foreign) {
        await page.goto(server.url + addressOf(foreign.path))
        await page.getByText('没有这一页').waitFor()
      }
      expect([...wrong, ...faults]).toEqual([])
    }, 180_000)

  return { open, server: () => server, addresses, addressOf, linkOf, itOpens }
}
