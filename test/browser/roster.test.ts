import { describe, expect, it } from 'vitest'
import { accessible, hasBrowser, type Opened, picture, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

/** Nothing of the page hangs over the right edge. */
const fits = async ({ page }: Opened) =>
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)

describe.skipIf(!hasBrowser)('the register and the pushes', () => {
  const open = useBrowser()

  const enter = async (opened: Opened, link: string) => {
    await opened.page.goto(link)
    await opened.page.getByRole('button', { name: /身份进入/ }).click()
    await opened.page.getByRole('heading', { level: 1 }).waitFor()
  }

  it('a unit is entered and changed, somebody gets a code, a room is bound; the second editor is told', async () => {
    const server = await openServer('2026-04-20T02:00:00Z')
    const wide = await open(server.url)
    const { page } = wide
    await enter(wide, await server.linkFor('周科长', 'office'))
    await page.goto(`${server.url}/roster`)
    await page.getByRole('button', { name: '新增单位', exact: true }).click()
    await page.getByRole('textbox', { name: '名称' }).fill('市低空办')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('button', { name: '修改市低空办' }).waitFor()
    await accessible(page)
    await picture(page, 'roster-units-1440')

    const other = await open(server.url)
    await enter(other, await server.linkFor('吴科长', 'office'))
    for (const one of [page, other.page]) {
      await one.goto(`${server.url}/roster?q=${encodeURIComponent('市低空办')}`)
      await one.getByRole('button', { name: '修改市低空办' }).click()
    }
    await page.getByLabel('单位分管领导').fill('郑主任')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('cell', { name: '郑主任' }).waitFor()
    await other.page.getByLabel('单位分管领导').fill('冯主任')
    await other.page.getByRole('button', { name: '保存' }).click()
    await other.page.getByRole('button', { name: '载入现在的内容' }).click()
    expect(await other.page.getByLabel('单位分管领导').inputValue()).toBe('郑主任')

    await page.goto(`${server.url}/roster?tab=people`)
    await page.getByRole('button', { name: '新增人员' }).click()
    await page.getByRole('textbox', { name: '姓名' }).fill('<b>郝联络</b>')
    await page.getByRole('combobox', { name: '单位' }).fill('市低空办')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.getByLabel('手机号码').fill('13800001234')
    await picture(page, 'roster-person-1440')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    const found = `${server.url}/roster?tab=people&q=${encodeURIComponent('郝联络')}`
    await page.goto(found)
    await page.getByRole('button', { name: '账号与请假：<b>郝联络</b>' }).click()
    await page.getByRole('button', { name: '发一个绑定码' }).click()
    await page
      .getByText(/绑定 [2-9A-HJKMNP-Z]{8}/)
      .first()
      .waitFor()
    await picture(page, 'roster-code-1440')
    await page.goto(found)
    await page.getByRole('cell', { name: '<b>郝联络</b>', exact: true }).waitFor()
    await accessible(page)
    await picture(page, 'roster-people-1440')

    await page.goto(`${server.url}/roster?tab=rooms`)
    await page.getByRole('button', { name: '绑定一个群' }).click()
    await page.getByLabel('群的编号').fill('wecom:wr_1')
    await page.getByRole('combobox', { name: '单位' }).fill('市低空办')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('cell', { name: 'wecom:wr_1', exact: true }).waitFor()
    await accessible(page)
    await picture(page, 'roster-rooms-1440')

    const phone = await open(server.url, 'phone')
    await enter(phone, await server.linkFor('周科长', 'office'))
    for (const tab of ['units', 'people', 'rooms']) {
      await phone.page.goto(`${server.url}/roster?tab=${tab}`)
      await phone.page.getByText(/截至/).first().waitFor()
      await fits(phone)
      await picture(phone.page, `roster-${tab}-390`)
    }
    expect([...wide.faults, ...other.faults, ...phone.faults]).toEqual([])
  }, 120_000)

  it('a roster file comes down, and what a changed one would do is shown before it is written', async () => {
    const server = await openServer('2026-04-20T02:00:00Z')
    const wide = await open(server.url)
    const { page } = wide
    await enter(wide, await server.linkFor('周科长', 'office'))
    await page.goto(`${server.url}/roster`)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载通讯录' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('通讯录2026-04-20.xlsx')
    const choose = (name: string, text: string) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    await choose('roster.json', JSON.stringify({ level: '市', units: ['市低空办'] }))
    await page.getByText('新增 市低空办').waitFor()
    await picture(page, 'roster-import-1440')
    await page.getByRole('button', { name: '确认导入' }).click()
    await page.getByRole('button', { name: '修改市低空办' }).waitFor()
    await choose('roster.json', 'no roster')
    await page.getByRole('alert').filter({ hasText: '不是 UTF-8 的 JSON' }).waitFor()
    expect(wide.faults).toEqual([])
  })

  it('the pushes: accounts, the week ahead, standing pushes, settings, noise, wide and on a phone', async () => {
    const server = await openServer('2026-04-20T02:00:00Z')
    const wide = await open(server.url)
    const phone = await open(server.url, 'phone')
    await enter(wide, await server.linkFor('周科长', 'office'))
    await enter(phone, await server.linkFor('周科长', 'office'))
    for (const tab of ['accounts', 'ahead', 'subscriptions', 'settings', 'noise']) {
      await wide.page.goto(`${server.url}/pushes?tab=${tab}`)
      await wide.page
        .getByText(tab === 'settings' ? '推送时段从' : /截至|推算/)
        .first()
        .waitFor()
      await accessible(wide.page)
      await picture(wide.page, `pushes-${tab}-1440`)
      await phone.page.goto(`${server.url}/pushes?tab=${tab}`)
      await phone.page
        .getByText(tab === 'settings' ? '推送时段从' : /截至|推算/)
        .first()
        .waitFor()
      await fits(phone)
      await picture(phone.page, `pushes-${tab}-390`)
    }
    expect([...wide.faults, ...phone.faults]).toEqual([])
  }, 120_000)

  it('a message to come is read beforehand, a setting that cannot be is refused, a standing push begins', async () => {
    const server = await openServer('2026-04-20T02:00:00Z')
    const wide = await open(server.url)
    await enter(wide, await server.linkFor('周科长', 'office'))
    const { page } = wide
    await page.goto(`${server.url}/pushes?tab=ahead`)
    await page.locator('summary', { hasText: '4月27日' }).click()
    await page
      .getByRole('button', { name: /看内容：4月27日/ })
      .first()
      .click()
    await page
      .getByText(/任务|没有要说的/)
      .first()
      .waitFor()
    await picture(page, 'pushes-preview-1440')

    await page.goto(`${server.url}/pushes?tab=settings`)
    await page.getByLabel('清单和提醒的时间').fill('20:00')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: '推送时段' }).waitFor()

    await page.goto(`${server.url}/pushes?tab=subscriptions`)
    await page.getByRole('button', { name: '设置推送' }).click()
    await page.getByRole('combobox', { name: '推送到' }).click()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('cell', { name: '每周五16:00', exact: true }).waitFor()
    await picture(page, 'pushes-begun-1440')
    expect(wide.faults).toEqual([])
  }, 120_000)
})
