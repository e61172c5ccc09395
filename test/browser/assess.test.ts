import { describe, expect, it } from 'vitest'
import { accessible, hasBrowser, type Opened, picture, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

const table = `一级指标,二级指标,分值,评分标准,责任单位,评分方式
办理,督办事项办理,80,按台账和规则计分,,台账
机制,制度建设,20,缺一项扣2分,市财局本级,
合计,,100,,,
`
const wrong = table.replace('合计,,100', '合计,,90')

describe.skipIf(!hasBrowser)('考核', () => {
  const open = useBrowser()

  const enter = async (opened: Opened, link: string) => {
    await opened.page.goto(link)
    await opened.page.getByRole('button', { name: /身份进入/ }).click()
    await opened.page.getByRole('heading', { level: 1 }).waitFor()
  }
  const file = (text: string) => ({ name: '指标表.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

  it('a table is read and told what is wrong, a unit gives its own score, the office its, every line has its duty', async () => {
    const server = await openServer('2026-12-20T02:00:00Z')
    const wide = await open(server.url)
    const { page } = wide
    await enter(wide, await server.linkFor('周科长', 'office'))
    await page.goto(`${server.url}/assess`)
    await page.getByRole('button', { name: '新建考核' }).click()
    await page.locator('input[type=file]').setInputFiles(file(wrong))
    await page.getByText('写的是90分，各行加起来是100分').waitFor()
    await page.locator('input[type=file]').setInputFiles(file(table))
    await page.getByText('读出2项指标，共100.00分，其中台账计分1项').waitFor()
    await page.getByLabel('市财局本级').fill('市财政局')
    await picture(page, 'assess-import-1440')
    await page.getByRole('button', { name: '存为草稿' }).click()
    await page.getByRole('heading', { name: '各单位得分' }).waitFor()
    await page.getByRole('button', { name: '评分规则' }).click()
    await page.getByLabel('占绩效考核的分值权重').fill('3')
    await page.getByLabel('分值权重不低于').fill('4')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('低于本机关设定的下限4.00%').waitFor()
    await page.getByLabel('占绩效考核的分值权重').fill('4')
    await picture(page, 'assess-rules-1440')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '开始评分' }).click()
    await page.getByRole('button', { name: '确定开始评分' }).click()
    await page.getByText('评分中').waitFor()
    await accessible(page)
    await picture(page, 'assess-one-1440')
    const address = page.url()

    const phone = await open(server.url, 'phone')
    await enter(phone, await server.linkFor('钱联络', 'liaison', '市财政局'))
    await phone.page.goto(address)
    await phone.page.getByRole('link', { name: '市财政局' }).click()
    await phone.page.getByRole('button', { name: '自评 2.1' }).click()
    await phone.page.getByLabel(/分数/).fill('19.5')
    await phone.page.getByLabel('佐证').fill('制度汇编')
    await phone.page.getByRole('button', { name: /确\s?定/ }).click()
    await phone.page.getByText('19.50，佐证：制度汇编').waitFor()
    expect(
      await phone.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBe(0)
    await accessible(phone.page)
    await picture(phone.page, 'assess-unit-390')

    await page.getByRole('link', { name: '市财政局', exact: true }).click()
    await page.getByRole('button', { name: '评分 2.1', exact: true }).click()
    await page.getByLabel(/分数/).fill('18')
    await page.getByRole('button', { name: /确\s?定/ }).click()
    await page.getByText('要写明扣分理由').waitFor()
    await page.getByLabel('理由').fill('缺一项')
    await page.getByRole('button', { name: /确\s?定/ }).click()
    await page.getByText('18.00，缺一项').waitFor()
    await accessible(page)
    await picture(page, 'assess-unit-1440')
    await page.getByRole('region', { name: '台账计分' }).getByRole('link').first().click()
    await page.waitForURL(/\/duties\//)
    expect([...wide.faults, ...phone.faults]).toEqual([])
  }, 120_000)
})
