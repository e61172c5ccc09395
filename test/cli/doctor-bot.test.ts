import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from './duban.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const app = {
  WECOM_CORP_ID: 'ww0123456789abcdef',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'secret-of-the-app',
  WECOM_TOKEN: 'token1',
  WECOM_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  WECOM_API_BASE: 'http://127.0.0.1:1',
}
const bot = { WECOM_BOT_ID: 'AIB1', WECOM_BOT_SECRET: 'secret-of-the-bot' }
const doctor = (env: Record<string, string>) => desk.run(['doctor', '--today', '2017-08-22'], { env })

describe('doctor', () => {
  it('says what stands between us and a platform, and ends with 1', async () => {
    const { code, stdout, stderr } = await doctor(app)
    expect(stdout).toMatch(/问题：现在问不到 http:\/\/127\.0\.0\.1:1（wecom 连[^）]+）：检查出网.*WECOM_API_BASE/)
    expect(stdout).not.toMatch(/令牌已取得/)
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).not.toMatch(/secret-of/)
  })

  it('claims no token of a bot that it did not ask, and says who has its connection', async () => {
    const none = await doctor(bot)
    expect(none.code).toBe(0)
    expect(none.stdout).toMatch(/机器人：AIB1（密钥对不对/)
    expect(none.stdout).toMatch(/长连接：现在没有进程连着/)
    expect(none.stdout).not.toMatch(/令牌已取得/)
    const at = Date.parse('2017-08-22T01:00:00Z')
    desk.sql(
      `insert into listeners (office, app, owner, until, at, lost) values ('default', 'wecom:AIB1', 'p1', ${at + 7_200_000}, ${at}, '')`,
    )
    expect((await doctor(bot)).stdout).toMatch(/长连接：2017-08-22 09:00 起由一个进程连着/)
    desk.sql(`update listeners set owner = '', lost = 'kicked-out'`)
    const lost = await doctor(bot)
    expect([lost.code, lost.stdout]).toEqual([1, expect.stringMatching(/断开（另一个程序用同一个机器人连上了/)])
    desk.sql(`update listeners set lost = 'refused-853000'`)
    expect((await doctor(bot)).stdout).toMatch(/错误码 853000/)
  })
})
