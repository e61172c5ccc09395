import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findDuties } from '../../db/queries/duties.ts'
import { readWorkbook } from '../../src/plan/readers/xlsx.ts'
import { accessible, hasBrowser, picture, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

/** The duties of the demo once more and again, so that there is something to scroll through. */
const MANY = 2500

describe.skipIf(!hasBrowser)('the ledger', () => {
  const open = useBrowser()

  it('filters, scrolls to any row, opens it, prints, and exports what is seen', async () => {
    const server = await openServer('2026-04-20T02:00:00Z')
    const { store } = server.deps
    const [model] = await findDuties(store, { states: ['open'], role: 'lead' })
    if (!model) throw new Error('an empty demo')
    const { plan, task, ord, unit, dueOn } = model
    const more = Array.from({ length: MANY }, (_, i) => ({
      ...{ office: store.office, id: `more-${i}`, plan, task, ord, unit, dueOn, owedOn: dueOn },
      ...{ role: 'lead' as const, demand: 0, round: `more-${i}`, state: 'open' as const, named: true },
    }))
    for (let i = 0; i < MANY; i += 500)
      await store.atomic((q) => [q.insert(store.t.duties).values(more.slice(i, i + 500))])
    const { page, faults } = await open(server.url)
    await page.goto(await server.linkFor('王科', 'office'))
    await page.getByRole('button', { name: /身份进入/ }).click()
    await page.getByRole('heading', { name: '总览' }).waitFor()
    await page.goto(`${server.url}/ledger`)
    const total = page.getByText(/共 \d+ 项/)
    await total.waitFor()
    const count = async () => Number(/\d+/.exec((await total.textContent()) ?? '')?.[0])
    const whole = await count()
    expect(whole).toBeGreaterThan(MANY)
    await page.locator('tbody tr[tabindex]').first().waitFor()
    await accessible(page)
    await picture(page, 'ledger-1440')

    // Far down: the rows of that page are read, and the address says which page it is.
    const box = page.getByRole('region', { name: '台账表格' })
    await box.evaluate((it) => it.scrollTo(0, 2050 * 40))
    await page.locator('tr[aria-rowindex="2060"] td').nth(1).getByText(/-/).waitFor()
    await page.waitForURL(/page=21/)
    expect(await page.locator('tbody tr[tabindex]').count()).toBeLessThan(80)
    await page.reload()
    await page.locator('tr[aria-rowindex="2010"] td').nth(1).getByText(/-/).waitFor()

    // A filter stands in the address; the address is the look.
    await page.goto(`${server.url}/ledger?light=yellow&sort=due`)
    await page.locator('tbody tr[tabindex]').first().getByText('黄灯').waitFor()
    expect(await count()).toBeLessThan(whole)
    await page.goto(`${server.url}/ledger?q=${encodeURIComponent('没有这样的词')}`)
    await page.getByText('没有符合条件的任务').waitFor()
    await page.getByRole('searchbox').fill(`${model.planCode}-${model.number}`)
    await page.keyboard.press('Enter')
    await page.locator('tbody tr[tabindex]').first().waitFor()
    expect(decodeURIComponent(page.url())).toContain(`q=${model.planCode}-${model.number}`)
    await picture(page, 'ledger-search-1440')

    // Columns are kept by the browser.
    await page.getByRole('button', { name: /列$/ }).click()
    await page.getByRole('checkbox', { name: '方案' }).check()
    await page.reload()
    await page.getByRole('columnheader', { name: '方案' }).waitFor()

    // By keyboard: down a row, Enter opens it.
    await page.goto(`${server.url}/ledger?state=overdue,open&unit=${unit}&due=..2026-12-31`)
    const first = page.locator('tbody tr[tabindex]').first()
    await first.focus()
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate('document.activeElement.getAttribute("aria-rowindex")')).toBe('3')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/duties\//)
    await page.goBack()
    await page.locator('tbody tr[tabindex]').first().waitFor()

    // The file is what is seen.
    await page.goto(`${server.url}/ledger?year=2026&role=lead&sort=-due`)
    await page.locator('tbody tr[tabindex]').first().waitFor()
    const rows = await count()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出 Excel' }).click()
    const download = await saved
    expect(download.suggestedFilename()).toMatch(/^台账-.*2026-04-20\.xlsx$/)
    const sheets = readWorkbook(new Uint8Array(readFileSync(await download.path())))
    expect(sheets[0]?.name).toBe('全部')
    expect(sheets[0]?.rows).toHaveLength(rows + 1)
    expect(sheets[0]?.rows[0]?.cells).toContain('方案')
    expect(sheets.slice(1).reduce((sum, sheet) => sum + sheet.rows.length - 1, 0)).toBe(rows)

    // On paper every row of the filter.
    await page.goto(`${server.url}/ledger?role=support`)
    await page.locator('tbody tr[tabindex]').first().waitFor()
    const parts = await count()
    await page.evaluate('window.print = () => undefined')
    // Printed by the browser's own menu, the paper says that it is not all.
    await page.emulateMedia({ media: 'print' })
    await page.getByText('只打印了当前可见的行').waitFor()
    await page.emulateMedia({ media: 'screen' })
    expect(await page.getByText('只打印了当前可见的行').isVisible()).toBe(false)
    await page.getByRole('button', { name: /打印$/ }).click()
    await page.locator('.ledger-printed').waitFor({ state: 'attached' })
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.ledger-printed tbody tr').count()).toBe(parts)
    expect(await page.locator('.ledger-box').isVisible()).toBe(false)
    expect(await page.getByText('只打印了当前可见的行').count()).toBe(0)
    const paper = await page.pdf({ preferCSSPageSize: true })
    expect(paper.length).toBeGreaterThan(10_000)
    expect(faults).toEqual([])
  }, 150_000)

  it('is a list of cards on a phone, of one unit to its liaison', async () => {
    const server = await openServer('2026-04-20T02:00:00Z')
    const { view } = await server.deps.cache(server.deps.store)
    const [duty] = await findDuties(server.deps.store, { states: ['open'], role: 'lead' })
    const unit = view.units.find(({ id }) => id === duty?.unit)
    const { page, faults } = await open(server.url, 'phone')
    await page.goto(await server.linkFor('小李', 'liaison', unit?.name ?? ''))
    await page.getByRole('button', { name: /身份进入/ }).click()
    await page.getByRole('heading', { name: '总览' }).waitFor()
    await page.goto(`${server.url}/ledger`)
    await page.locator('.ledger-card').first().waitFor()
    await accessible(page)
    await picture(page, 'ledger-390')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    expect(await page.getByRole('button', { name: /导出/ }).count()).toBe(0)
    await page.locator('.ledger-card').first().click()
    await page.waitForURL(/\/duties\//)
    expect(faults).toEqual([])
  })
})
