import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { openStore } from '../db/open.ts'
import { readConfig } from '../src/config.ts'
import { giveLink, linkUrl } from '../src/flow/console/sign-in.ts'
import { personNamed, register } from '../src/flow/roster.ts'
import { serveNode } from '../src/node.ts'
import { nodeDeps } from '../src/node-deps.ts'
import { atOffice } from '../src/time/day.ts'
import { median } from './figures.ts'
import { ASKING, ledgerFile, YEAR } from './ledger.ts'

const SAMPLES = 5
const ROW = 40
const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = process.env.CHROMIUM ?? found.find((path) => existsSync(path))

const listed = (times: readonly number[]): string => times.map((ms) => ms.toFixed(0)).join(' ')

/** The real server on a copy of a ledger of so many duties, and a link for somebody of the office. */
const openServer = async (many: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'duban-paint-'))
  const path = join(folder, 'duban.db')
  copyFileSync(await ledgerFile({ offices: 1, years: 1, each: many, asking: many, units: 50 }), path)
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', DATABASE_URL: `file:${path}`, DATA_DIR: folder })
  const store = await openStore(`file:${path}`)
  const now = () => atOffice(`${YEAR}-08-15`, '10:00', config.zone)
  const given = { config, store, now, log: () => undefined, office: ASKING }
  const serving = await serveNode(given)
  const deps = nodeDeps(given, new Set())
  const none = { units: [], charge: [], post: '' as const, mobile: '', identities: [] }
  const stamp = { by: 'admin:bench', via: `bench:${deps.newId()}`, at: now() }
  await register(deps, { people: [{ ...none, name: '甲', role: 'office' }] }, stamp)
  const person = (await personNamed(deps, '甲', 'office')) ?? ''
  return {
    url: serving.url,
    link: linkUrl(serving.url, (await giveLink(deps, person)).secret),
    close: async () => {
      await serving.stop()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** When the first thing was painted and when the headline figures stood, in milliseconds from the press of Enter. */
const paintOf = async (context: BrowserContext, url: string) => {
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'commit' })
  const stood = await page.waitForFunction('document.querySelector(".figure-n") && performance.now()')
  const figures = Number(await stood.jsonValue())
  const painted = await page.waitForFunction('performance.getEntriesByName("first-contentful-paint")[0]?.startTime')
  const first = Number(await painted.jsonValue())
  await page.close()
  return { first, figures }
}

const overview = async (launch: () => Promise<Browser>, many: number): Promise<string[]> => {
  const server = await openServer(many)
  const broken: string[] = []
  try {
    const entering = await launch()
    const entered = await entering.newContext()
    const page = await entered.newPage()
    await page.goto(server.link)
    await page.getByRole('button', { name: /身份进入/ }).click()
    await page.locator('.figure-n').first().waitFor()
    const cookies = await entered.cookies()
    await entering.close()
    const kinds = { cold: [] as { first: number; figures: number }[], warm: [] as { first: number; figures: number }[] }
    for (let i = 0; i < SAMPLES; i++) {
      // Cold: a browser that was just started and has nothing of ours; warm: the same with our files kept.
      const browser = await launch()
      const context = await browser.newContext({ bypassCSP: true })
      await context.addCookies(cookies)
      kinds.cold.push(await paintOf(context, server.url))
      kinds.warm.push(await paintOf(context, server.url))
      await browser.close()
    }
    for (const [kind, times] of Object.entries(kinds)) {
      const [first, figures] = [times.map((each) => each.first), times.map((each) => each.figures)]
      console.log(
        `${many} duties, overview ${kind}: first paint ${median(first).toFixed(0)} ms (${listed(first)}), figures ${median(figures).toFixed(0)} ms (${listed(figures)})`,
      )
      if (median(first) > 1000) broken.push(`overview ${kind}: first paint after ${median(first).toFixed(0)} ms`)
    }
  } finally {
    await server.close()
  }
  return broken
}

/** From a jump somewhere into the table until that row is read and drawn. */
const table = async (launch: () => Promise<Browser>, many: number): Promise<string[]> => {
  const server = await openServer(many)
  const browser = await launch()
  try {
    const page = await browser.newPage()
    await page.goto(server.link)
    await page.getByRole('button', { name: /身份进入/ }).click()
    await page.locator('.figure-n').first().waitFor()
    const began = performance.now()
    await page.goto(`${server.url}/ledger`)
    await page.locator('tbody tr[tabindex] td:nth-child(2)').filter({ hasText: '-' }).first().waitFor()
    const opened = performance.now() - began
    const times: number[] = []
    for (let i = 1; i <= SAMPLES; i++) {
      const row = Math.floor((many * i) / (SAMPLES + 1))
      times.push(
        Number(
          await page.evaluate(`new Promise((done) => {
            const began = performance.now()
            document.querySelector('.ledger-box').scrollTo(0, ${row * ROW})
            const look = () =>
              document.querySelector('tr[aria-rowindex="${row + 5}"] td:nth-child(2)')?.textContent
                ? done(performance.now() - began)
                : requestAnimationFrame(look)
            look()
          })`),
        ),
      )
    }
    console.log(
      `${many} duties, table: opened in ${opened.toFixed(0)} ms, rows after a jump ${median(times).toFixed(0)} ms (${listed(times)})`,
    )
    return median(times) > 1000 ? [`a jump in a table of ${many} takes ${median(times).toFixed(0)} ms`] : []
  } finally {
    await browser.close()
    await server.close()
  }
}

/** How long somebody waits for the overview of 10,000 duties and for rows in a table of 100,000, in Chromium on this machine. */
export const run = async (): Promise<void> => {
  if (!executablePath) {
    console.log('skipped: no Chromium here (apt-get install chromium, or set CHROMIUM)')
    return
  }
  // By a name that the bundler does not follow: it is not made to be bundled.
  const name = 'playwright-core'
  const { chromium } = (await import(name)) as typeof import('playwright-core')
  const launch = () => chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const broken = [...(await overview(launch, 10_000)), ...(await table(launch, 100_000))]
  if (broken.length > 0) throw new Error(broken.join('; '))
}
