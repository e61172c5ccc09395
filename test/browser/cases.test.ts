import { describe, expect, it } from 'vitest'
import { accessible, hasBrowser, type Opened, picture, sizes, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

describe.skipIf(!hasBrowser)('办件', () => {
  const open = useBrowser()

  const enter = async ({ page }: Opened, link: string) => {
    page.setDefaultTimeout(20_000)
    await page.goto(link)
    await page.getByRole('button', { name: /身份进入/ }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  const dialog = ({ page }: Opened) => page.getByRole('dialog')
  const choose = async (desk: Opened, name: string, option: string) => {
    const box = dialog(desk).getByRole('combobox', { name })
    await box.click()
    await box.fill(option)
    await desk.page.locator('.ant-select-item-option').filter({ hasText: option }).first().click()
  }
  const press = async (desk: Opened, name: string) => {
    await dialog(desk).locator('.ant-modal-footer .ant-btn-primary').click()
    await desk.page.getByText(name).first().waitFor()
  }
  const deed = ({ page }: Opened, name: string) =>
    page.getByRole('navigation', { name: '现在可以办' }).getByRole('button', { name, exact: true }).click()
  const fits = async ({ page }: Opened) =>
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBeLessThanOrEqual(0)
  /** The page as it stands at both widths, looked through by axe at the wider one. */
  const both = async (desk: Opened, name: string) => {
    await accessible(desk.page)
    await picture(desk.page, `${name}-1440`)
    await desk.page.setViewportSize(sizes.phone)
    await picture(desk.page, `${name}-390`)
    await fits(desk)
    await desk.page.setViewportSize(sizes.wide)
  }

  it('an application is entered, handed to a unit, told of by it and answered; nobody else reads who asked', async () => {
    const server = await openServer('2026-07-08T02:00:00Z')
    const desk = await open(server.url)
    const { page } = desk
    await enter(desk, await server.linkFor('沈清', 'office'))
    await page.goto(`${server.url}/cases?kind=application`)
    await page.getByText('没有符合条件的办件').waitFor()
    await page.getByRole('button', { name: '登记申请依申请公开' }).click()
    await press(desk, '请选收到渠道')
    await choose(desk, '收到渠道', '当面提交')
    await page.getByLabel('收到申请之日').fill('2026-07-09')
    await choose(desk, '申请人类别', '自然人')
    await page.getByLabel('申请人姓名或名称').fill('赵小满')
    await page.getByLabel('申请内容').fill('青石巷拆迁补偿的标准和依据')
    await page.getByLabel('事由（可以公开说的）').fill('拆迁补偿标准')
    await press(desk, '还没有到')
    await both(desk, 'cases-form')
    await page.getByLabel('收到申请之日').fill('2026-06-15')
    await press(desk, '已登记为依申请2026-1')
    await page.getByRole('heading', { level: 1, name: /依申请2026-1/ }).waitFor()
    const address = page.url()
    await page.getByText('2026-06-16（周二）起算').first().waitFor()
    await page.getByText('端午节').first().waitFor()

    await deed(desk, '交办')
    await choose(desk, '承办单位', '市财政局')
    await press(desk, '交办：已登记')
    await both(desk, 'case-application')

    // The unit on its phone: what is asked for, its days, and no name.
    const phone = await open(server.url, 'phone')
    await enter(phone, await server.linkFor('钱联络', 'liaison', '市财政局'))
    await phone.page.goto(`${server.url}/cases`)
    await phone.page.getByRole('link', { name: '依申请2026-1' }).waitFor()
    await fits(phone)
    await picture(phone.page, 'cases-liaison-390')
    await phone.page.getByRole('link', { name: '依申请2026-1' }).click()
    await phone.page.getByRole('heading', { name: '时限怎么算' }).waitFor()
    for (const absent of ['赵小满', '青石巷', '答复申请人'])
      expect(
        await phone.page
          .getByRole('main')
          .getByText(absent, { exact: absent === '答复申请人' })
          .count(),
      ).toBe(0)
    await deed(phone, '报进展')
    await phone.page.getByLabel('办理情况').fill('材料已备齐')
    await press(phone, '报进展：已登记')
    await fits(phone)
    await accessible(phone.page)
    await picture(phone.page, 'case-liaison-390')

    // The office has the page open as it was before the unit spoke.
    await deed(desk, '答复申请人')
    await choose(desk, '办理结果', '予以公开')
    await press(desk, '这一件刚被改过')
    await picture(page, 'case-stale-1440')
    await page.getByRole('button', { name: '载入现在的内容' }).click()
    await page.getByText('材料已备齐').first().waitFor()
    await deed(desk, '答复申请人')
    await choose(desk, '办理结果', '予以公开')
    await press(desk, '答复申请人：已登记')
    await page.getByText('已答复', { exact: true }).first().waitFor()
    await both(desk, 'case-answered')
    const [letter] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '登记回执' }).click(),
    ])
    expect(letter.suggestedFilename()).toBe('登记回执-依申请2026-1.docx')
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 1040, height: 720 })
    await picture(page, 'case-print')
    await page.emulateMedia({ media: null })
    await page.setViewportSize(sizes.wide)

    const stranger = await open(server.url)
    await enter(stranger, await server.linkFor('孙联络', 'liaison', '市教育局'))
    await stranger.page.goto(address)
    await stranger.page.getByText('没有这一件，或者不是本单位的').waitFor()
    expect([...desk.faults, ...phone.faults, ...stranger.faults]).toEqual([])
  }, 180_000)

  it('an incident runs by the hour, is handed on and stated; the overview and the list say how long is left', async () => {
    const server = await openServer('2026-07-08T02:00:00Z')
    const desk = await open(server.url)
    const { page } = desk
    await enter(desk, await server.linkFor('沈清', 'office'))
    await page.goto(`${server.url}/cases?kind=incident`)
    await page.getByRole('button', { name: '登记舆情' }).click()
    await page.getByLabel('事由').fill('网传城南停水')
    await dialog(desk).getByText('重大', { exact: true }).click()
    await page.getByLabel('监测发现的时间').fill('2026-07-08T07:30')
    await press(desk, '已登记为舆情2026-1')
    await page.getByText('还有2小时30分钟').first().waitFor()
    await deed(desk, '转办')
    await choose(desk, '承办单位', '市水务局')
    await press(desk, '转办：已登记')
    await both(desk, 'case-incident')
    server.clock.now = new Date('2026-07-08T05:10:00Z')
    await page.goto(`${server.url}/`)
    await page.getByRole('link', { name: '1件逾期' }).waitFor()
    await both(desk, 'cases-overview')
    await page.getByRole('link', { name: '1件逾期' }).click()
    await page.getByText('已超过40分钟').waitFor()
    await both(desk, 'cases-overdue')
    await page.goto(`${server.url}/pushes?tab=settings`)
    await page.getByRole('combobox', { name: /告知谁/ }).waitFor()
    await both(desk, 'cases-settings')
    await page.goto(`${server.url}/audit?group=cases`)
    await page.getByRole('link', { name: '舆情2026-1 网传城南停水' }).first().waitFor()
    await picture(page, 'cases-audit-1440')
    expect(desk.faults).toEqual([])
  }, 180_000)
})
