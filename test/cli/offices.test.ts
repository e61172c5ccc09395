import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from './duban.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const city = { office: 'city', name: '某市政务公开办', env: { TZ_OFFICE: 'Asia/Shanghai' } }
const county = { office: 'county', name: '某县政务公开办', above: { office: 'city', unit: '某县' }, env: {} }
const fileOf = (name: string, offices: unknown) => desk.file(name, JSON.stringify({ offices }))
const check = (path: string) => desk.run(['offices', 'check', path])

describe('offices', () => {
  it('without a file is the one office, which needs no thought', async () => {
    const { code, stdout } = await desk.run(['offices'])
    expect([code, stdout]).toEqual([0, 'default  （没有另起名称）  Asia/Shanghai  没有接平台\n  还没有启动过\n'])
  })

  it('tells how each of a file stands, or one of them', async () => {
    const env = { OFFICES_FILE: fileOf('offices.json', [city, county]) }
    await desk.run(['say', '帮助', '--as', 'office', '--office', 'city'], { env })
    const both = await desk.run(['offices', 'list'], { env })
    expect(both.stdout.split('\n')).toEqual([
      'city  某市政务公开办  Asia/Shanghai  没有接平台',
      '  人员0，方案0，责任事项0，还没有封印',
      'county  某县政务公开办  Asia/Shanghai  没有接平台；上级 city 的某县',
      '  还没有启动过',
      '',
    ])
    const one = await desk.run(['offices', '--office', 'county'], { env })
    expect(one.stdout).toMatch(/^county /)
    expect(one.stdout).not.toContain('city  ')
    const none = await desk.run(['offices', '--office', 'town'], { env })
    expect([none.code, none.stdout]).toEqual([2, ''])
    expect(none.stderr).toMatch(/town/)
  })

  it('says what is wrong in a file before it is served', async () => {
    const good = await check(fileOf('good.json', [city, county]))
    expect([good.code, good.stdout.split('\n').at(-2)]).toEqual([0, '2个机关，写法都对'])
    const bad = {
      'the same office twice': [city, city],
      'an office above that is not there': [county],
      'a name that is no name of an office': [{ ...city, office: '../city' }],
      'a variable that nobody knows': [{ ...city, env: { LARK_APPID: 'cli_1' } }],
      'one without a name': [{ office: 'city' }],
      'a value that is no text': [{ ...city, env: { LARK_APP_ID: 3 } }],
      'none at all': [],
    }
    for (const [what, offices] of Object.entries(bad)) {
      const { code, stdout, stderr } = await check(fileOf('bad.json', offices))
      expect([what, code, stdout]).toEqual([what, 2, ''])
      expect(stderr, what).not.toMatch(/[a-z]+ [a-z]+/)
    }
    expect((await check(desk.file('no.json', '{'))).code).toBe(2)
    expect((await check('nowhere.json')).code).toBe(2)
    expect((await desk.run(['offices', 'check'])).stderr).toMatch(/用法：duban offices/)
  })
})
