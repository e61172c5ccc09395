import { describe, expect, it } from 'vitest'
import { importPlan, releasePlan } from '../../src/flow/import.ts'
import { parse } from '../../src/plan/parse.ts'
import { longerPlan, nextPlan } from '../contract/yearend.ts'
import { accessible, hasBrowser, picture, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

describe.skipIf(!hasBrowser)("the year's end", () => {
  const open = useBrowser()

  it('a new plan is set beside the old one, and the old one is closed row by row', async () => {
    const server = await openServer('2017-07-11T02:00:00Z')
    const { deps, clock } = server
    const stamp = () => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })
    const bring = async (text: string) => {
      const bytes = new TextEncoder().encode(text)
      const { plan } = await importPlan(deps, parse(bytes), bytes, stamp())
      await releasePlan(deps, plan, stamp())
      return plan
    }
    const old = await bring(longerPlan)
    clock.now = new Date('2018-03-05T02:00:00Z')
    const next = await bring(nextPlan)
    const { page, faults } = await open(server.url)
    page.setDefaultTimeout(20_000)
    await page.goto(await server.linkFor('沈清', 'office'))
    await page.getByRole('button', { name: /身份进入/ }).click()
    await page.getByRole('heading', { name: '总览' }).waitFor()

    await page.goto(`${server.url}/plans/${next}/following`)
    await page.getByText('建议：12项对应，1项是新任务').waitFor()
    await picture(page, 'yearend-following-1440')
    await accessible(page)
    await page.getByRole('button', { name: '确认对应' }).click()
    await page.getByText('已确认：12项对应').waitFor()

    await page.goto(`${server.url}/plans/${old}/close`)
    await page.getByRole('heading', { name: '办结 公开17乙' }).waitFor()
    await page.getByText('先写明归档的理由').waitFor()
    await page
      .getByRole('checkbox', { name: /^选择 公开17乙-3-1 / })
      .first()
      .check()
    await page.getByRole('button', { name: '所选结转' }).click()
    await page.getByRole('textbox', { name: '归档的理由' }).fill('年度结束，未完成的列入年度通报')
    await picture(page, 'yearend-close-1440')
    await accessible(page)
    const phone = await open(server.url, 'phone')
    await phone.context.addCookies(await page.context().cookies())
    await phone.page.goto(`${server.url}/plans/${old}/close`)
    await phone.page.getByRole('heading', { name: '办结 公开17乙' }).waitFor()
    await picture(phone.page, 'yearend-close-390')
    await phone.page.goto(`${server.url}/plans/${next}/following`)
    await phone.page.getByText('已确认：12项对应').waitFor()
    await picture(phone.page, 'yearend-following-390')
    expect(await phone.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)

    await page.getByRole('button', { name: '办结 公开17乙…' }).click()
    await page.getByText('办结以后方案不再收反馈').waitFor()
    await page.getByRole('button', { name: '确认办结' }).click()
    await page.getByText(/公开17乙 已办结：结转\d+项，归档\d+项/).waitFor()
    await page.getByRole('row', { name: /公开17乙-4-1 公开18-5-1/ }).waitFor()
    await picture(page, 'yearend-closed-1440')
    await page.goto(`${server.url}/plans/${old}/close`)
    await page.getByText(/已经办结，办结后不能再办结一次/).waitFor()
    expect([...faults, ...phone.faults]).toEqual([])
  }, 120_000)
})
