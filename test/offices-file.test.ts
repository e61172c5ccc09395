import { describe, expect, it } from 'vitest'
import { readInstallation } from '../src/config.ts'
import { BadInput } from '../src/model/problem.ts'

const lark = (n: number) => ({
  LARK_APP_ID: `cli_${n}`,
  LARK_APP_SECRET: `secret-${n}`,
  LARK_ENCRYPT_KEY: `key-${n}`,
  LARK_VERIFICATION_TOKEN: `token-${n}`,
})
const city = { office: 'yunling', name: '云岭市政务公开办', env: lark(1) }
const county = {
  office: 'yunxi',
  name: '云溪县政务公开办',
  zone: 'Asia/Urumqi',
  above: { office: 'yunling', unit: '云溪县' },
  env: { ...lark(2), BOT_NAME: '小督' },
}

const files: Record<string, string> = { '/run/secrets/lark': 'from-a-file\n' }
const readText = (path: string): string => {
  const text = files[path]
  if (text === undefined) throw new Error('ENOENT')
  return text
}
const read = (offices: unknown, env: Record<string, string> = {}, office?: string) => {
  files['/etc/offices.json'] = typeof offices === 'string' ? offices : JSON.stringify({ offices })
  return readInstallation({ OFFICES_FILE: '/etc/offices.json', ...env }, readText, office)
}
const problem = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof BadInput) return error.message
    throw error
  }
  return ''
}

describe('without OFFICES_FILE', () => {
  it('the environment is the only office’s', () => {
    const { offices, listed } = readInstallation(lark(1), readText)
    expect(listed).toBe(false)
    expect(offices).toMatchObject([
      { office: 'default', name: '', config: { platforms: { lark: { appId: 'cli_1' } } } },
    ])
    expect(readInstallation({}, readText, 'other').offices[0]?.office).toBe('other')
  })
  it('any variable may stand in a file', () => {
    const { LARK_APP_SECRET: _, ...rest } = lark(1)
    const env = { ...rest, LARK_APP_SECRET_FILE: '/run/secrets/lark' }
    expect(readInstallation(env, readText).config.platforms.lark?.appSecret).toBe('from-a-file')
    expect(problem(() => readInstallation({ ...env, LARK_APP_SECRET: 'x' }, readText))).toMatch(/只能设一个/)
    expect(problem(() => readInstallation({ LLM_KEY_FILE: '/none' }, readText))).toMatch(/^LLM_KEY_FILE 指的文件读不了/)
    expect(readInstallation({ SOME_FILE: '/none' }, readText).listed).toBe(false)
  })
})

describe('the offices of OFFICES_FILE', () => {
  it('each has its own credentials, name and zone, and what the process says for all', () => {
    const { config, offices, listed } = read([city, county], {
      DATABASE_URL: 'file:./a.db',
      LLM_BASE_URL: 'http://m/v1',
      LLM_MODEL: 'm',
    })
    expect(listed).toBe(true)
    expect(config.platforms.lark).toBeUndefined()
    expect(offices.map(({ office, name, above }) => [office, name, above])).toEqual([
      ['yunling', '云岭市政务公开办', undefined],
      ['yunxi', '云溪县政务公开办', { office: 'yunling', unit: '云溪县' }],
    ])
    expect(offices.map((each) => each.config)).toMatchObject([
      {
        zone: 'Asia/Shanghai',
        botName: '督办',
        platforms: { lark: { appId: 'cli_1' } },
        languageModel: { model: 'm' },
      },
      { zone: 'Asia/Urumqi', botName: '小督', platforms: { lark: { appId: 'cli_2' } }, database: { path: './a.db' } },
    ])
  })
  it('may be the text itself, where there are no files', () => {
    const text = JSON.stringify({ offices: [city] })
    expect(readInstallation({ OFFICES_FILE: text }, readText).offices[0]?.office).toBe('yunling')
  })
  it('may keep secrets in files too', () => {
    const { LARK_APP_SECRET: _, ...rest } = lark(1)
    const { offices } = read([{ ...city, env: { ...rest, LARK_APP_SECRET_FILE: '/run/secrets/lark' } }])
    expect(offices[0]?.config.platforms.lark?.appSecret).toBe('from-a-file')
  })

  const { LARK_ENCRYPT_KEY: _, ...half } = lark(1)
  it.each<[string, unknown, Record<string, string>, RegExp]>([
    ['no JSON', '{"offices"', {}, /不是 JSON/],
    ['no office', [], {}, /至少写一个机关/],
    ['a name that is no address', [{ ...city, office: '云岭' }], {}, /office 应为小写字母/],
    ['a name that climbs', [{ ...city, office: '../a' }], {}, /office 应为小写字母/],
    ['no title', [{ ...city, name: ' ' }], {}, /name 应写机关的名称/],
    ['a field that there is not', [{ ...city, zones: 'x' }], {}, /zones/],
    ['one name twice', [city, { ...county, office: 'yunling', above: undefined }], {}, /有两个机关的 yunling 相同/],
    ['one app twice', [city, { ...county, env: lark(1) }], {}, /有两个机关的 LARK_APP_ID 相同/],
    ['a variable that there is not', [{ ...city, env: { LARK_APP: 'x' } }], {}, /yunling 的 env 里的 LARK_APP 不认得/],
    ['a database of its own', [{ ...city, env: { DATABASE_URL: 'file:a' } }], {}, /它是整个进程的/],
    [
      'half a platform',
      [{ ...city, env: half }],
      {},
      /^OFFICES_FILE 里的 yunling：飞书只设了一半：缺 LARK_ENCRYPT_KEY/,
    ],
    ['a zone that there is not', [{ ...city, zone: 'Asia/Yunling' }], {}, /里的 yunling：TZ_OFFICE 不对/],
    ['a platform outside the file', [city], { WECOM_SECRET: 'x' }, /WECOM_SECRET 就应写在文件里/],
    ['a secret of a platform outside', [city], { WECOM_SECRET_FILE: '/run/secrets/lark' }, /WECOM_SECRET/],
    ['an office above that is not there', [county], {}, /yunxi 的上级 yunling 不在文件里/],
    ['a circle', [{ ...city, above: { office: 'yunxi', unit: 'x' } }, county], {}, /绕回了/],
    [
      'two of one unit',
      [city, county, { ...county, office: 'other', env: lark(3) }],
      {},
      /有两个机关都是 yunling 的 云溪县/,
    ],
  ])('refuse %s, with no value in the words', (_, offices, env, words) => {
    const said = problem(() => read(offices, env))
    expect(said).toMatch(words)
    expect(said).not.toMatch(/secret-\d|key-\d|token-\d/)
  })
})
