import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.ts'
import { readInstallation } from '../../src/config.ts'
import { giveLink, linkUrl } from '../../src/flow/console/sign-in.ts'
import { personNamed, register } from '../../src/flow/roster.ts'
import { type Serving, serveOffices } from '../../src/node.ts'
import { nodeDeps } from '../../src/node-deps.ts'
import { larkEnv } from '../fakes/lark.ts'
import { accessible, hasBrowser, picture, useBrowser } from './browser.ts'

const PUBLIC_URL = 'https://duban.example.gov.cn'
const AT = new Date('2026-04-20T02:00:00Z')
const offices = JSON.stringify({
  offices: [
    { office: 'yunling', name: '云岭市政务公开办', env: { ...larkEnv('http://127.0.0.1:9'), PUBLIC_URL } },
    { office: 'qingshi', name: '青石县政务公开办' },
  ],
})

/** Two offices in one server, each with an administrator of the same name. */
const openBoth = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duban-web-'))
  const base = { HOST: '127.0.0.1', PORT: '0', DATABASE_URL: 'file::memory:', DATA_DIR: folder }
  const installation = readInstallation({ ...base, OFFICES_FILE: 'offices.json' }, () => offices)
  const store = await openStore('file::memory:')
  const given = installation.offices.map((each) => ({ ...each, store, now: () => AT, log: () => undefined }))
  const serving: Serving = await serveOffices(given)
  const linkTo = async (office: string): Promise<string> => {
    const own = given.find((each) => each.office === office)
    if (!own) throw new Error(office)
    const deps = nodeDeps(own, new Set())
    const person = { name: '沈清', role: 'admin' as const, units: [], charge: [], post: '' as const, mobile: '' }
    await register(
      deps,
      { people: [{ ...person, identities: [] }] },
      { by: 'admin:test', via: `test:${office}`, at: AT },
    )
    const id = (await personNamed(deps, '沈清', 'admin')) ?? ''
    return linkUrl(serving.url, (await giveLink(deps, id)).secret)
  }
  const close = async () => {
    await serving.stop()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: serving.url, linkTo, close }
}

describe.skipIf(!hasBrowser)('a server of several offices', () => {
  const open = useBrowser()
  let server: Awaited<ReturnType<typeof openBoth>>
  beforeAll(async () => {
    server = await openBoth()
  })
  afterAll(() => server?.close())

  it('names none of them to who does not know one, and offers an office’s own way to who does', async () => {
    const { page, faults } = await open(server.url)
    await page.goto(`${server.url}/signin`)
    await page.getByText('这台服务器由几个单位共用').waitFor()
    expect(await page.content()).not.toMatch(/云岭|青石|yunling|qingshi/)
    await accessible(page)
    await picture(page, 'signin-several-1440')

    await page.goto(`${server.url}/signin?office=yunling`)
    const way = page.getByRole('link', { name: '用飞书登录' })
    await way.waitFor()
    expect(new URL((await way.getAttribute('href')) ?? '', server.url).searchParams.get('office')).toBe('yunling')
    await accessible(page)
    await picture(page, 'signin-office-1440')

    // One that there is not, and one without a way, look alike.
    await page.goto(`${server.url}/signin?office=nowhere`)
    await page.getByText('对机器人说“网页版”').waitFor()
    expect(await page.getByRole('link', { name: '用飞书登录' }).count()).toBe(0)
    expect(faults).toEqual([])
  })

  it('shows whoever comes in by a link their own office alone', async () => {
    for (const [office, own, other] of [
      ['yunling', '云岭市', '青石县'],
      ['qingshi', '青石县', '云岭市'],
    ] as const) {
      const { page, faults } = await open(server.url)
      await page.goto(await server.linkTo(office))
      await page.getByRole('button', { name: /沈清.*身份进入/ }).click()
      await page.getByRole('heading', { name: '总览' }).waitFor()
      await page.getByText(own).first().waitFor()
      expect(await page.content()).not.toContain(other)
      expect(faults).toEqual([])
    }
  })
})
