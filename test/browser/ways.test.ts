import { and, eq } from 'drizzle-orm'
import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { hasBrowser, picture, sizes } from './browser.ts'
import { enter, follow, listed, nameOf, settled, useEveryPage } from './everywhere.ts'

interface Focused {
  tag: string
  text: string
  visible: boolean
  shown: boolean
}
/** Where the keyboard is, and whether one sees it; a field of the component library shows it on the frame around it. */
const focused = `(() => {
  const at = document.activeElement
  const box = at.getBoundingClientRect()
  const frames = [at, at.parentElement, at.closest('.ant-select, .ant-input-affix-wrapper, .ant-menu-item')]
  return {
    tag: at.tagName,
    text: at.textContent.replace(/\\s/g, '') || at.getAttribute('aria-label') || '',
    visible: box.width > 0 && box.left >= 0 && box.top >= 0,
    shown: frames.some((one) => {
      const style = one && getComputedStyle(one)
      return style && (style.outlineStyle !== 'none' || style.boxShadow !== 'none')
    }),
  }
})()`

describe.skipIf(!hasBrowser)('every page', () => {
  const { open, server, addresses, addressOf, linkOf } = useEveryPage()

  it('is reached by the keyboard alone, and it is seen where one is', async () => {
    const opened = await enter(await open(server().url), await linkOf('office'))
    const { page } = opened
    await page.goto(`${server().url}/audit`)
    await settled(opened)
    const seen: Focused[] = []
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab')
      seen.push(await page.evaluate<Focused>(focused))
    }
    const texts = seen.map(({ text }) => text)
    expect(texts[0]).toBe('跳到正文')
    for (const wanted of ['退出', '台账', '导出', '核对台账']) expect(texts).toContain(wanted)
    const main = seen.filter(({ tag }) => ['A', 'BUTTON', 'INPUT'].includes(tag))
    expect(main.filter(({ visible, shown }) => !visible || !shown)).toEqual([])

    await page.goto(`${server().url}/ledger`)
    await settled(opened)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
  })

  it('prints on A4 without the menu', async () => {
    const opened = await enter(await open(server().url), await linkOf('office'))
    const { page } = opened
    for (const [path, title] of [
      ['/', '总览'],
      ['/ledger', '台账'],
      ['/duties/:id', '台账记录'],
      ['/cases/:id', '时限怎么算'],
      ['/audit', '审计'],
    ] as const) {
      await page.goto(server().url + addressOf(path))
      await settled(opened)
      const bytes = new Uint8Array(await page.pdf({ format: 'A4', preferCSSPageSize: true }))
      const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true })
      const words = text.normalize('NFKC').replace(/\s/g, '')
      expect(words, path).toContain(title)
      await page.emulateMedia({ media: 'print' })
      await page.setViewportSize({ width: 1040, height: 720 })
      await picture(page, `${nameOf(path)}-print`)
      await page.emulateMedia({ media: null })
      await page.setViewportSize(sizes.wide)
      for (const absent of ['我的登录', '退出', '跳到正文']) expect(words, path).not.toContain(absent)
    }
  })

  it('runs nothing that stands in names or texts', async () => {
    const evil = '<img src=x onerror=window.hit=1>'
    const name = `"><script>window.hit=1</script>${evil}`
    const opened = await enter(await open(server().url), await server().linkFor(name, 'office'))
    const { deps } = server()
    const { page, faults } = opened
    const bytes = new TextEncoder().encode(
      `云岭市2026年${evil}工作要点\n\n一、${evil}重点任务\n1.${evil}公开javascript:window.hit=1年度报告。（市财政局，12月底前）\n`,
    )
    const { importPlan, releasePlan } = await import('../../src/flow/import.ts')
    const { parse } = await import('../../src/plan/parse.ts')
    const stamp = { by: 'admin:test', via: 'test:evil', at: server().clock.now }
    const { plan } = await importPlan(deps, parse(bytes), bytes, stamp)
    const { q, t, office } = deps.store
    for (const tail of ['', '/close', '/following']) addresses[`/plans/:id${tail}`] = `/plans/${plan}${tail}`
    for (const draft of [true, false]) {
      if (!draft) {
        await releasePlan(deps, plan, stamp, '2026-04-20')
        const [duty] = await q
          .select({ id: t.duties.id })
          .from(t.duties)
          .where(and(eq(t.duties.office, office), eq(t.duties.plan, plan)))
          .limit(1)
        expect(duty).toBeTruthy()
        addresses['/duties/:id'] = `/duties/${duty?.id}`
      }
      const visited = listed.pages.filter(({ path }) => !draft || path.startsWith('/plans'))
      for (const [at, { path }] of visited.entries()) {
        // By its address at first, so that nothing is shown that was read before.
        if (at === 0) await page.goto(server().url + addressOf(path))
        else await follow(page, addressOf(path))
        await settled(opened)
        expect(await page.evaluate('window.hit'), path).toBeUndefined()
        expect(await page.locator('img[src="x"]').count(), path).toBe(0)
        expect(await page.locator('a[href^="javascript:" i]').count(), path).toBe(0)
      }
    }
    // It was there to be run: the page says it as the text that it is.
    await page.goto(`${server().url}/audit?group=login`)
    await page.getByText('window.hit=1').first().waitFor()
    expect(faults).toEqual([])
  }, 120_000)
})
