import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Environment } from '../../src/config/environment.ts'
import { platformStates, platformsOf } from '../../src/config/platforms.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const folder = 'docs/platforms/'
const pages = readdirSync(new URL(folder, root)).filter((name) => name !== 'README.md')
const variables = Object.keys(Environment.shape)

/** The first row of the table of routes, and below it each route. */
const COLUMNS = '| 路线 | 群里收 | 群里答 | 主动推送 | 真@ | 按钮 | 原地更新 | 文件 | 公网地址 |'
const HEADINGS = ['能做什么，不能做什么', '一步一步来', '环境变量', '消息长什么样', '限额', '常见的错']

const linked = (path: string): string[] =>
  [...read(path).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to = '']) => new URL(to, new URL(path, root)).href)

describe.each(pages)('docs/platforms/%s', (page) => {
  const text = read(folder + page)

  it('has the headings and the table that every platform has', () => {
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)
    const known = headings.flatMap((each) => HEADINGS.find((name) => each.startsWith(name)) ?? [])
    expect([...new Set(known)]).toEqual(HEADINGS)
    expect(text).toContain(COLUMNS)
    expect(text).toContain('| 现象或报错 | 多半是 | 怎么办 |')
    expect(text).toMatch(/^# 接/)
  })

  it('is in the index, and names no variable that there is not', () => {
    expect(read(`${folder}README.md`)).toContain(`](${page})`)
    expect(read('README.md')).toContain(`](${folder}${page})`)
    const named = [...text.matchAll(/`((?:LARK|WECOM|DINGTALK)_[A-Z_]+)`?/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !variables.includes(name))).toEqual([])
  })
})

it('the doctor names pages that there are', () => {
  const states = platformStates({ platforms: platformsOf(Environment.parse({})) })
  expect(states.map(({ doc }) => existsSync(new URL(doc, root)))).not.toContain(false)
})

it('the README names every variable of the environment', () => {
  const readme = read('README.md')
  expect(variables.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
})

it.each([
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(new URL('docs', root))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...pages.map((name) => folder + name),
  `${folder}README.md`,
])('%s links to what there is', (path) => expect(linked(path).filter((href) => !existsSync(new URL(href)))).toEqual([]))
