import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import { createLarkAdapter } from '../../adapters/lark/index.ts'
import { createWecomAppAdapter } from '../../adapters/wecom/app/index.ts'
import { register } from '../../src/flow/roster.ts'
import { createApp } from '../../src/http/app.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { createFakeWecomApp, wecomAppConfig } from '../fakes/wecom-app.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'

const office = officesOf('sign-on')
const publicUrl = 'https://duban.example.gov.cn'
const INSIDE_WECOM = 'Mozilla/5.0 (Windows NT 10.0) Chrome/108 wxwork/4.1.22 (MicroMessenger/6.2) WindowsWechat'
const INSIDE_LARK = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile Lark/7.10 LarkLocale/zh_CN'

/** Node's headers tell each cookie; the types in use know Workers' alone. */
const cookiesOf = ({ headers }: Response): string[] =>
  (headers as unknown as { getSetCookie(): string[] }).getSetCookie()

/** A smart bot of the same corporation; it tells of nobody's web sign-on. */
const bot: Adapter = {
  ...{ platform: 'wecom', route: 'bot', perMinute: 1, canStart: { room: true, person: true } },
  deliver: async () => ({}),
}

let opened: ReturnType<typeof make> | undefined
/** One town for all. */
const open = () => {
  opened ??= make()
  return opened
}

const make = async () => {
  const now = () => town.deps.now()
  const [lark, wecom] = [createFakeLark(larkConfig, () => now()), createFakeWecomApp(wecomAppConfig, () => now())]
  const adapters = [
    createLarkAdapter(larkConfig, { fetch: lark.fetch, now: () => now() }),
    createWecomAppAdapter(wecomAppConfig, { fetch: wecom.fetch, now: () => now() }),
    bot,
  ]
  const town = await openTown(office(), { adapters })
  const deps = { ...town.deps, publicUrl }
  const blank = { role: 'liaison' as const, units: [], charge: [], post: '' as const, mobile: '' }
  await register(
    deps,
    {
      people: [
        { ...blank, name: '飞书的人', identities: ['lark:*:ou_1'] },
        { ...blank, name: '企业微信的人', identities: [`wecom:${wecomAppConfig.agentId}:zhangsan`] },
        { ...blank, name: '机器人认得的人', identities: ['wecom:bot:lisi'] },
      ],
    },
    { by: 'admin:test', via: 'test:1', at: deps.now() },
  )
  const app = createApp({ door: () => undefined, offices: () => [deps], log: deps.log })

  /** A browser that keeps cookies as browsers do. */
  const browser = (agent = 'Chrome') => {
    const jar = new Map<string, string>()
    const go = async (address: string) => {
      const url = new URL(address, publicUrl)
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await app.request(url.href.replace('https://', 'http://'), {
        headers: { cookie, 'user-agent': agent },
      })
      for (const line of cookiesOf(response)) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (/Max-Age=0/i.test(line)) jar.delete(name)
        else jar.set(name, value)
      }
      return { status: response.status, to: response.headers.get('location') ?? '', response }
    }
    const me = async () => {
      const { response } = await go('/api/me')
      return response.status === 200
        ? ((await response.json()) as { person: { name: string } }).person.name
        : response.status
    }
    return { go, me, jar }
  }
  return { lark, wecom, deps, app, browser, town }
}

describe('signing in by an account of a platform', () => {
  it('is offered where it is set up, and gone to at once in the platform’s own browser', async () => {
    const { browser, town } = await open()
    const ways = async (agent: string) => (await browser(agent).go('/api/session/ways')).response.json()
    expect(await ways('Chrome')).toEqual({ ways: ['lark', 'wecom'] })
    expect(await ways(INSIDE_LARK)).toEqual({ ways: ['lark', 'wecom'], here: 'lark' })
    expect(await ways(INSIDE_WECOM)).toEqual({ ways: ['lark', 'wecom'], here: 'wecom' })
    const bare = createApp({ door: () => undefined, offices: () => [town.deps], log: town.deps.log })
    expect(await (await bare.request('http://duban.test/api/session/ways')).json()).toEqual({ ways: [] })
    expect((await bare.request('http://duban.test/api/session/lark')).status).toBe(404)
  })

  it('goes to Lark and back to the page that was asked for, by a cookie of our host alone', async () => {
    const { browser, lark } = await open()
    const one = browser()
    const asked = await one.go('/api/session/lark?next=%2Fledger%3Flight%3Dred')
    expect(asked.status).toBe(302)
    const back = await one.go(lark.consents(asked.to, 'ou_1'))
    expect([back.status, back.to]).toEqual([302, '/ledger?light=red'])
    expect(cookiesOf(back.response).join()).toMatch(/__Host-duban=[^;]+;.*HttpOnly; Secure; SameSite=Lax/)
    expect(await one.me()).toBe('飞书的人')
  })

  it.each([
    ['inside WeCom', INSIDE_WECOM, 'zhangsan', '企业微信的人'],
    ['by a code that is scanned', 'Chrome', 'zhangsan', '企业微信的人'],
    ['whom the smart bot knows', 'Chrome', 'lisi', '机器人认得的人'],
  ])('goes to WeCom and back: %s', async (_how, agent, userid, name) => {
    const { browser, wecom } = await open()
    const one = browser(agent)
    const asked = await one.go('/api/session/wecom')
    expect(asked.to.startsWith('https://open.weixin.qq.com/')).toBe(agent === INSIDE_WECOM)
    expect((await one.go(wecom.consents(asked.to, { userid }))).to).toBe('/')
    expect(await one.me()).toBe(name)
  })

  it('lets in nobody who is not bound, who said no, or who is from outside', async () => {
    const { browser, lark, wecom } = await open()
    const one = browser()
    const asked = async (way: string) => (await one.go(`/api/session/${way}`)).to
    expect((await one.go(lark.consents(await asked('lark'), 'ou_nobody'))).to).toBe('/signin?problem=unbound&next=%2F')
    expect((await one.go(lark.consents(await asked('lark')))).to).toContain('problem=refused')
    expect((await one.go(wecom.consents(await asked('wecom')))).to).toContain('problem=refused')
    expect((await one.go(wecom.consents(await asked('wecom'), { openid: 'o1' }))).to).toContain('problem=refused')
    expect(await one.me()).toBe(401)
  })

  it('takes another’s state, a state twice, another platform’s, and a used code for nothing', async () => {
    const { browser, lark, wecom } = await open()
    const [victim, attacker] = [browser(), browser()]
    const theirs = lark.consents((await attacker.go('/api/session/lark')).to, 'ou_1')
    // An address of the attacker's in the victim's browser: no attempt there, or another one.
    expect((await victim.go(theirs)).to).toContain('problem=expired')
    await victim.go('/api/session/lark')
    expect((await victim.go(theirs)).to).toContain('problem=expired')
    expect(await victim.me()).toBe(401)

    const back = lark.consents((await victim.go('/api/session/lark')).to, 'ou_1')
    const kept = new Map(victim.jar)
    expect((await victim.go(back)).to).toBe('/')
    expect((await victim.go(back)).to).toContain('problem=expired')
    // The same once more with the attempt put back: the code is used up.
    const again = browser()
    for (const [name, value] of kept) again.jar.set(name, value)
    expect((await again.go(back)).to).toContain('problem=refused')

    const visit = wecom.consents((await victim.go('/api/session/wecom')).to, { userid: 'zhangsan' })
    expect((await victim.go(visit.replace('/wecom/callback', '/lark/callback'))).to).toContain('problem=expired')
    // Lark holds the verifier against the challenge: a code of one attempt is none for another.
    const other = new URL(lark.consents((await attacker.go('/api/session/lark')).to, 'ou_1'))
    const mine = new URL(lark.consents((await victim.go('/api/session/lark')).to, 'ou_nobody'))
    mine.searchParams.set('code', other.searchParams.get('code') ?? '')
    expect((await victim.go(mine.href)).to).toContain('problem=refused')
  })

  it('says that the platform cannot be reached, and begins anew', async () => {
    const { browser, lark, wecom } = await open()
    const one = browser()
    lark.fail('/authen/v2/oauth/token', 'unreachable')
    expect((await one.go(lark.consents((await one.go('/api/session/lark')).to, 'ou_1'))).to).toContain(
      'problem=unreachable',
    )
    lark.fail('/authen/v1/user_info', 'unreachable')
    expect((await one.go(lark.consents((await one.go('/api/session/lark')).to, 'ou_1'))).to).toContain(
      'problem=unreachable',
    )
    wecom.fail('/auth/getuserinfo', 'unreachable')
    const visit = wecom.consents((await one.go('/api/session/wecom')).to, { userid: 'zhangsan' })
    expect((await one.go(visit)).to).toContain('problem=unreachable')
    expect((await one.go(lark.consents((await one.go('/api/session/lark')).to, 'ou_1'))).to).toBe('/')
  })

  it.each([
    '//evil.example',
    'https://evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    '/api/session',
    '/signin',
    'javascript:1',
  ])('comes back to a page of ours and never to %j', async (next) => {
    const { browser, lark } = await open()
    const one = browser()
    const asked = await one.go(`/api/session/lark?${new URLSearchParams({ next })}`)
    expect((await one.go(lark.consents(asked.to, 'ou_1'))).to).toBe('/')
  })
})
