import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import { create, extract } from 'tar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { townPlan, townRoster } from '../town/plan.ts'
import { type Desk, openDesk, type Ran } from './duban.ts'

/** An office with a released plan, its text and a kept file; each `it` leaves it as it was. */
let desk: Desk
let hash: string
const DAY = ['--today', '2017-08-15']
beforeAll(async () => {
  desk = await openDesk()
  desk.file('plan.txt', townPlan)
  desk.file('town.json', JSON.stringify(townRoster))
  await done(['roster', 'import', 'town.json', '--today', '2017-07-11'])
  await done(['import', 'plan.txt', '--yes', '--today', '2017-07-11'])
  hash = keep(desk.folder, '一份佐证')
  await done(['backup', 'one.tar.gz', ...DAY])
})
afterAll(() => desk.close())

/** A file of the office, as the program keeps it: bytes and row. */
const keep = (folder: string, text: string): string => {
  const name = createHash('sha256').update(text).digest('hex')
  const shelf = join(folder, 'files', 'default', name.slice(0, 2))
  mkdirSync(shelf, { recursive: true })
  writeFileSync(join(shelf, name), text)
  desk.sql(`insert into files (office, hash, size, type, "use", at)
    values ('default', '${name}', ${Buffer.byteLength(text)}, 'text/plain', 'evidence', 0)`)
  return name
}

const done = async (args: string[], env?: Record<string, string>): Promise<string> => {
  const ran: Ran = await desk.run(args, env ? { env } : {})
  expect(ran, args.join(' ')).toMatchObject({ code: 0 })
  return ran.stdout
}
/** A place on the same machine where nothing is yet. */
const elsewhere = (name: string) => {
  const folder = join(desk.folder, name)
  mkdirSync(folder)
  return { folder, env: { DATABASE_URL: `file:${join(folder, 'duban.db')}`, DATA_DIR: folder } }
}
/** Rows of a database file, without those that only say how far the program is. */
const ledgerOf = (folder: string): string => {
  const db = new Sqlite(join(folder, 'duban.db'), { readonly: true })
  const tables = ['facts', 'duties', 'people', 'rooms', 'files', 'outbox', 'receipts', 'seals']
  const text = tables.map((t) => JSON.stringify(db.prepare(`select * from ${t} order by 1, 2, 3, 4`).all())).join('\n')
  db.close()
  return text
}
const hidden = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('.'))
const refused = async (args: string[], env?: Record<string, string>): Promise<string> => {
  const ran = await desk.run(args, env ? { env } : {})
  expect(ran, args.join(' ')).toMatchObject({ code: 2, stdout: '' })
  expect(ran.stderr.trim().split('\n')).toHaveLength(1)
  return ran.stderr
}

it('what is backed up is restored elsewhere, database and files, and is whole', async () => {
  expect(await done(['backup', 'one.tar.gz', '--force', ...DAY])).toMatch(
    /^已备份 one\.tar\.gz：1个机关，\d+条记录，2个文件，[\d.]+MB\n$/,
  )
  const { folder, env } = elsewhere('fresh')
  expect(await done(['restore', 'one.tar.gz'], env)).toMatch(
    /^已恢复 one\.tar\.gz：1个机关，\d+条记录，2个文件\n台账完整\n$/,
  )
  expect(ledgerOf(folder)).toBe(ledgerOf(desk.folder))
  expect(readFileSync(join(folder, 'files', 'default', hash.slice(0, 2), hash), 'utf8')).toBe('一份佐证')
  expect(await done(['verify'], env)).toMatch(/^台账完整：.*2个文件\n$/)
  expect([hidden(folder), hidden(desk.folder)]).toEqual([[], []])
})

it('in the middle of traffic a backup holds a moment of it, and stops nobody', async () => {
  const serving = desk.start(['serve'], { DUBAN_NOW: '2017-08-15T10:00:00+08:00' })
  await serving.said(/督办已启动/)
  let writing = true
  let written = 0
  const traffic = (async () => {
    for (; writing; written++) await done(['say', '1-2 7月的已公开', '--as', 'liaison:市财政局', ...DAY])
  })()
  for (const n of [1, 2, 3]) await done(['backup', `busy${n}.tar.gz`, ...DAY])
  writing = false
  await traffic
  expect(written).toBeGreaterThan(1)
  expect(await refused(['restore', 'busy3.tar.gz', '--force'])).toMatch(/正在使用：请先停下服务/)
  expect(await serving.end('SIGTERM')).toBe(0)
  const { env } = elsewhere('busy')
  expect(await done(['restore', 'busy3.tar.gz'], env)).toMatch(/台账完整/)
}, 60_000)

describe('a database that holds something', () => {
  it('is replaced only when that is said, and then kept beside with its files', async () => {
    await done(['backup', 'two.tar.gz', ...DAY])
    const { folder, env } = elsewhere('taken')
    await done(['restore', 'two.tar.gz'], env)
    await done(['people', 'add', '新来的', '--role', 'office', ...DAY], env)
    const before = ledgerOf(folder)
    expect(await refused(['restore', 'two.tar.gz'], env)).toMatch(/里已有内容.*--force.*什么也没有改动/)
    expect(ledgerOf(folder)).toBe(before)
    const { stderr } = await desk.run(['restore', 'two.tar.gz', '--force', '--now', '2017-08-15T10:00:00Z'], { env })
    expect(stderr).toMatch(/原来的数据库留在 .*duban\.db\.20170815T100000Z/)
    expect(ledgerOf(folder)).toBe(ledgerOf(desk.folder))
    mkdirSync(join(folder, 'old'))
    writeFileSync(join(folder, 'old', 'duban.db'), readFileSync(join(folder, 'duban.db.20170815T100000Z')))
    expect(ledgerOf(join(folder, 'old'))).toBe(before)
    expect(existsSync(join(folder, 'files.20170815T100000Z', 'default', hash.slice(0, 2), hash))).toBe(true)
  })

  it('what is no database of ours is left alone', async () => {
    const { folder, env } = elsewhere('strange')
    writeFileSync(join(folder, 'duban.db'), 'my diary')
    expect(await refused(['restore', 'one.tar.gz'], env)).toMatch(/里已有内容/)
    expect(readFileSync(join(folder, 'duban.db'), 'utf8')).toBe('my diary')
  })
})

describe('an archive that is not right changes nothing', () => {
  const text = (path: string) => readFileSync(join(desk.folder, path), 'utf8')
  /** The archive unpacked, changed by hand, and packed again with these members in this order. */
  const forged = async (name: string, change: (folder: string) => string[] | undefined): Promise<string> => {
    const folder = join(desk.folder, `forge-${name}`)
    mkdirSync(folder)
    await extract({ file: join(desk.folder, 'one.tar.gz'), cwd: folder })
    const { members: named } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
    const members = change(folder) ?? ['manifest.json', ...named.map(({ path }: { path: string }) => path)]
    await create(
      { file: join(desk.folder, name), cwd: folder, gzip: true, portable: true, preservePaths: true },
      members,
    )
    return name
  }
  interface Changing {
    v: number
    migrations: string[]
    offices: { facts: number }[]
    members: { size: number; sha256?: string }[]
  }
  const manifestOf = (folder: string, change: (manifest: Changing) => void): void => {
    const path = join(folder, 'manifest.json')
    const manifest = JSON.parse(readFileSync(path, 'utf8'))
    change(manifest)
    writeFileSync(path, JSON.stringify(manifest))
  }
  const edits: [string, RegExp, (folder: string) => string[] | undefined][] = [
    [
      'a byte of a file',
      /与清单不符/,
      (f) => void writeFileSync(join(f, 'files/default', hash.slice(0, 2), hash), '一份佐譜'),
    ],
    [
      'another database',
      /与清单不符|清单上没有/,
      (f) => {
        const db = new Sqlite(join(f, 'database.sqlite'))
        db.exec("update plans set code = '别的'")
        db.close()
        return undefined
      },
    ],
    ['a missing file', /不完整/, () => ['manifest.json', 'database.sqlite']],
    ['no manifest', /不是备份文件/, () => ['database.sqlite']],
    [
      'a member that leads elsewhere',
      /清单上没有/,
      (f) => {
        writeFileSync(join(f, '..', 'escaped.txt'), 'x')
        return ['manifest.json', '../escaped.txt']
      },
    ],
    [
      'a symlink',
      /清单上没有|不是文件/,
      (f) => {
        rmSync(join(f, 'database.sqlite'))
        symlinkSync('/etc/passwd', join(f, 'database.sqlite'))
        return undefined
      },
    ],
    [
      'a manifest that names a path outside',
      /清单不是本程序写的/,
      (f) =>
        void manifestOf(f, (m) => {
          Object.assign(m, { members: [{ path: 'files/../../x', size: 1, sha256: '0'.repeat(64) }] })
        }),
    ],
    [
      'a manifest of more than the disk holds',
      /磁盘上放不下/,
      (f) =>
        void manifestOf(f, (m) => {
          Object.assign(m.members[0] ?? {}, { size: 2 ** 52 })
        }),
    ],
    ['a newer archive', /更新版本的程序/, (f) => void manifestOf(f, (m) => void Object.assign(m, { v: 2 }))],
    [
      'a count that is not so',
      /数据库与清单不符/,
      (f) =>
        void manifestOf(f, (m) => {
          Object.assign(m.offices[0] ?? {}, { facts: 1 })
        }),
    ],
    [
      'a newer database',
      /请先升级本程序/,
      (f) => {
        const path = join(f, 'database.sqlite')
        const db = new Sqlite(path)
        db.exec("insert into migrations (name) values ('0099_later.sql')")
        db.close()
        const bytes = readFileSync(path)
        manifestOf(f, (m) => {
          m.migrations.push('0099_later.sql')
          Object.assign(m.members[0] ?? {}, {
            size: bytes.length,
            sha256: createHash('sha256').update(bytes).digest('hex'),
          })
        })
        return undefined
      },
    ],
  ]
  it.each(edits)('%s', async (what, why, edit) => {
    const name = await forged(`${edits.findIndex(([one]) => one === what)}.tar.gz`, edit)
    const { folder, env } = elsewhere(`into-${name}`)
    expect(await refused(['restore', name], env)).toMatch(why)
    expect(readdirSync(folder)).toEqual([])
  })

  it('half of one, nothing in it, more behind it, wrapped twice', async () => {
    const whole = readFileSync(join(desk.folder, 'one.tar.gz'))
    const bomb = gzipSync(Buffer.concat([gunzipSync(whole), Buffer.alloc(300 << 20)]), { level: 1 })
    const cases: [string, Uint8Array, RegExp][] = [
      ['half', whole.subarray(0, whole.length / 2), /不完整/],
      ['text', Buffer.from('not an archive'), /不是备份文件/],
      ['empty', Buffer.alloc(0), /不完整|不是备份文件/],
      ['bomb', bomb, /比清单上说的大/],
      ['twice', gzipSync(whole), /不是备份文件/],
    ]
    const { folder, env } = elsewhere('into-half')
    for (const [name, bytes, why] of cases) {
      desk.file(name, bytes)
      expect(await refused(['restore', name], env)).toMatch(why)
    }
    expect(await refused(['restore', 'nowhere.tar.gz'], env)).toMatch(/文件不存在/)
    expect(readdirSync(folder)).toEqual([])
    expect(text('half')).toBeTruthy()
  })
})

describe('a file that is there', () => {
  it('is overwritten only when that is said', async () => {
    desk.file('mine.tar.gz', 'mine')
    expect(await refused(['backup', 'mine.tar.gz'])).toMatch(/已存在.*--force/)
    expect(readFileSync(join(desk.folder, 'mine.tar.gz'), 'utf8')).toBe('mine')
    await done(['backup', 'mine.tar.gz', '--force'])
    expect(readFileSync(join(desk.folder, 'mine.tar.gz')).length).toBeGreaterThan(1000)
  })

  it('in a folder each is named by its moment, for the owner alone, and the old ones go', async () => {
    for (const day of ['10', '11', '12'])
      await done(['backup', 'nights/', '--keep-days', '30', '--now', `2017-08-${day}T02:00:00+08:00`])
    expect(await done(['backup', 'nights/', '--keep', '2', '--now', '2017-08-13T02:00:00+08:00'])).toMatch(
      /^已备份 nights\/duban-20170813-020000\.tar\.gz：.*\n清掉了2个旧备份\n$/,
    )
    const folder = join(desk.folder, 'nights')
    expect(readdirSync(folder)).toEqual(['duban-20170812-020000.tar.gz', 'duban-20170813-020000.tar.gz'])
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    expect(await refused(['backup', 'nights/', '--now', '2017-08-13T02:00:00+08:00'])).toMatch(/已存在/)
    expect(await refused(['backup', 'x.tar.gz', '--keep', '2'])).toMatch(/只用于文件夹/)
    expect(await refused(['backup', 'nights/', '--keep', '0'])).toMatch(/大于零的整数/)
  })

  it('a server on PostgreSQL does not begin with BACKUP_DIR', async () => {
    const env = { DATABASE_URL: 'postgres://db.example/duban', BACKUP_DIR: '/backup' }
    expect(await refused(['serve'], env)).toMatch(/pg_dump/)
  })

  it('backup says what it cannot do', async () => {
    expect(await refused(['backup'])).toMatch(/用法：duban backup FILE/)
    expect(await refused(['backup', 'files'])).toMatch(/这是一个文件夹/)
    expect(await refused(['backup', 'no/such/folder.tar.gz'])).toMatch(/没有这个文件夹/)
    expect(await refused(['backup', 'pg.tar.gz'], { DATABASE_URL: 'postgres://db.example/duban' })).toMatch(/pg_dump/)
    expect(await refused(['restore', 'one.tar.gz'], { DATABASE_URL: 'postgres://db.example/duban' })).toMatch(/pg_dump/)
    expect(await refused(['backup', 'm.tar.gz'], { DATABASE_URL: 'file::memory:' })).toMatch(/内存/)
    expect(await refused(['backup', 'x.tar.gz'], { DATABASE_URL: `file:${join(desk.folder, 'none.db')}` })).toMatch(
      /还没有数据库/,
    )
    expect(existsSync(join(desk.folder, 'none.db'))).toBe(false)
  })
})

describe('broken off at any moment', () => {
  const later = (ms: number) => new Promise((end) => setTimeout(end, ms))

  it('a backup is whole or not there, and the next one clears what was left', async () => {
    for (const ms of [100, 200, 300, 400]) {
      const path = join(desk.folder, `cut${ms}.tar.gz`)
      const going = desk.start(['backup', path])
      await later(ms)
      await going.kill()
      if (existsSync(path)) await done(['restore', path], elsewhere(`cut${ms}`).env)
    }
    await done(['backup', 'after.tar.gz'])
    expect(hidden(desk.folder).filter((name) => name.includes('duban.backup'))).toEqual([])
  }, 60_000)

  it('a restore leaves the old ledger or the new one, whole', async () => {
    await done(['backup', 'old.tar.gz'])
    await done(['people', 'add', '后来的', '--role', 'office', ...DAY])
    await done(['backup', 'new.tar.gz'])
    const { folder, env } = elsewhere('cut')
    await done(['restore', 'old.tar.gz'], env)
    const old = ledgerOf(folder)
    const fresh = ledgerOf(desk.folder)
    for (const ms of [150, 300, 450, 600]) {
      const going = desk.start(['restore', join(desk.folder, 'new.tar.gz'), '--force'], env)
      await later(ms)
      await going.kill()
      expect([old, fresh]).toContain(ledgerOf(folder))
      expect(await done(['verify'], env)).toMatch(/^台账完整/)
      await done(['restore', 'old.tar.gz', '--force'], env)
    }
    truncateSync(join(desk.folder, 'old.tar.gz'), 1000)
    expect(hidden(folder)).toEqual([])
  }, 120_000)
})
