import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'

const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = process.env.CHROMIUM ?? found.find((path) => existsSync(path))
/** Whether there is a browser to test with; a test that needs one says that it skips. */
export const hasBrowser = executablePath !== undefined

/**
 * Playwright's own list, since Chromium heeds the last one that it is given, and the address bar's pop-ups: each window
 * would start two processes for them, which cost as much as a page.
 */
const without = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades'],
  ...[
    'HttpsFirstBalancedModeAutoEnable',
    'LensOverlay',
    'MediaRouter',
    'PaintHolding',
    'ThirdPartyStoragePartitioning',
  ],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled'],
  ...['PreconnectToSearch', 'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'],
].join(',')
const quiet = [
  ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  `--disable-features=${without}`,
]
/** The two windows that the console is looked at in. */
export const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

/** Where the pictures of a run are kept: the test's output, never committed from here. */
export const PICTURES = resolve(process.env.PICTURES ?? 'dist/pictures')

/** One Chromium for a test file. */
export const useBrowser = () => {
  let browser: Browser
  const contexts: BrowserContext[] = []
  beforeAll(async () => {
    if (!executablePath) return
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--lang=zh-CN', ...quiet],
      env: { ...process.env, LANGUAGE: 'zh_CN' },
    })
  })
  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
  })
  /** A fresh profile, 1440 or 390 wide; requests to any other host than `base` fail the test. */
  return async (base: string, size: keyof typeof sizes = 'wide') => {
    const context = await browser.newContext({
      viewport: sizes[size],
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      acceptDownloads: true,
      reducedMotion: 'reduce',
      ...(size === 'phone' && { isMobile: true, hasTouch: true, deviceScaleFactor: 2 }),
    })
    contexts.push(context)
    const page = await context.newPage()
    const faults: string[] = []
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(base) && !/^(data|blob):/.test(url)) faults.push(`asked another host: ${url}`)
    })
    page.on('pageerror', (error) => faults.push(`script failed: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text())
    })
    return { context, page, faults }
  }
}

export type Opened = Awaited<ReturnType<ReturnType<typeof useBrowser>>>

/** Keeps a picture of the whole page as it stands. */
export const picture = async (page: Page, name: string): Promise<void> => {
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true, animations: 'disabled' })
}

/** Nothing that axe calls serious or critical. */
export const accessible = async (page: Page): Promise<void> => {
  // Read by the page once, however often it is asked there.
  if (await page.evaluate('globalThis.axe === undefined')) await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe
    const { violations } = await run.run({ resultTypes: ['violations'] })
    return violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      at: nodes.map(({ html }) => html.slice(0, 200)),
    }))
  })
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
}
