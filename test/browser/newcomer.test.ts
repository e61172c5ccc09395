import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readWorkbook } from '../../src/plan/readers/xlsx.ts'
import { hasBrowser, type Opened, PICTURES, useBrowser } from './browser.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Where the pictures of docs/console.md are kept: beside it where they are made for it. */
const KEPT = process.env.DOCS === '1' ? resolve(root, 'docs/console') : resolve(PICTURES, 'console')

/** The built program as `npm start` runs it, on a folder of its own, on a Thursday of the demo's year. */
const startDemo = async (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'duban-'))
  const child = spawn(process.execPath, [resolve(root, 'dist/cli.js'), 'serve', '--demo'], {
    cwd: root,
    env: {
      ...{ PATH: process.env.PATH ?? '', HOME: folder },
      ...{ DATA_DIR: folder, PORT: '0', DUBAN_NOW: '2026-07-02T10:00:00+08:00' },
    },
  })
  const ended = new Promise((done) => child.once('exit', done))
  // A hook of the file is not heard any more while a test runs.
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  })
  let printed = ''
  return new Promise((done, fail) => {
    const hear = (text: string) => {
      printed += text
      const [, url] = /模拟群 +(http:\S+)\/try/.exec(printed) ?? []
      if (url) done(url)
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    void ended.then(() => fail(new Error(`the demo does not start: ${printed}`)))
  })
}

/** What is in sight, as somebody sees it; where it is all text, less of it. */
const shot = async (page: Page, name: string, height = 800): Promise<void> => {
  mkdirSync(KEPT, { recursive: true })
  await page.mouse.move(0, 0)
  await expect.poll(() => page.locator('.ant-spin-spinning').count()).toBe(0)
  await page.screenshot({
    path: `${KEPT}/${name}.png`,
    animations: 'disabled',
    clip: { x: 0, y: 0, width: 1280, height },
  })
}

/** A day of the workbook as the page writes it. */
const asSeen = (cell: string): string =>
  cell.replace(/^(\d{4})年(\d+)月(\d+)日$/, (_, ...[year, month, day]: string[]) =>
    [year, month?.padStart(2, '0'), day?.padStart(2, '0')].join('-'),
  )

const inGroup = ({ page }: Opened) => ({
  as: async (who: RegExp) => {
    await page.getByRole('combobox', { name: '以谁的身份说话' }).click()
    await page.locator('.ant-select-item-option').filter({ hasText: who }).click()
  },
  into: (room: string) => page.getByRole('navigation', { name: '群' }).getByRole('button', { name: room }).click(),
  say: async (words?: string) => {
    const box = page.getByRole('textbox', { name: '要说的话' })
    if (words) await box.fill(words)
    await box.press('Enter')
  },
  /** The bot's last card with these words. */
  card: async (words: string | RegExp) => {
    const found = page.locator('.try-message.bot').filter({ hasText: words }).last()
    await found.waitFor()
    return found
  },
})

describe.skipIf(!hasBrowser)('the newcomer', () => {
  const open = useBrowser()

  it('sees in one go what it is: from the first words in the group to Monday’s list', async () => {
    const began = performance.now()
    const url = await startDemo()
    const opened = await open(url)
    const { page, faults } = opened
    await page.setViewportSize({ width: 1280, height: 800 })
    page.setDefaultTimeout(20_000)
    const { as, into, say, card } = inGroup(opened)

    // The address that is printed first: who one can be, and the way to the group.
    await page.goto(url)
    await page.getByRole('button', { name: /林知夏/ }).waitFor()
    await shot(page, 'signin')
    await page.getByRole('link', { name: '先到模拟群里和机器人说话' }).click()

    // A liaison asks, and reports.
    await as(/孟予安/)
    await into('市财政局群')
    await say('本月有哪些到期任务')
    await card('到期任务')
    await page
      .getByRole('region', { name: '试试看' })
      .getByRole('button', { name: /联络员报完成/ })
      .click()
    await say()
    const receipt = await card('已收到反馈，待审核')
    const [, code = ''] = /(公开\d\d-[\d-]+)/.exec((await receipt.textContent()) ?? '') ?? []
    const number = code.slice(code.indexOf('-') + 1)
    await shot(page, 'try')

    // How it stands before the office has looked at it, on a page that stays open.
    const desk = await open(url)
    await desk.page.setViewportSize({ width: 1280, height: 800 })
    await desk.page.goto(`${url}/signin`)
    await desk.page.getByRole('button', { name: /林知夏/ }).click()
    await desk.page.getByRole('heading', { name: '总览' }).waitFor()
    await desk.page.getByRole('heading', { name: '总体完成情况' }).waitFor()
    await desk.page.waitForLoadState('networkidle')
    await shot(desk.page, 'overview')
    await desk.page.goto(`${url}/review`)
    await desk.page.getByText(code).first().click()
    await desk.page.waitForLoadState('networkidle')
    await shot(desk.page, 'review')
    const ofDuty = new URLSearchParams({ q: code, state: 'review' })
    await desk.page.goto(`${url}/ledger?${ofDuty}`)
    await desk.page.locator('tbody tr[tabindex]').first().click()
    await desk.page.getByText('已报送待审核').first().waitFor()

    // The office presses 通过 in its own group.
    await as(/主管科室/)
    await into('主管科室群')
    await say('待审核的反馈')
    const waiting = await card('待审核的反馈')
    await waiting.getByRole('button', { name: new RegExp(`^通过( ${number})?$`) }).click()
    await card('审核通过')
    await waiting.getByText(/已办理.*已办结/).waitFor()
    await shot(page, 'try-approve')

    // The light has turned, and the timeline says why.
    await desk.page.reload()
    await desk.page.getByText('审核通过').first().waitFor()
    expect(await desk.page.getByRole('main').textContent()).toMatch(/已办结/)
    await shot(desk.page, 'duty')

    // A plan of one's own: a docx becomes a draft, its questions are answered, it is released.
    await desk.page.goto(`${url}/plans`)
    await desk.page.locator('input[type=file]').setInputFiles(resolve(root, 'examples/table.docx'))
    await desk.page.getByText('已存为草稿').waitFor()
    await shot(desk.page, 'plans')
    await desk.page.getByRole('button', { name: '去核对' }).click()
    const asked = desk.page.getByRole('region', { name: '要确认的问题' })
    await asked.waitFor()
    await desk.page.waitForLoadState('networkidle')
    await shot(desk.page, 'draft', 720)
    const confirmed = desk.page.getByText('问题都已确认')
    for (let n = 0; n < 60 && !(await confirmed.isVisible()); n++) {
      const count = (await asked.getByText(/还有\d+个问题/).textContent()) ?? ''
      await asked.getByRole('button', { name: /^按建议/ }).click()
      await asked.getByText(count, { exact: true }).waitFor({ state: 'detached' })
    }
    await desk.page.getByRole('button', { name: '下达…' }).click()
    await desk.page.getByRole('button', { name: '确认下达' }).click()
    await desk.page.getByRole('button', { name: '办结…' }).waitFor()

    // Somebody new gets a code, and is known to the bot from then on.
    await desk.page.goto(`${url}/roster?tab=people`)
    await desk.page.getByRole('button', { name: '新增人员' }).click()
    await desk.page.getByRole('textbox', { name: '姓名' }).fill('郝新来')
    await desk.page.getByRole('combobox', { name: '单位' }).fill('市审计局')
    await desk.page.keyboard.press('Enter')
    await desk.page.keyboard.press('Escape')
    await desk.page.getByRole('button', { name: /保\s*存/ }).click()
    await desk.page.getByRole('dialog').waitFor({ state: 'hidden' })
    await desk.page.goto(`${url}/roster?tab=people&q=${encodeURIComponent('郝新来')}`)
    await desk.page.getByRole('button', { name: '账号与请假：郝新来' }).click()
    await desk.page.getByRole('button', { name: '发一个绑定码' }).click()
    const told = await desk.page
      .getByText(/绑定 [2-9A-HJKMNP-Z]{8}/)
      .first()
      .textContent()
    await shot(desk.page, 'roster')
    const [bind = ''] = /绑定 [2-9A-HJKMNP-Z]{8}/.exec(told ?? '') ?? []
    await as(/陌生人/)
    await into('与机器人单聊')
    await say('本周任务')
    await card('还不认识您')
    await say(bind)
    await card('郝新来')
    await page.getByText(/郝新来（市审计局/).waitFor()
    await say('本单位的任务')
    await card('市审计局')
    await shot(page, 'try-bound')

    // The file is what is seen, row by row.
    await desk.page.goto(`${url}/ledger?light=red,yellow,green&sort=due`)
    await desk.page.locator('tbody tr[tabindex]').first().waitFor()
    await shot(desk.page, 'ledger')
    await desk.page.goto(`${url}/ledger?${new URLSearchParams({ q: '市财政局', role: 'lead', due: '..2026-07-31' })}`)
    const rows = desk.page.locator('tbody tr[tabindex]')
    await rows.first().waitFor()
    await expect.poll(async () => (await rows.allInnerTexts()).some((text) => text.startsWith('…'))).toBe(false)
    const seen = await rows.evaluateAll((all) =>
      all.map((row) => [...row.children].slice(1, 8).map((cell) => cell.textContent ?? '')),
    )
    const saved = desk.page.waitForEvent('download')
    await desk.page.getByRole('button', { name: '导出 Excel' }).click()
    const [sheet] = readWorkbook(new Uint8Array(readFileSync(await (await saved).path())))
    expect(seen.length).toBeGreaterThan(3)
    expect(sheet?.rows.slice(1).map(({ cells }) => cells.slice(1, 8).map(asSeen))).toEqual(seen)
    expect(seen.some((cells) => cells[0] === code && cells.includes('已办结'))).toBe(true)

    // The other pages, as they are after this morning.
    for (const [path, name, words] of [
      ['/pushes', 'pushes', /截至/],
      ['/audit', 'audit', /审计/],
      ['/account', 'account', /登录/],
    ] as const) {
      await desk.page.goto(url + path)
      await desk.page.getByText(words).first().waitFor()
      await desk.page.waitForLoadState('networkidle')
      await shot(desk.page, name)
    }

    // Monday, nine o'clock.
    await page.getByRole('button', { name: /往后调/ }).click()
    await page.getByRole('button', { name: /下周一/ }).click()
    await page.getByText('7月6日 周一').waitFor()
    await into('市财政局群')
    await card('市财政局本周任务')
    await shot(page, 'try-monday')
    expect([...faults, ...desk.faults]).toEqual([])
    console.info(`the newcomer's path: ${((performance.now() - began) / 1000).toFixed(1)} s`)
  }, 180_000)
})
