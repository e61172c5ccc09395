import { describe, expect, it } from 'vitest'
import { runningSessions } from '../../db/queries/sessions.ts'
import { endRunning, openSession } from '../../src/flow/console/sign-in.ts'
import { personNamed } from '../../src/flow/roster.ts'
import { accessible, hasBrowser, type Opened, picture, useBrowser } from './browser.ts'
import { openServer } from './server.ts'

const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36'
const FEISHU = 'Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Mobile Safari/537.36 Lark/7.10'

const enter = async ({ page }: Pick<Opened, 'page'>, link: string): Promise<void> => {
  await page.goto(link)
  await page.getByRole('button', { name: /身份进入/ }).click()
  await page.waitForURL((url) => url.pathname !== '/signin')
}

describe.skipIf(!hasBrowser)('where one is signed in', () => {
  const open = useBrowser()

  it('comes back to the page that was asked for; the office ends anybody’s session', async () => {
    const server = await openServer('2026-04-20T02:00:00Z')
    const { page, faults } = await open(server.url)
    await page.goto(`${server.url}/account?from=card`)
    await page.waitForURL(/\/signin\?next=/)
    await page.getByText('对机器人说“网页版”').waitFor()
    await accessible(page)
    await picture(page, 'signin-next-1440')
    await server.linkFor('林副市长', 'leader')
    const leader = (await personNamed(server.deps, '林副市长', 'leader')) ?? ''
    await openSession(server.deps, leader, 'lark', FEISHU)

    await enter({ page }, await server.linkFor('沈清', 'office'))
    await page.getByRole('heading', { name: '我的登录' }).waitFor()
    expect(new URL(page.url()).search).toBe('?from=card')
    await page.getByRole('button', { name: '退出：林副市长的飞书，安卓' }).waitFor()
    await accessible(page)
    await picture(page, 'account-1440')
    await page.getByRole('button', { name: '退出：林副市长的飞书，安卓' }).click()
    await page.getByRole('tooltip').getByRole('button', { name: '退出', exact: true }).click()
    await page.getByRole('button', { name: '退出：林副市长的飞书，安卓' }).waitFor({ state: 'detached' })
    expect(await runningSessions(server.deps.store, server.clock.now, leader)).toEqual([])
    expect(faults).toEqual([])
  })

  it('loses nothing where a session is gone: after signing in in another tab it goes on with what was being sent', async () => {
    const server = await openServer('2026-04-20T02:00:00Z')
    const phone = await open(server.url, 'phone')
    const { page } = phone
    await enter(phone, await server.linkFor('周小舟', 'liaison', '市财政局'))
    const person = (await personNamed(server.deps, '周小舟', 'liaison')) ?? ''
    await openSession(server.deps, person, 'link', CHROME)
    await page.goto(`${server.url}/account`)
    await page.getByText('当前').waitFor()
    await accessible(page)
    await picture(page, 'account-390')
    const beyond = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await page.evaluate(beyond)).toBe(0)

    const here = (await runningSessions(server.deps.store, server.clock.now, person)).find(
      ({ agent }) => agent !== CHROME,
    )
    await endRunning(server.deps, here?.id ?? '', person)
    await page.getByRole('button', { name: '退出其他登录' }).click()
    await page.getByText('您填写的内容还在这一页上').waitFor()
    await accessible(page)
    await picture(page, 'gone-390')
    await page.getByRole('button', { name: '继续' }).click()
    await page.getByText('还没有登录：').waitFor()

    const tab = await phone.context.newPage()
    await enter({ page: tab }, await server.linkFor('周小舟', 'liaison', '市财政局'))
    await page.bringToFront()
    await page.getByRole('button', { name: '继续' }).click()
    await page.getByText('您填写的内容还在这一页上').waitFor({ state: 'hidden' })
    await page.getByText('已退出').waitFor()
    const left = await runningSessions(server.deps.store, server.clock.now, person)
    expect(left.map(({ agent }) => agent === CHROME)).toEqual([false])
    expect(phone.faults).toEqual([])
  })
})
