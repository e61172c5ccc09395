import { readFileSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { accessible, hasBrowser, type Opened, picture, sizes, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

const DAY = '2026-07-08'

describe.skipIf(!hasBrowser)('文书', () => {
  const open = useBrowser()

  const enter = async ({ page }: Opened, link: string) => {
    page.setDefaultTimeout(20_000)
    await page.goto(link)
    await page.getByRole('button', { name: /身份进入/ }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  const choose = async ({ page }: Opened, name: string, option: string) => {
    await page.getByRole('dialog').getByRole('combobox', { name }).click()
    await page.locator('.ant-select-item-option').filter({ hasText: option }).first().click()
  }
  const press = ({ page }: Opened, name: string | RegExp) =>
    page.getByRole('dialog').getByRole('button', { name }).click()
  const took = async ({ page }: Opened) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载 Word' }).click(),
    ])
    return { name: file.suggestedFilename(), parts: unzipSync(new Uint8Array(readFileSync(await file.path()))) }
  }
  const wordsOf = (bytes: Uint8Array | undefined) => (bytes ? strFromU8(bytes) : '')
  const fits = async ({ page }: Opened) =>
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBeLessThanOrEqual(0)

  it('a bulletin is drafted, asked to be signed, signed with a day that can be, and handed out as it was signed', async () => {
    const server = await openServer(`${DAY}T02:00:00Z`)
    const desk = await open(server.url)
    const { page } = desk
    await enter(desk, await server.linkFor('沈清', 'office'))
    await page.goto(`${server.url}/papers`)
    await page.getByText('还没有文书').waitFor()
    await page.getByRole('button', { name: '起草文书' }).click()
    await choose(desk, '种类', '通报')
    await page.getByLabel('时段从').fill('2026-04-01')
    await press(desk, /^起\s?草$/)
    await page.getByText('两天都填，或都不填').waitFor()
    await page.getByLabel('到', { exact: true }).fill('2026-06-30')
    await picture(page, 'papers-new-1440')
    await press(desk, /^起\s?草$/)
    await page.getByRole('article', { name: '文书全文' }).waitFor()
    const address = page.url()
    // It says what it is before anybody has asked for a signature.
    await page.getByRole('article').getByText('待签发（未经签发不得印发）').waitFor()
    await page.getByText('没有签发：不得印发').waitFor()
    await page.getByRole('main').getByText('沈清（主管科室）').first().waitFor()
    await accessible(page)
    await picture(page, 'paper-draft-1440')
    await page.setViewportSize(sizes.phone)
    await fits(desk)
    await picture(page, 'paper-draft-390')
    await page.setViewportSize(sizes.wide)
    const draft = await took(desk)
    expect(draft.name).toMatch(/（未签发）\.docx$/)
    expect(wordsOf(draft.parts['word/header1.xml'])).toContain('待签发')

    await page.getByRole('button', { name: '送签' }).click()
    await page.getByText('签发以前不发给任何单位').waitFor()
    await press(desk, /送\s?签/)
    await page.getByText('送签：已完成').waitFor()

    await page.getByRole('button', { name: '登记签发' }).click()
    await press(desk, '登记签发')
    for (const words of ['请写签发人', '请写文号', '请写签发日期']) await page.getByText(words).waitFor()
    await page.getByLabel('签发人').fill('李副市长')
    await page.getByLabel('文号').fill('云政办督[2026]3号')
    await page.getByLabel('签发日期').fill('2026-07-01')
    await press(desk, '登记签发')
    await page.getByText(`签发日期 2026-07-01 早于成文：这份通报的数据截至 ${DAY}`).waitFor()
    await accessible(page)
    await picture(page, 'paper-sign-1440')
    await page.setViewportSize(sizes.phone)
    await picture(page, 'paper-sign-390')
    await page.setViewportSize(sizes.wide)
    await page.getByLabel('签发日期').fill(DAY)
    await press(desk, '登记签发')
    await page.getByText(/^开出整改\d+项/).waitFor()
    await page.getByRole('button', { name: '知道了' }).click()
    await page.getByText(`李副市长 ${DAY}`).waitFor()
    expect(await page.getByRole('article').getByText('待签发').count()).toBe(0)
    const signed = await took(desk)
    expect(signed.name).not.toContain('未签发')
    expect(wordsOf(signed.parts['word/document.xml'])).toContain('云政办督〔2026〕3号')
    expect(wordsOf(signed.parts['word/header1.xml'])).not.toContain('待签发')
    expect(await page.getByRole('heading', { name: '开出的整改' }).count()).toBe(1)
    await picture(page, 'paper-signed-1440')

    await page.goto(`${server.url}/papers?tab=rectifications`)
    await page.getByRole('link', { name: '云政办督〔2026〕3号' }).first().waitFor()
    await accessible(page)
    await picture(page, 'papers-rectifications-1440')
    await page.goto(`${server.url}/papers?tab=talks`)
    await page.getByRole('button', { name: '记录约谈' }).click()
    await choose(desk, '被约谈的单位', '市财政局')
    await page.keyboard.press('Escape')
    await page.getByLabel('日期').fill('2026-07-09')
    await page.getByLabel('约谈人', { exact: true }).fill('李副市长')
    await page.getByLabel('被约谈人').fill('钱局长')
    await page.getByLabel('事由').fill('多项任务逾期')
    await press(desk, /^记\s?录$/)
    await page.getByText('约谈的日期还没有到').waitFor()
    await page.getByLabel('日期').fill(DAY)
    await press(desk, /^记\s?录$/)
    await page.getByRole('cell', { name: /多项任务逾期/ }).waitFor()
    await picture(page, 'papers-talks-1440')
    await page.goto(`${server.url}/papers?tab=schedule`)
    await page.getByText('到日子由机器人起草').waitFor()
    await picture(page, 'papers-schedule-1440')

    // Whoever is named reads it once it is signed; who leads may read and has nothing to sign.
    const named = (await page.request.get(`${server.url}/api/papers/${address.split('/').pop()}`)).json()
    const [unit] = ((await named) as { unitNames: string[] }).unitNames
    const phone = await open(server.url, 'phone')
    await enter(phone, await server.linkFor('钱联络', 'liaison', unit ?? ''))
    await phone.page.goto(`${server.url}/papers`)
    await phone.page.getByRole('link', { name: /通报/ }).waitFor()
    await fits(phone)
    await picture(phone.page, 'papers-liaison-390')
    await phone.page.goto(address)
    await phone.page.getByRole('article', { name: '文书全文' }).waitFor()
    for (const absent of ['登记签发', '作废', '经过']) expect(await phone.page.getByText(absent).count()).toBe(0)
    await fits(phone)
    await accessible(phone.page)
    await picture(phone.page, 'paper-liaison-390')
    const boss = await open(server.url)
    await enter(boss, await server.linkFor('王副市长', 'leader'))
    await boss.page.goto(address)
    await boss.page.getByRole('heading', { name: '开出的整改' }).waitFor()
    expect(await boss.page.getByRole('button', { name: '登记签发' }).count()).toBe(0)
    await picture(boss.page, 'paper-leader-1440')
    await boss.page.goto(`${server.url}/papers`)
    await boss.page.getByRole('button', { name: '起草文书' }).click()
    await boss.page.getByRole('dialog').getByRole('combobox', { name: '种类' }).click()
    const kinds = boss.page.locator('.ant-select-item-option')
    await kinds.first().waitFor()
    expect(await kinds.allInnerTexts()).not.toContain('通报')
    expect([...desk.faults, ...phone.faults, ...boss.faults]).toEqual([])
  }, 180_000)
})
