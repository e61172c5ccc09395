import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openGateway } from '../adapters/lark/gateway.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { type Desk, openDesk } from './duban.ts'

let desk: Desk
let gateway: Awaited<ReturnType<typeof openGateway>>
const fake = createFakeLark(larkConfig)
beforeAll(async () => {
  desk = await openDesk({ kept: true })
  gateway = await openGateway(larkConfig, fake.fetch)
  const liaison = (name: string, mobile: string) => ({ name, post: 'A', mobile })
  const units = [
    { name: '市财政局', liaisons: [liaison('周小舟', '13900000001')] },
    { name: '市审计局', liaisons: [liaison('吴桐', '13900000002')] },
  ]
  desk.file('roster.json', JSON.stringify({ level: '市', units }))
  desk.file('bare.json', JSON.stringify({ level: '市', units: [{ name: '市财政局' }] }))
})
afterAll(async () => {
  desk.close()
  await gateway.close()
})

const env = () => ({
  LARK_MODE: 'socket',
  LARK_APP_ID: larkConfig.appId,
  LARK_APP_SECRET: larkConfig.appSecret,
  LARK_DOMAIN: gateway.domain,
})
const run = (file: string) => desk.run(['roster', 'import', file, '--find'], { env: env() })

describe('roster import --find', () => {
  it('wants a platform, before anything is written', async () => {
    const ran = await desk.run(['roster', 'import', 'roster.json', '--find'])
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(/--find 要有能按手机号查人的平台/) })
    expect(desk.rows()).not.toContain('周小舟')
  })

  it('imports, asks and says who was found', async () => {
    fake.world.numbers.set('13900000001', 'ou_1')
    const { code, stdout } = await run('roster.json')
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        /飞书：1人已绑定：市财政局 周小舟\n飞书没有找到1人（号码不同，或不在应用的可用范围内）：市审计局 吴桐\n$/,
      ),
    ])
    expect(desk.rows()).toContain('lark:*:ou_1')
    expect((await run('roster.json')).stdout).toMatch(/飞书：0人已绑定，另有1人原已绑定\n/)
    expect((await run('bare.json')).stdout).toMatch(/没有手机号码/)
    expect(await desk.run(['verify'])).toMatchObject({ code: 0 })
  })

  it('says what the platform lacks, the roster being in', async () => {
    fake.world.granted.delete('contact:user.id:readonly')
    const { code, stderr } = await run('roster.json')
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/通讯录已经导入，但飞书查不了人.*contact:user\.id:readonly/),
    ])
    expect(stderr).not.toMatch(/1390000000/)
  })
})
