import { describe, expect, it } from 'vitest'
import { findDuties } from '../../db/queries/duties.ts'
import { hasBrowser, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

describe.skipIf(!hasBrowser)('where the network or the server fails', () => {
  const open = useBrowser()

  it('a page says so and is read once more; what is sent is sent once, however often it is pressed', async () => {
    const server = await openServer('2026-05-18T02:00:00Z')
    const { deps, url } = server
    const unit = (await deps.cache(deps.store)).view.units.find(({ name }) => name === '市财政局')?.id ?? ''
    const duty = (await findDuties(deps.store, { units: [unit], states: ['open'] })).find(
      ({ role, dueOn }) => role === 'lead' && dueOn !== null && dueOn >= '2026-05-01',
    )
    const { page, context } = await open(url)
    await page.goto(await server.linkFor('周小舟', 'liaison', '市财政局'))
    await page.getByRole('button', { name: /身份进入/ }).click()
    await page.getByRole('heading', { name: '总览' }).waitFor()
    const menu = page.getByRole('navigation', { name: '主菜单' })
    const again = page.getByRole('button', { name: '再试一次' })

    await page.route('**/api/ledger?**', (route) => route.fulfill({ status: 503, body: 'down' }))
    await menu.getByRole('link', { name: '台账' }).click()
    await page.getByText('服务器没有处理这个请求（503）').waitFor()
    await page.unroute('**/api/ledger?**')
    await again.click()
    await page.locator('tbody tr[tabindex]').first().waitFor()

    await context.setOffline(true)
    await menu.getByRole('link', { name: '我的登录' }).click()
    await page
      .getByText(/连不上服务器|这一页没有读全/)
      .first()
      .waitFor()
    await context.setOffline(false)
    await again.click()
    await page.getByRole('cell', { name: '当前' }).waitFor()

    await page.goto(`${url}/duties/${duty?.id}`)
    await page.getByRole('button', { name: '上报', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('完成情况').fill('已公开')
    let sent = 0
    await page.route('**/api/act', async (route) => {
      sent++
      await new Promise((done) => setTimeout(done, 300))
      await route.continue()
    })
    await dialog.getByRole('button', { name: '确定上报' }).dblclick()
    await dialog.getByRole('status').waitFor()
    expect([sent, await dialog.getByRole('status').textContent()]).toEqual([
      1,
      expect.stringContaining('已收到反馈，待审核'),
    ])

    // Esc closes what is open, and the keyboard is where it was: on what opened it, or on the page where that is gone.
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    const more = page.getByRole('button', { name: '撤回反馈' })
    await more.focus()
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: '取消' }).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('撤回反馈')
  })
})
