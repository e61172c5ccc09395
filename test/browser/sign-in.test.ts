import { describe, expect, it } from 'vitest'
import { accessible, hasBrowser, picture, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

describe.skipIf(!hasBrowser)('signing in', () => {
  const open = useBrowser()

  it('the first administrator comes in by the link of the first start, once', async () => {
    const server = await openServer('2026-04-20T02:00:00Z')
    const { page, faults } = await open(server.url)
    await page.goto(server.firstLink ?? '')
    await page.getByRole('button', { name: /身份进入/ }).waitFor()
    expect(page.url()).not.toContain('#')
    await accessible(page)
    await picture(page, 'signin-1440')
    await page.getByRole('button', { name: /身份进入/ }).click()
    await page.getByRole('heading', { name: '总览' }).waitFor()
    await accessible(page)
    await picture(page, 'overview-1440')

    const again = await open(server.url, 'phone')
    await again.page.goto(server.firstLink ?? '')
    await again.page.getByRole('alert').waitFor()
    expect(await again.page.getByRole('alert').textContent()).toContain('已经用过')
    await picture(again.page, 'signin-used-390')
    expect([...faults, ...again.faults]).toEqual([])
  })
})
