import { describe, expect, it } from 'vitest'
import { factsOf, findDuties } from '../../db/queries/duties.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { keepFile } from '../../src/flow/keep-file.ts'
import { born } from '../../src/flow/subjects.ts'
import { accessible, hasBrowser, type Opened, picture, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

/** By the link, in. */
const enter = async ({ page }: Opened, link: string) => {
  await page.goto(link)
  await page.getByRole('button', { name: /身份进入/ }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
}

const noSidewaysScroll = ({ page }: Opened) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth <= document.documentElement.clientWidth')

/** A file and a link of the duty's last report, as they are when they were fetched and looked at. */
const brought = async (deps: Deps, duty: string) => {
  const stamp = { by: 'duban', via: 'test:brought', at: deps.now() }
  const kept = await keepFile(deps, new TextEncoder().encode('%PDF-1.7\n%%EOF'), 'evidence')
  const facts = await factsOf(deps.store, 'duty', [duty])
  const report = facts.filter(({ kind }) => kind === 'reported').at(-1)?.seq ?? 0
  const none = { v: 1 as const, status: null, why: '', title: '', days: [], inRound: null, words: [], ofWords: 0 }
  const rows = [
    {
      kind: 'file' as const,
      state: 'kept' as const,
      name: '决算表.pdf',
      hint: { ...none, outcome: 'kept' as const, what: '14字节' },
    },
    {
      ...{ kind: 'link' as const, state: 'looked' as const, name: 'http://czj.example.gov.cn/2026/4.html' },
      hint: {
        ...{
          ...none,
          outcome: 'open' as const,
          status: 200,
          what: '网页，31KB',
          title: '4月财政收支情况',
          inRound: true,
        },
        ...{ days: ['2026-05-08'], words: ['财政收支'], ofWords: 2 },
      },
    },
  ]
  await deps.store.atomic((q) => [
    ...(kept ? [kept.write(q)] : []),
    ...rows.flatMap((row) =>
      born(
        deps,
        q,
        {
          ...{ subject: 'evidence' as const, id: deps.newId(), facts: [{ kind: 'brought', body: { duty, report } }] },
          row: { ...row, duty, report, message: 'm', hash: kept?.hash ?? null, at: stamp.at, lookedAt: stamp.at },
        },
        stamp,
      ),
    ),
  ])
}

describe.skipIf(!hasBrowser)('a duty and the review queue', () => {
  const open = useBrowser()

  it('a liaison reports, the office returns, approves many at once, and everybody reads what happened', async () => {
    const server = await openServer('2026-05-18T02:00:00Z')
    const { deps, url } = server
    const reviewer = await server.linkFor('王科长', 'office')
    const liaison = await server.linkFor('周小舟', 'liaison', '市财政局')
    const unit = (await deps.cache(deps.store)).view.units.find(({ name }) => name === '市财政局')?.id ?? ''
    const duty = (await findDuties(deps.store, { units: [unit], states: ['open'] })).find(
      ({ role, dueOn }) => role === 'lead' && dueOn !== null && dueOn >= '2026-05-01',
    )
    if (!duty) throw new Error('nothing is due')

    const own = await open(url, 'phone')
    await enter(own, liaison)
    await own.page.goto(`${url}/duties/${duty.id}`)
    await own.page.getByRole('heading', { level: 1, name: /市财政局/ }).waitFor()
    await accessible(own.page)
    await picture(own.page, 'duty-390')
    expect(await noSidewaysScroll(own)).toBe(true)
    await own.page.getByRole('button', { name: '上报', exact: true }).click()
    const dialog = own.page.getByRole('dialog')
    await dialog.getByLabel('链接').fill('http://127.0.0.1/inside')
    await dialog.getByLabel('完成情况').fill('已公开<img src=x onerror=alert(1)>')
    await dialog.getByLabel('保密审查人').fill('王静')
    await picture(own.page, 'duty-report-390')
    await dialog.getByRole('button', { name: '确定上报' }).click()
    await dialog.getByText('已收到反馈，待审核').waitFor()
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    await own.page.getByRole('button', { name: '撤回反馈' }).waitFor()

    const office = await open(url)
    await enter(office, reviewer)
    await office.page.goto(`${url}/review?unit=${unit}`)
    await office.page.getByRole('heading', { name: /待审核的反馈（1）/ }).waitFor()
    await office.page.keyboard.press('j')
    await office.page.keyboard.press('Enter')
    await office.page.getByText('已公开<img src=x onerror=alert(1)>').waitFor()
    await accessible(office.page)
    await picture(office.page, 'review-1440')
    await office.page.getByRole('button', { name: '退回', exact: true }).click()
    await office.page.getByRole('dialog').getByLabel('退回原因').fill('链接打不开')
    await office.page.getByRole('button', { name: '确定退回' }).click()
    await office.page.getByRole('dialog').getByText('已退回').first().waitFor()
    await office.page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click()

    await own.page.reload()
    await own.page.getByText('链接打不开').first().waitFor()
    await own.page.getByRole('button', { name: '上报', exact: true }).click()
    await own.page.getByRole('dialog').getByLabel('完成情况').fill('已改')
    await own.page.getByRole('button', { name: '确定上报' }).click()
    await own.page.getByRole('dialog').getByText('已收到反馈，待审核').waitFor()

    await brought(deps, duty.id)
    await office.page.goto(`${url}/review?unit=${unit}`)
    await office.page.getByRole('heading', { name: /退回后重报（1）/ }).waitFor()
    await office.page.keyboard.press('j')
    await office.page.keyboard.press('Enter')
    await office.page.getByText('佐证（供参考，以人看为准）').waitFor()
    await office.page.getByText(/网页可打开，《4月财政收支情况》，写有5月8日（在期内）/).waitFor()
    await accessible(office.page)
    await picture(office.page, 'review-evidence-1440')
    await office.page.keyboard.press('x')
    await office.page.getByText('已选1项').waitFor()
    await office.page.getByRole('button', { name: '通过选中的' }).click()
    await office.page.getByText(/办理1项/).waitFor()
    await picture(office.page, 'review-done-1440')

    await office.page.goto(`${url}/duties/${duty.id}`)
    await office.page.getByText('审核通过').first().waitFor()
    await office.page.getByRole('button', { name: '检查链接' }).click()
    await office.page.getByText(/没有检查/).waitFor()
    await accessible(office.page)
    await picture(office.page, 'duty-1440')
    // The server looked at the first report's link by itself, and at no address of its own machine.
    await office.page.getByText(/没有查看（只检查公开网站的链接）/).waitFor()
    const saving = office.page.waitForEvent('download')
    await office.page.getByRole('link', { name: '下载', exact: true }).click()
    expect((await saving).suggestedFilename()).toBe('决算表.pdf')
    await own.page.goto(`${url}/duties/${duty.id}`)
    await own.page.getByText(/已保存，/).waitFor()
    await accessible(own.page)
    await picture(own.page, 'duty-evidence-390')
    expect(await noSidewaysScroll(own)).toBe(true)
    const review = await open(url, 'phone')
    await enter(review, await server.linkFor('李科员', 'office'))
    await review.page.goto(`${url}/review?unit=${unit}`)
    await review.page.getByText('没有等主管科室办理的').waitFor()
    await picture(review.page, 'review-390')
    expect(await noSidewaysScroll(review)).toBe(true)
    expect([...own.faults, ...office.faults, ...review.faults]).toEqual([])
  })
})
