import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { renderText } from '../../adapters/console/index.ts'
import type { Listed } from '../../commands/command.ts'
import { groups } from '../../commands/index.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { roleWords } from '../../src/model/person.ts'
import { handDown } from '../town/handed-down.ts'
import { deskOf, type Heard, nameOf, openMatrixTown } from '../town/matrix.ts'
import type { Key } from '../town/permissions.ts'
import { type Line, scenes } from './scenes.ts'

const page = fileURLToPath(new URL('../../docs/commands.md', import.meta.url))

let folder: string
let copies = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'commands-'))
  const store = await openSqlite(join(folder, 'town.db'))
  await migrate(store)
  await openMatrixTown(store)
  await store.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The last of the lines, each said in turn in a town that nobody else has touched. */
const held = async (lines: Line[], handedDown = false): Promise<Heard> => {
  const path = join(folder, `copy-${++copies}.db`)
  copyFileSync(join(folder, 'town.db'), path)
  const store = await openSqlite(path)
  const desk = deskOf(store, '11:00')
  let last: Heard | undefined
  try {
    if (handedDown) await handDown(desk.deps)
    for (const [who, text] of lines) last = await desk.say(who, { text })
  } finally {
    await store.close()
  }
  if (!last) throw new Error('nothing was said')
  return last
}

const shown = ([who, text]: Line, { turn }: Heard): string =>
  ['```text', `${nameOf(who)}：${text}`, '', turn.reply ? renderText(turn.reply) : '（不回答）', '```'].join('\n')

const section = async (command: Listed): Promise<string> => {
  const { says, before = [], wrong, handedDown } = scenes[command.intent as Key]
  const heard: Heard[] = []
  for (const line of says) {
    const done = await held([...before, line], handedDown)
    expect.soft(done.turn.intent.intent, line[1]).toBe(command.intent)
    heard.push(done)
  }
  const [line] = says
  const [done] = heard
  const parts = [
    `### ${command.title}`,
    `谁可以：${command.roles.map((role) => roleWords[role]).join('、')}。句式：${command.usage}`,
    says.map(([, text]) => `- ${text}`).join('\n'),
    ...(line && done ? [shown(line, done)] : []),
    ...(wrong ? ['办不成的时候：', shown(wrong, await held([...before, wrong], handedDown))] : []),
  ]
  return parts.join('\n\n')
}

const preface = `# 可以对督办说什么

本页由 \`test/docs/commands.test.ts\` 逐条与机器人对话生成（\`npx vitest run test/docs -u\`），与程序不一致时测试不通过。
例子里的单位和任务是虚构的：市财政局的任务编号以 1- 开头，市环保局的以 2- 开头，时间是2017年8月15日，在市财政局的群里。
未登记人员只能在绑定到一个单位的群里查这个单位的任务；分管领导只查不报；联络员只办本单位的事，可看本单位牵头任务的配合部分；主管科室可以代单位填报，要写明单位。`

/** `vitest run test/docs -u` writes it. */
it('the page of commands says what the commands say', async () => {
  const parts: string[] = []
  for (const { title, commands } of groups) {
    parts.push(`## ${title}`)
    for (const command of commands) parts.push(await section(command))
  }
  await expect(`${[preface, ...parts].join('\n\n')}\n`).toMatchFileSnapshot(page)
})
