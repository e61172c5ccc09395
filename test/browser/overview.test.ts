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

const tooWide = ({ page }: Opened) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

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
      const message = { ...place, id: `${id}:${text}`, at: clock.now, from: { id, name: id }, room, addressed: true, text }
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
  })
})
