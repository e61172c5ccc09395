import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { extract } from 'tar'
import { afterEach, describe, expect, it } from 'vitest'
import { holdingOf } from '../../db/sqlite-file.ts'
import { type Desk, openDesk } from './duban.ts'

/** Databases that earlier programs made and lived with; how is said in test/fixtures/README.md. */
const old = (name: string) => fileURLToPath(new URL(`../fixtures/${name}.tar.gz`, import.meta.url))

let desk: Desk
afterEach(() => desk.close())
// Many commands, each reading a whole ledger; on a machine that is busy with other things too.
const LONG = 120_000

const fresh = async (name: string): Promise<string> => {
  desk = await openDesk({ kept: true })
  await extract({ file: old(name), cwd: desk.folder })
  const path = join(desk.folder, 'duban.db')
  renameSync(join(desk.folder, 'database.sqlite'), path)
  return path
}
const keptOf = () => readdirSync(desk.folder).filter((name) => name.startsWith('duban.db.before-'))
const say = async (text: string, as: string, day: string) => {
  const { code, stdout, stderr } = await desk.run(['say', text, '--as', as, '--today', day])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

describe.each([
  ['old-0003', 4, '0004'],
  ['old-0005', 6, '0006'],
])('a database of an earlier program, %s', (name, version, next) => {
  it(
    'is kept as it was, brought to this version, verified, and goes on',
    async () => {
      const path = await fresh(name)
      const verified = await desk.run(['verify', '--now', '2026-05-18T09:00:00+08:00'])
      expect(verified.stdout).toContain('台账完整')
      expect(verified.code).toBe(0)
      expect(verified.stderr).toMatch(
        new RegExp(`^数据库由第 ${version} 版升到第 \\d+ 版，原来的留在 .*before-${next}-`),
      )
      const kept = keptOf()
      expect(kept).toEqual([`duban.db.before-${next}-20260518T010000Z`])
      expect(statSync(join(desk.folder, kept[0] ?? '')).mode & 0o777).toBe(0o600)
      const [before, after] = [await holdingOf(join(desk.folder, kept[0] ?? '')), await holdingOf(path)]
      expect(before?.migrations).toHaveLength(version)
      expect(after?.migrations.slice(0, version)).toEqual(before?.migrations)
      expect(after?.offices[0]?.facts).toBe(before?.offices[0]?.facts)

      expect(await say('5-1是什么', 'office', '2026-05-18')).toContain('4月')
      expect(await say('市财政局完成率多少', 'leader', '2026-05-18')).toMatch(/已办结：1项.*逾期/s)
      expect(
        await say('5-1 4月的已公开 http://czj.example.gov.cn/202605/2.html', 'liaison:市财政局', '2026-05-18'),
      ).toContain('待审核')
      expect(await say('通过 5-1', 'office', '2026-05-18')).toContain('审核通过')
      expect(await say('市财政局今年已经完成了哪些', 'leader', '2026-05-18')).toContain('（2项）')
      const again = await desk.run(['verify'])
      expect([again.code, again.stderr]).toEqual([0, ''])
      expect(keptOf()).toEqual(kept)
    },
    LONG,
  )
})

it(
  'an archive that an earlier program’s backup made is put back, and is of this version then',
  async () => {
    desk = await openDesk({ kept: true })
    const { code, stdout } = await desk.run(['restore', old('old-0005')])
    expect(stdout).toMatch(/已恢复.*984条记录，1个文件.*台账完整/s)
    expect(code).toBe(0)
    expect(await say('市财政局完成率多少', 'leader', '2026-05-18')).toContain('已办结：1项')
    expect(keptOf()).toEqual([])
  },
  LONG,
)

describe('going back', () => {
  const ahead = () => {
    desk.sql("insert into migrations (name) values ('9999_future.sql')")
  }

  it(
    'an older program says in Chinese what to do, and changes nothing; put back, the kept file serves it again',
    async () => {
      const path = await fresh('old-0005')
      await desk.run(['doctor', '--now', '2026-05-18T09:00:00+08:00'])
      await say('退回 5-1，附件不全', 'office', '2026-05-18')
      ahead()
      const rows = desk.rows()
      const refused = await desk.run(['say', '逾期任务', '--as', 'office', '--today', '2026-05-18'])
      expect([refused.code, refused.stdout]).toEqual([2, ''])
      expect(refused.stderr).toMatch(/数据库是更新的程序建的.*装回新版程序.*docs\/deploy\.md/)
      expect(desk.rows()).toBe(rows)

      const [kept = ''] = keptOf()
      for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
      copyFileSync(join(desk.folder, kept), path)
      const verified = await desk.run(['verify', '--now', '2026-05-19T09:00:00+08:00'])
      expect(verified.code).toBe(0)
      // Upgraded a second time: the one before is still there.
      expect(keptOf()).toHaveLength(2)
    },
    LONG,
  )

  it('three are kept; what has another name beside the database is nobody’s to remove', async () => {
    const path = await fresh('old-0005')
    for (const moment of ['20250101T000000Z', '20250201T000000Z', '20250301T000000Z'])
      writeFileSync(`${path}.before-0004-${moment}`, 'kept')
    for (const name of ['before-mine', 'before-0004-20250101T000000Z.zip']) writeFileSync(`${path}.${name}`, 'own')
    await desk.run(['doctor', '--now', '2026-05-18T09:00:00+08:00'])
    expect(keptOf().sort()).toEqual(
      [
        'before-0004-20250101T000000Z.zip',
        'before-0004-20250201T000000Z',
        'before-0004-20250301T000000Z',
        'before-0006-20260518T010000Z',
        'before-mine',
      ].map((name) => `duban.db.${name}`),
    )
  })

  it('where the copy cannot be kept, nothing is upgraded', async () => {
    const path = await fresh('old-0005')
    // A folder of its name stands in the way: also for root, whom no permission stops.
    mkdirSync(`${path}.before-0006-20260518T010000Z`)
    const { code, stderr } = await desk.run(['doctor', '--now', '2026-05-18T09:00:00+08:00'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/没有留成.*没有升级/)
    expect((await holdingOf(path))?.migrations).toHaveLength(6)
    expect(readdirSync(desk.folder).filter((name) => name.includes('.part-'))).toEqual([])
  })
})
