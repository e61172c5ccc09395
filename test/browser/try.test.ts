import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.ts'
import { fillDemo } from '../../src/cli/demo.ts'
import { readConfig } from '../../src/config.ts'
import { serveNode } from '../../src/node.ts'
import { accessible, hasBrowser, type Opened, picture, useBrowser } from './browser.ts'

/** The demo as `npm start` serves it, on a database in memory, its clock where the test begins. */
const openDemo = async (at: string) => {
  const from = Date.parse(at) - performance.now()
  let ahead = 0
  const now = () => new Date(from + ahead + performance.now())
  const moveTo = (to: Date) => {
    ahead += to.getTime() - now().getTime()
  }
  const folder = mkdtempSync(join(tmpdir(), 'duban-web-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', DATABASE_URL: 'file::memory:', DATA_DIR: folder })
  const store = await openStore('file::memory:')
  await fillDemo({ config, store, now })
  const given = { config, store, now, log: () => undefined, office: 'default' }
  const serving = await serveNode(given, undefined, { moveTo, again: () => undefined })
  afterAll(async () => {
    await serving.stop()
    await store.close()
  })
  return serving.url
}

const drive = ({ page }: Opened) => ({
  as: async (who: RegExp) => {
    await page.getByRole('combobox', { name: '以谁的身份说话' }).click()
    await page.locator('.ant-select-item-option').filter({ hasText: who }).click()
  },
  into: (room: string) => page.getByRole('navigation', { name: '群' }).getByRole('button', { name: room }).click(),
  say: async (words: string) => {
    await page.getByRole('textbox', { name: '要说的话' }).fill(words)
    await page.getByRole('textbox', { name: '要说的话' }).press('Enter')
  },
  /** The last card of the bot whose title has these words. */
  card: async (words: string | RegExp) => {
    const found = page.locator('.try-message.bot').filter({ hasText: words }).last()
    await found.waitFor()
    return found
  },
})

describe.skipIf(!hasBrowser)('the simulated group', () => {
  const open = useBrowser()

  it('a report, its approval by the card, and the weekly list once in each room on Monday', async () => {
    const url = await openDemo('2026-07-02T02:00:00Z')
    const opened = await open(url)
    const { page, faults } = opened
    const { as, into, say, card } = drive(opened)
    await page.goto(`${url}/try`)
    await page.getByRole('heading', { name: '模拟群', exact: false }).waitFor()
    await accessible(page)
    await picture(page, 'try-start-1440')

    // What is offered is filled in with who says it and where, and sent by Enter.
    const offered = page.getByRole('region', { name: '试试看' }).getByRole('button', { name: /联络员报完成/ })
    const code = /公开\d\d-[\d-]+/.exec((await offered.textContent()) ?? '')?.[0] ?? ''
    await offered.click()
    await page.getByRole('textbox', { name: '要说的话' }).press('Enter')
    const receipt = await card('已收到反馈，待审核')
    expect(await receipt.textContent()).toContain(code)
    await picture(page, 'try-reported-1440')

    await as(/主管科室/)
    await into('主管科室群')
    await say(`${code}是什么`)
    expect(await (await card(/公开.*待审核/)).textContent()).toContain('待审核')
    await say(`通过 市财政局 ${code}`)
    await card('审核通过')
    await say(`市财政局今年已经完成了哪些`)
    expect(await (await card('已办结任务')).textContent()).toContain(code)

    // A card with buttons: pressed, it says what became of it and has them no more.
    await page.getByRole('button', { name: /申请延期到/ }).click()
    await page.getByRole('textbox', { name: '要说的话' }).press('Enter')
    await card('已提出延期申请')
    await as(/主管科室/)
    await into('主管科室群')
    const asked = await card('延期申请：')
    await picture(page, 'try-buttons-1440')
    await asked.getByRole('button', { name: '同意', exact: true }).click()
    await asked.getByText(/已办理/).waitFor()
    expect(await asked.getByRole('button', { name: '同意', exact: true }).count()).toBe(0)
    await picture(page, 'try-pressed-1440')

    await page.getByRole('button', { name: /往后调/ }).click()
    await picture(page, 'try-clock-1440')
    await page.getByRole('button', { name: /下周一/ }).click()
    await page.getByText('7月6日 周一').waitFor()
    for (const unit of ['市财政局', '市统计局']) {
      await into(`${unit}群`)
      const lists = page.locator('.try-message.bot').filter({ hasText: `${unit}本周任务` })
      await lists.first().waitFor()
      expect(await lists.count()).toBe(1)
    }
    await picture(page, 'try-monday-1440')
    await page.reload()
    await page.locator('.try-message.bot').filter({ hasText: '本周任务' }).first().waitFor()
    await accessible(page)
    expect(faults).toEqual([])

    const phone = await open(url, 'phone')
    await phone.page.goto(`${url}/try?as=office`)
    await phone.page.locator('.try-message').first().waitFor()
    await accessible(phone.page)
    await picture(phone.page, 'try-390')
    await phone.page.getByRole('button', { name: '试试看' }).click()
    await phone.page.getByRole('button', { name: /待审核的反馈/ }).waitFor()
    await picture(phone.page, 'try-hints-390')
    expect(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await phone.page.goto(`${url}/signin`)
    await phone.page.getByRole('button', { name: /林知夏/ }).waitFor()
    await accessible(phone.page)
    await picture(phone.page, 'try-signin-390')
    await phone.page.getByRole('button', { name: /林知夏/ }).click()
    await phone.page.getByRole('heading', { name: '总览' }).waitFor()
    expect(phone.faults).toEqual([])
  })
})
