import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { breaches, type Files } from './law.ts'

const root = new URL('../', import.meta.url)

/** The program's own files, by their path from the root. */
function programFiles(): Files {
  const files = new Map<string, string>()
  for (const top of ['src', 'adapters', 'commands', 'db', 'web']) {
    let names: string[] = []
    try {
      names = readdirSync(new URL(top, root), { recursive: true, encoding: 'utf8' })
    } catch {
      continue
    }
    for (const name of names.filter((each) => /\.[cm]?[jt]sx?$/.test(each) && !each.includes('node_modules'))) {
      const path = `${top}/${name.replaceAll('\\', '/')}`
      files.set(path, readFileSync(new URL(path, root), 'utf8'))
    }
  }
  return files
}

const only = (path: string, text: string) => breaches(new Map([[path, text]]))

describe('the import law', () => {
  it('holds for every file of the program', () => {
    const files = programFiles()
    expect(files.size).toBeGreaterThan(0)
    expect(breaches(files)).toEqual([])
    // It reads every file of the program: many, on a machine that is busy with others.
  }, 60_000)
})

describe('the checker sees every form of a forbidden import', () => {
  const forms = {
    'a static import': `\n\nimport { tick } from '../flow/tick.ts'`,
    'an import for its effect': `\n\nimport '../flow/tick.ts'`,
    'a type-only import': `\n\nimport type { Tick } from '../flow/tick.ts'`,
    'an inline type import': `\n\nimport { type Tick } from '../flow/tick.ts'`,
    'an import type in a signature': `\n\nexport type T = import('../flow/tick.ts').Tick`,
    'a dynamic import': `\n\nexport const load = () => import('../flow/tick.ts')`,
    'a dynamic import of a plain template': '\n\nexport const load = () => import(`../flow/tick.ts`)',
    'export from': `\n\nexport { tick } from '../flow/tick.ts'`,
    'export star': `\n\nexport * from '../flow/tick.ts'`,
    'export type from': `\n\nexport type { Tick } from '../flow/tick.ts'`,
    require: `\n\nconst tick = require('../flow/tick.ts')`,
    'import equals': `\n\nimport tick = require('../flow/tick.ts')`,
  }
  it.each(Object.entries(forms))('%s, with its line', (_, text) => {
    expect(only('src/time/day.ts', text)).toEqual(['src/time/day.ts:3 may not import src/flow/tick.ts'])
  })

  it('a dynamic import whose target is computed', () => {
    const text = "export const load = (name: string) => import('../flow/' + name)"
    expect(only('src/time/day.ts', text)).toEqual(['src/time/day.ts:1 imports what cannot be read off the text'])
    expect(only('src/node.ts', text.replace('../', './'))).toEqual([])
  })

  it('nothing in comments and texts', () => {
    const text = `// import '../flow/tick.ts'\nexport const words = "import '../flow/tick.ts' Date.now() fetch() process.env"`
    expect(only('src/time/day.ts', text)).toEqual([])
  })
})

describe('who may import what', () => {
  const forbidden: [from: string, to: string][] = [
    ['src/model/plan.ts', '../time/day.ts'],
    ['src/time/day.ts', '../unit/names.ts'],
    ['src/unit/names.ts', '../time/day.ts'],
    ['src/plan/parse.ts', '../chat/understand.ts'],
    ['src/plan/parse.ts', '../../db/store.ts'],
    ['src/chat/understand.ts', '../plan/parse.ts'],
    ['src/chat/understand.ts', '../../commands/list.ts'],
    ['db/store.ts', '../src/time/day.ts'],
    ['db/queries/duties.ts', '../../src/flow/dispatch.ts'],
    ['adapters/lark/index.ts', '../../db/store.ts'],
    ['adapters/lark/index.ts', '../../commands/list.ts'],
    ['adapters/lark/index.ts', '../wecom/cipher.ts'],
    ['adapters/lark/index.ts', '../../src/time/day.ts'],
    ['adapters/lark/index.ts', 'node:crypto'],
    ['adapters/lark/index.ts', 'ws'],
    ['adapters/lark/index.ts', './socket.node.ts'],
    ['adapters/text.ts', './console/render.ts'],
    ['commands/list.ts', '../adapters/adapter.ts'],
    ['commands/list.ts', '../adapters/lark/render.ts'],
    ['commands/list.ts', '../src/flow/dispatch.ts'],
    ['src/draw/draw.ts', '../../adapters/deps.ts'],
    ['adapters/lark/index.ts', '../../src/draw/draw.ts'],
    ['src/flow/dispatch.ts', '../draw/draw.ts'],
    ['src/flow/dispatch.ts', '../../adapters/lark/index.ts'],
    ['src/flow/dispatch.ts', '../http/app.ts'],
    ['src/flow/dispatch.ts', '../config.ts'],
    ['src/http/app.ts', '../../adapters/lark/index.ts'],
    ['src/http/app.ts', '../../commands/list.ts'],
    ['src/http/app.ts', '../plan/parse.ts'],
    ['src/http/app.ts', '../config.ts'],
    ['src/config.ts', './flow/dispatch.ts'],
    ['src/plan/parse.ts', '../config.ts'],
    ['src/plan/parse.ts', '../node.ts'],
    ['src/plan/parse.ts', '../log.ts'],
    ['src/http/app.ts', '../platforms.ts'],
    ['src/flow/tick.ts', '../cli/say.ts'],
    ['src/cli/say.ts', '../../test/law.ts'],
    ['src/http/shapes/session.ts', '../../flow/dispatch.ts'],
    ['src/http/shapes/session.ts', '../api/kit.ts'],
    ['web/list.ts', '../src/time/day.ts'],
    ['web/list.ts', '../src/http/app.ts'],
  ]
  it.each(forbidden)('%s may not import %s', (from, to) => {
    expect(only(from, `import { it } from '${to}'`)).toHaveLength(1)
  })

  const allowed: [from: string, to: string][] = [
    ['src/model/plan.ts', './deadline.ts'],
    ['src/model/plan.ts', 'zod'],
    ['src/time/day.ts', '../model/deadline.ts'],
    ['src/plan/read/docx.ts', '../lines.ts'],
    ['src/plan/parse.ts', '../unit/names.ts'],
    ['src/chat/understand.ts', '../time/day.ts'],
    ['db/queries/duties.ts', '../../src/model/duty.ts'],
    ['db/sqlite.ts', 'node:fs'],
    ['adapters/lark/index.ts', '../adapter.ts'],
    ['adapters/lark/index.ts', '../text.ts'],
    ['adapters/lark/index.ts', './decode.ts'],
    ['adapters/lark/socket.node.ts', 'node:crypto'],
    ['adapters/lark/socket.node.ts', '../line.node.ts'],
    ['adapters/line.node.ts', 'ws'],
    ['adapters/wecom/bot/index.ts', '../cipher.ts'],
    ['adapters/text.ts', './adapter.ts'],
    ['commands/list.ts', '../db/queries/duties.ts'],
    ['commands/list.ts', '../src/plan/parse.ts'],
    ['src/flow/dispatch.ts', '../../commands/index.ts'],
    ['src/flow/dispatch.ts', '../../adapters/adapter.ts'],
    ['src/http/app.ts', '../../commands/command.ts'],
    ['src/http/app.ts', '../flow/dispatch.ts'],
    ['src/flow/dispatch.ts', '../log.ts'],
    ['src/cli/say.ts', '../../adapters/console/index.ts'],
    ['src/cli/say.ts', '../platforms.ts'],
    ['src/platforms.ts', '../adapters/lark/index.ts'],
    ['src/worker.ts', './http/app.ts'],
  ]
  it.each(allowed)('%s may import %s', (from, to) => {
    expect(only(from, `import { it } from '${to}'`)).toEqual([])
  })

  it('types alone cross where the table says so', () => {
    expect(only('src/http/app.ts', `import type { Config } from '../config.ts'`)).toEqual([])
    expect(only('src/flow/tick.ts', `import type { Config } from '../config.ts'`)).toHaveLength(1)
    expect(only('web/list.ts', `import type { Api } from '../src/http/api.ts'`)).toEqual([])
  })

  it('a file of the program in no layer is a breach', () => {
    expect(only('src/util/misc.ts', 'export {}')).toEqual(['src/util/misc.ts is in no layer'])
    expect(only('test/anything.ts', `import '../src/cli.ts'`)).toEqual([])
  })
})

describe('the surroundings come in as parameters', () => {
  const touching: [text: string, name: string][] = [
    ['Date.now()', 'Date.now'],
    ['const later = Date.now', 'Date.now'],
    [`Date['now']()`, 'Date.now'],
    ['const { now } = Date', 'Date.now'],
    ['globalThis.Date.now()', 'Date.now'],
    ['new Date()', 'new Date()'],
    ['new Date', 'new Date()'],
    ['Date()', 'Date()'],
    [`fetch('https://example.com')`, 'fetch'],
    [`globalThis.fetch('https://example.com')`, 'fetch'],
    ['const send = fetch', 'fetch'],
    ['use({ fetch })', 'fetch'],
    ['process.env.PORT', 'process'],
    [`process['env']`, 'process'],
    ['globalThis.process.env', 'process'],
    ['Math.random()', 'Math.random'],
    ['crypto.randomUUID()', 'crypto.randomUUID'],
    ['performance.now()', 'performance.now'],
  ]
  const places = ['src/model/a.ts', 'src/time/a.ts', 'src/unit/a.ts', 'src/plan/a.ts', 'src/chat/a.ts', 'commands/a.ts']
  it.each(touching)('%s is found', (text, name) => {
    for (const place of [...places, 'adapters/lark/decode.ts', 'adapters/lark/render-list.ts'])
      expect(only(place, `\n${text}`)).toEqual([`${place}:2 may not use ${name}`])
  })

  it.each(['node:fs', 'fs', 'node:process'])('Node itself (%s) is found', (to) => {
    for (const place of [...places, 'adapters/wecom/render.ts'])
      expect(only(place, `import '${to}'`)).toEqual([`${place}:1 may not import ${to}`])
  })

  const harmless = [
    'new Date(0)',
    'Date.UTC(2026, 0, 1)',
    'export const read = (process: () => void) => process()',
    `export const get = (fetch: typeof globalThis.fetch) => fetch('https://example.com')`,
    `export interface Deps { fetch: typeof fetch }`,
    'export const at = (deps: { fetch(): void }) => deps.fetch()',
    'Math.round(1.5)',
  ]
  it.each(harmless)('%s is none', (text) => {
    expect(only('src/plan/a.ts', text)).toEqual([])
  })

  it('the clock is free elsewhere, the environment is not', () => {
    expect(only('src/flow/tick.ts', 'Date.now()')).toEqual([])
    expect(only('src/flow/tick.ts', 'process.env.PORT')).toEqual(['src/flow/tick.ts:1 may not use process'])
    expect(only('src/platforms.ts', 'process.env.PORT')).toEqual(['src/platforms.ts:1 may not use process'])
    expect(only('db/sqlite.ts', 'process.env.PORT')).toEqual(['db/sqlite.ts:1 may not use process'])
    for (const entry of ['src/config.ts', 'src/node.ts', 'src/worker.ts', 'src/cli.ts', 'src/cli/say.ts'])
      expect(only(entry, 'process.env.PORT')).toEqual([])
  })
})

describe('circles', () => {
  const files = (entries: Record<string, string>) => new Map(Object.entries(entries))
  it('across folders are found, type-only imports counted', () => {
    const found = breaches(
      files({
        'src/plan/parse.ts': `import './read/docx.ts'`,
        'src/plan/read/docx.ts': `import type { Parsed } from './shared.ts'`,
        'src/plan/read/shared.ts': `export type { Parsed } from '../parse.ts'`,
        'src/plan/lines.ts': `import './parse.ts'`,
      }),
    )
    expect(found).toEqual([
      'a circle across folders: src/plan/parse.ts, src/plan/read/docx.ts, src/plan/read/shared.ts',
    ])
  })
  it('within one folder are its own business', () => {
    expect(breaches(files({ 'src/time/a.ts': `import './b.ts'`, 'src/time/b.ts': `import './a.ts'` }))).toEqual([])
  })
})
