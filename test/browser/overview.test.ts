import { describe, expect, it } from 'vitest'
import { dispatch } from '../../src/flow/dispatch.ts'
import { accessible, hasBrowser, type Opened, picture, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

const enter = async ({ page }: Opened, link: string) => {
  await page.goto(link)
  await page.getByRole('button', { name: /身份进入/ }).click()
  await page.getByRole('heading', { name: '总览' }).waitFor()
}

/** All of the page is there: the charts are drawn, the year's days stand, and what moved is told. */
const whole = async ({ page }: Opened) => {
  await page.getByRole('heading', { name: /年到期日历/ }).waitFor()
  await page.locator('.months table').first().waitFor()
  await page.locator('#by-theme ~ div svg text', { hasText: '按时办结' }).first().waitFor()
  await page.getByRole('heading', { name: '最近七天' }).waitFor()
}

/** How far the page can be scrolled sideways. */
const overhang = ({ page }: Opened) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')

const hrefs = (page: Opened['page'], selector: string): Promise<string[]> =>
  page.locator(selector).evaluateAll((all) => all.map((one) => decodeURIComponent(one.getAttribute('href') ?? '')))

describe.skipIf(!hasBrowser)('the overview', () => {
  const open = useBrowser()

  it('shows a leader where the year stands, each figure with its rows', async () => {
    const server = await openServer('2026-04-01T02:00:00Z')
    const { deps, clock } = server
    const { view } = await deps.cache(deps.store)
    const finance = view.units.find(({ name }) => name === '市财政局')
    const place = { platform: 'console' as const, route: 'web' }
    const says = async (id: string, role: 'office' | 'liaison', text: string) => {
      const units = role === 'liaison' ? [finance?.id ?? ''] : []
      const actor = { id, name: id, role, units, charge: [] }
      const room = { ...place, kind: 'person' as const, id }
      const message = {
        ...place,
        id: `${id}:${text}`,
        at: clock.now,
        from: { id, name: id },
        room,
        addressed: true,
        text,
      }
      const { refused, reply } = await dispatch(deps, message, true, actor)
      expect([refused, reply?.title]).toEqual([undefined, expect.stringMatching(/已|收到|通过|催办/)])
    }
    clock.now = new Date('2026-09-14T02:00:00Z')
    await says('财政联络员', 'liaison', '5-1 4月的已公开')
    await says('主管科室', 'office', '通过 5-1')
    await says('主管科室', 'office', '催办 6-1')
    clock.now = new Date('2026-09-15T02:00:00Z')
    const link = await server.linkFor('李副市长', 'leader')

    const wide = await open(server.url)
    await enter(wide, link)
    await whole(wide)
    await accessible(wide.page)
    await picture(wide.page, 'overview-1440')
    expect(await hrefs(wide.page, '.figures a')).toEqual([
      '/ledger?set=due',
      '/ledger?state=done&set=due',
      '/ledger?set=ontime',
      '/ledger?set=late',
      '/ledger?state=overdue&set=due',
      '/ledger?state=review',
      ...['unclaimed', 'standing', 'waiting', 'suspended', 'waived', 'unconfirmed'].map(
        (state) => `/ledger?state=${state}&role=lead`,
      ),
    ])
    expect(await hrefs(wide.page, '.day a')).toContain(
      '/ledger?state=open,returned,review,done,unclaimed,undivided&due=2026-09-30..2026-09-30',
    )
    const figures = await wide.page.locator('.figure').allInnerTexts()
    expect(figures[0]).toMatch(/应办（已到期）\s+[1-9]\d*/)
    expect(figures[3]).toMatch(/逾期办结\s+1/)
    const moved = wide.page.locator('section', { has: wide.page.getByRole('heading', { name: '最近七天' }) })
    expect(await moved.textContent()).toMatch(
      /9月14日[\s\S]+市财政局\s*上报 1：公开26-5-1\s*办结 1：公开26-5-1[\s\S]+催办 1/,
    )

    await wide.page.emulateMedia({ media: 'print' })
    await wide.page.setViewportSize({ width: 1040, height: 720 })
    await picture(wide.page, 'overview-print')
    expect(await wide.page.locator('svg').first().isVisible()).toBe(false)
    expect(await wide.page.getByRole('table').first().isVisible()).toBe(true)
    await wide.page.emulateMedia({ media: 'screen' })
    await wide.page.setViewportSize({ width: 1440, height: 900 })

    await wide.page.getByRole('link', { name: '市财政局', exact: true }).click()
    await wide.page.waitForURL(/unit=/)
    await wide.page.getByText('市财政局 · 全部在督方案').waitFor()
    expect((await hrefs(wide.page, '.figures a'))[0]).toBe(`/ledger?unit=${finance?.id}&set=due`)
    await wide.page.getByRole('button', { name: '下一年' }).click()
    await wide.page.getByText('2027年放假安排还没有公布').waitFor()
    await picture(wide.page, 'overview-unit-1440')
    expect(wide.faults).toEqual([])
  }, 180_000)

  it('fits a phone, and shows a liaison nothing but their own unit', async () => {
    const server = await openServer('2026-04-01T02:00:00Z')
    server.clock.now = new Date('2026-09-15T02:00:00Z')
    const phone = await open(server.url, 'phone')
    await enter(phone, await server.linkFor('财政联络员', 'liaison', '市财政局'))
    await phone.page.locator('.months table').first().waitFor()
    await phone.page.locator('#by-theme ~ div svg text', { hasText: '按时办结' }).first().waitFor()
    expect(await phone.page.locator('.light-unit').allInnerTexts()).toEqual(['市财政局'])
    expect(await phone.page.locator('.months table').count()).toBe(3)
    expect(await overhang(phone)).toBe(0)
    await accessible(phone.page)
    await picture(phone.page, 'overview-390')
    expect(phone.faults).toEqual([])
  }, 120_000)

  it('says what the first step is where no plan was released', async () => {
    const server = await openServer('2026-04-01T02:00:00Z')
    const { store } = server.deps
    const { t } = store
    await store.atomic((q) => [
      q.update(t.plans).set({ state: 'draft' }),
      q.update(t.offices).set({ rosterVersion: 1_000 }),
    ])
    const wide = await open(server.url)
    await enter(wide, await server.linkFor('主管科室', 'office'))
    await wide.page.getByText('到“方案”核对并下达').waitFor()
    await wide.page.getByRole('link', { name: '去“方案”' }).click()
    await wide.page.waitForURL(/\/plans$/)
  })
})
