import { describe, expect, it } from 'vitest'
import { findDuties } from '../../db/queries/duties.ts'
import { accessible, hasBrowser, type Opened, picture, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

/** By the link, in. */
const enter = async ({ page }: Opened, link: string) => {
  await page.goto(link)
  await page.getByRole('button', { name: /身份进入/ }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
}

const noSidewaysScroll = ({ page }: Opened) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth <= document.documentElement.clientWidth')

describe.skipIf(!hasBrowser)('a duty and the review queue', () => {
  const open = useBrowser()

  it('a liaison reports, the office returns, approves many at once, and everybody reads what happened', async () => {
    const server = await openServer('2026-05-18T02:00:00Z')
    const { deps, url } = server
    const reviewer = await server.linkFor('王科长', 'office')
    const liaison = await server.linkFor('周小舟', 'liaison', '市财政局')
    const unit = (await deps.cache(deps.store)).view.units.find(({ name }) => name === '市财政局')?.id ?? ''
    const duty = (await findDuties(deps.store, { units: [unit], states: ['open'] })).find(
      ({ role, dueOn }) => role === 'lead' && dueOn !== null && dueOn >= '2026-05-01',
    )
    if (!duty) throw new Error('nothing is due')

    const own = await open(url, 'phone')
    await enter(own, liaison)
    await own.page.goto(`${url}/duties/${duty.id}`)
    await own.page.getByRole('heading', { level: 1, name: /市财政局/ }).waitFor()
    await accessible(own.page)
    await picture(own.page, 'duty-390')
    expect(await noSidewaysScroll(own)).toBe(true)
    await own.page.getByRole('button', { name: '上报', exact: true }).click()
    const dialog = own.page.getByRole('dialog')
    await dialog.getByLabel('链接').fill('http://127.0.0.1/inside')
    await dialog.getByLabel('完成情况').fill('已公开<img src=x onerror=alert(1)>')
    await dialog.getByLabel('保密审查人').fill('王静')
    await picture(own.page, 'duty-report-390')
    await dialog.getByRole('button', { name: '确定上报' }).click()
    await dialog.getByText('已收到反馈，待审核').waitFor()
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    await own.page.getByRole('button', { name: '撤回反馈' }).waitFor()

    const office = await open(url)
    await enter(office, reviewer)
    await office.page.goto(`${url}/review?unit=${unit}`)
    await office.page.getByRole('heading', { name: /待审核的反馈（1）/ }).waitFor()
    await office.page.keyboard.press('j')
    await office.page.keyboard.press('Enter')
    await office.page.getByText('已公开<img src=x onerror=alert(1)>').waitFor()
    await accessible(office.page)
    await picture(office.page, 'review-1440')
    await office.page.getByRole('button', { name: '退回', exact: true }).click()
    await office.page.getByRole('dialog').getByLabel('退回原因').fill('链接打不开')
    await office.page.getByRole('button', { name: '确定退回' }).click()
    await office.page.getByRole('dialog').getByText('已退回').first().waitFor()
    await office.page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click()

    await own.page.reload()
    await own.page.getByText('链接打不开').first().waitFor()
    await own.page.getByRole('button', { name: '上报', exact: true }).click()
    await own.page.getByRole('dialog').getByLabel('完成情况').fill('已改')
    await own.page.getByRole('button', { name: '确定上报' }).click()
    await own.page.getByRole('dialog').getByText('已收到反馈，待审核').waitFor()

    await office.page.goto(`${url}/review?unit=${unit}`)
    await office.page.getByRole('heading', { name: /退回后重报（1）/ }).waitFor()
    await office.page.keyboard.press('j')
    await office.page.keyboard.press('x')
    await office.page.getByText('已选1项').waitFor()
    await office.page.getByRole('button', { name: '通过选中的' }).click()
    await office.page.getByText(/办理1项/).waitFor()
    await picture(office.page, 'review-done-1440')

    await office.page.goto(`${url}/duties/${duty.id}`)
    await office.page.getByText('审核通过').first().waitFor()
    await office.page.getByRole('button', { name: '检查链接' }).click()
    await office.page.getByText(/没有检查/).waitFor()
    await accessible(office.page)
    await picture(office.page, 'duty-1440')
    const review = await open(url, 'phone')
    await enter(review, await server.linkFor('李科员', 'office'))
    await review.page.goto(`${url}/review?unit=${unit}`)
    await review.page.getByText('没有等主管科室办理的').waitFor()
    await picture(review.page, 'review-390')
    expect(await noSidewaysScroll(review)).toBe(true)
    expect([...own.faults, ...office.faults, ...review.faults]).toEqual([])
  })
})
