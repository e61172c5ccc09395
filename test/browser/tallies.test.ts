import { describe, expect, it } from 'vitest'
import { accessible, hasBrowser, type Opened, picture, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

describe.skipIf(!hasBrowser)('报数', () => {
  const open = useBrowser()

  const enter = async (opened: Opened, link: string) => {
    await opened.page.goto(link)
    await opened.page.getByRole('button', { name: /身份进入/ }).click()
    await opened.page.getByRole('heading', { level: 1 }).waitFor()
  }

  it('a liaison fills several months in at once and is asked about what is strange; the office sees what does not add up', async () => {
    const server = await openServer('2026-12-20T02:00:00Z')
    const phone = await open(server.url, 'phone')
    await enter(phone, await server.linkFor('钱联络', 'liaison', '市财政局'))
    await phone.page.goto(`${server.url}/tallies`)
    await phone.page.getByRole('link', { name: '填报' }).click()
    for (const [month, count] of [
      ['7月', '10'],
      ['8月', '12'],
      ['9月', '11'],
      ['11月', '110'],
    ])
      await phone.page.getByLabel(`${month}政府网站`, { exact: true }).fill(count ?? '')
    await phone.page.getByLabel('11月总数', { exact: true }).fill('120')
    await phone.page.getByLabel('11月查阅点', { exact: true }).fill('3')
    expect(await phone.page.getByLabel('12月政府网站').count()).toBe(0)
    await phone.page.getByText('6个数改了，还没有保存').waitFor()
    await picture(phone.page, 'tallies-unit-390')
    await phone.page.getByRole('button', { name: /保\s?存/, exact: true }).click()
    await phone.page.getByText('前几个月一般是11条，相差5倍以上，没有报错吗？').waitFor()
    await picture(phone.page, 'tallies-asked-390')
    await phone.page.getByRole('button', { name: '都对，保存' }).click()
    await phone.page.getByText('2026年11月各渠道合计110条，比总数120条少10条，请核对。').waitFor()
    await phone.page.getByText('还缺10月的数，补报即可。').waitFor()
    await phone.page.getByRole('button', { name: '知道了' }).click()
    await phone.page.getByRole('region', { name: '改动记录' }).getByText('11月政府网站').waitFor()
    expect(
      await phone.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBe(0)
    await accessible(phone.page)

    const wide = await open(server.url)
    const { page } = wide
    await enter(wide, await server.linkFor('周科长', 'office'))
    await page.goto(`${server.url}/tallies/area?theme=${encodeURIComponent('财政收支')}&year=2025`)
    await page.getByLabel('全年数总数', { exact: true }).fill('23')
    await page.getByRole('button', { name: /保\s?存/, exact: true }).click()
    await page.getByText('已保存1个数').waitFor()
    await page.getByRole('link', { name: '全部报数' }).click()
    await page.getByRole('region', { name: '按类别' }).getByText('财政收支').waitFor()
    await page.goto(`${server.url}/tallies`)
    await page.getByText('市财政局缺10月的数').waitFor()
    await page.getByRole('region', { name: '全年合计' }).getByText('143条').waitFor()
    await accessible(page)
    await picture(page, 'tallies-1440')
    await page.getByRole('link', { name: '市财政局', exact: true }).click()
    await page.getByLabel('11月政府网站', { exact: true }).fill('11')
    await page.getByRole('button', { name: /保\s?存/, exact: true }).click()
    await page.getByText('2026年11月政府网站原报110条，改成11条吗？').waitFor()
    await page.getByRole('button', { name: '都对，保存' }).click()
    await page.getByRole('region', { name: '改动记录' }).getByText('110条 → 11条').waitFor()
    await page.getByRole('button', { name: '知道了' }).click()
    await accessible(page)
    await picture(page, 'tallies-unit-1440')
    expect([...wide.faults, ...phone.faults]).toEqual([])
  })
})
