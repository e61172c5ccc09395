import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { accessible, hasBrowser, picture, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

const example = (name: string) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))

describe.skipIf(!hasBrowser)('importing a plan', () => {
  const open = useBrowser()

  it('a file becomes a draft, its questions are answered, a unit and a day corrected, and it is released', async () => {
    const server = await openServer('2026-04-20T02:00:00Z')
    const { page, faults } = await open(server.url)
    page.setDefaultTimeout(20_000)
    await page.goto(await server.linkFor('沈清', 'office'))
    await page.getByRole('button', { name: /身份进入/ }).click()
    await page.getByRole('heading', { name: '总览' }).waitFor()
    await page.goto(`${server.url}/plans`)
    const file = page.locator('input[type=file]')
    await file.setInputFiles({ name: 'setup.exe', mimeType: '', buffer: Buffer.from('MZ\0\0\0') })
    await page.getByText('没有导入“setup.exe”').waitFor()
    const folder = mkdtempSync(join(tmpdir(), 'duban-'))
    const large = join(folder, '大.docx')
    writeFileSync(large, '')
    truncateSync(large, 200 << 20)
    await file.setInputFiles(large)
    await page.getByText('文件超过20MB').waitFor()
    rmSync(folder, { recursive: true })
    await file.setInputFiles(example('table.docx'))
    await page.getByText('已存为草稿').waitFor()
    await picture(page, 'plans-1440')
    await accessible(page)
    await page.getByRole('button', { name: '去核对' }).click()
    await page.getByRole('region', { name: '原文' }).waitFor()
    await picture(page, 'plan-draft-1440')
    await accessible(page)

    const asked = page.getByRole('region', { name: '要确认的问题' })
    const confirmed = page.getByText('问题都已确认')
    for (let n = 0; n < 60 && !(await confirmed.isVisible()); n++) {
      const count = await asked.getByText(/还有\d+个问题/).textContent()
      await asked.getByRole('button', { name: /^按建议/ }).click()
      await asked.getByText(count ?? '', { exact: true }).waitFor({ state: 'detached' })
    }

    await page
      .getByRole('button', { name: /^修改.+号/ })
      .first()
      .click()
    const form = page.getByRole('form', { name: /^修改/ })
    await form.getByRole('combobox', { name: '配合单位' }).fill('市审计局')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await form.getByRole('textbox', { name: '时限1' }).fill('每季度，期后20日内')
    await form.getByText('二季度：7月20日到期').waitFor()
    await picture(page, 'plan-edit-1440')
    await accessible(page)
    await form.getByRole('button', { name: '保存' }).click()
    await form.waitFor({ state: 'detached' })
    await page.getByRole('article').first().getByText('每季度，期后20日内').waitFor()

    await page.getByRole('button', { name: '下达…' }).click()
    await page.getByText('没有联络员').waitFor()
    await picture(page, 'plan-release-1440')
    await page.getByRole('button', { name: '确认下达' }).click()
    await page.getByRole('link', { name: '办结…' }).waitFor()
    await page.getByRole('article').first().getByText(/灯/).first().waitFor()
    await picture(page, 'plan-released-1440')

    const phone = await open(server.url, 'phone')
    await phone.context.addCookies(await page.context().cookies())
    await phone.page.goto(`${page.url().split('?')[0]}?line=6`)
    await phone.page.locator('.plan-line.on').waitFor()
    await picture(phone.page, 'plan-document-390')
    await phone.page.goto(`${server.url}/plans`)
    const text = readFileSync(example('table.txt'), 'utf8').replace('6月', '7月')
    await phone.page.getByRole('button', { name: '或者粘贴方案全文' }).click()
    await phone.page.getByRole('textbox', { name: '方案全文' }).fill(text)
    await phone.page.getByRole('button', { name: '导入这段文字' }).click()
    await phone.page.getByRole('region', { name: '新一稿的差异' }).waitFor()
    await picture(phone.page, 'plan-reissue-390')
    await accessible(phone.page)
    expect(await phone.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    expect([...faults, ...phone.faults]).toEqual([])
  }, 120_000)
})
