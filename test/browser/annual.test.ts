import { readFileSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { openCase } from '../../src/flow/case/act.ts'
import { accessible, hasBrowser, picture, sizes, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

const desk = { id: 'o', name: '沈清', role: 'office' as const, units: [], charge: [] }

describe.skipIf(!hasBrowser)('年度报告', () => {
  const open = useBrowser()

  it('a number opens its cases, another is typed in, a check fires and is put right, the draft says what stands there', async () => {
    const server = await openServer('2026-07-08T02:00:00Z')
    const stamp = { by: 'admin:test', via: 'test:annual', at: server.deps.now() }
    const asked = {
      ...{ channel: 'internet', at: '2026-06-15', applicant: 'natural', name: '李某' },
      ...{ description: '某路段的维修预算', subject: '道路维修预算' },
    }
    await openCase(server.deps, desk, 'application', asked, stamp)
    const { page } = await open(server.url)
    page.setDefaultTimeout(20_000)
    await page.goto(await server.linkFor('沈清', 'office'))
    await page.getByRole('button', { name: /身份进入/ }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.goto(`${server.url}/annual?year=2026`)
    await page.getByRole('button', { name: /^一 本年新收政府信息公开申请数量·自然人 1，从登记来/ }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('link', { name: '依申请2026-1' }).waitFor()
    await picture(page, 'annual-behind-1440')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '其余填0' }).click()
    await page.getByRole('button', { name: '确定填0' }).click()
    await page.getByRole('button', { name: /^规章·现行有效件数 0，填写/ }).click()
    await drawer.getByLabel('本年数', { exact: true }).fill('31')
    await drawer.getByRole('button', { name: '保存本年数' }).click()
    await drawer.getByText('31件（填写）').waitFor()
    await drawer.getByLabel('上年数', { exact: true }).fill('30')
    await drawer.getByRole('button', { name: '保存上年数' }).click()
    await drawer.getByText('增加1件').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: /核对/ }).click()
    await page.getByText('应为30，现在是31').waitFor()
    await accessible(page)
    await picture(page, 'annual-checks-1440')
    await page.getByRole('tab', { name: '文字' }).click()
    await page.getByLabel('本部分的文字').first().fill('解读还不够及时。')
    await page.getByRole('button', { name: '保存文字' }).nth(5).click()
    await expect.poll(() => page.getByText('存在的主要问题和改进措施）').count()).toBe(0)
    await picture(page, 'annual-texts-1440')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载 Word 草稿' }).click(),
    ])
    const words = strFromU8(
      unzipSync(new Uint8Array(readFileSync(await file.path())))['word/document.xml'] ?? new Uint8Array(),
    )
    expect(file.suggestedFilename()).toMatch(/2026年政府信息公开工作年度报告（草稿）\.docx$/)
    expect(words).toContain('解读还不够及时。')
    await page.goto(`${server.url}/annual?year=2026`)
    await page.getByRole('button', { name: /^规章·现行有效件数 31/ }).waitFor()
    await accessible(page)
    await picture(page, 'annual-tables-1440')
    await page.setViewportSize(sizes.phone)
    await picture(page, 'annual-tables-390')
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBeLessThanOrEqual(0)
    await page.goto(`${server.url}/annual?year=2017`)
    await page.getByText(/没有核对过出处/).waitFor()
    await picture(page, 'annual-2014-390')
  }, 120_000)
})
