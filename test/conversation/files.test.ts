import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import { renderText } from '../../adapters/console/index.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import type { Incoming } from '../../src/model/message.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import { readPlanFile } from '../../src/plan/parse-file.ts'
import { accounts, settle, type Who } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'

const office = officesOf('files')

/** A platform that hands files out: what was sent through it, and the files that people sent by their handles. */
const platform = () => {
  const files = new Map<string, Uint8Array | DeliveryError>()
  const said: string[] = []
  const adapter: Adapter = {
    platform: 'lark',
    route: 'cli_1',
    perMinute: 1000,
    canStart: { room: true, person: true },
    deliver: async ({ card }) => {
      said.push(renderText(card))
      return {}
    },
    fetchFile: async ({ handle, name }) => {
      const found = files.get(handle)
      if (found instanceof Uint8Array) return { name, bytes: found }
      throw found ?? new DeliveryError('gone', 'nobody sent it')
    },
  }
  return { adapter, files, said }
}

const open = async () => {
  const { adapter, files, said } = platform()
  const town = await openTown(office(), { adapters: [adapter] })
  await settle(town, 'lark')
  const deps = { ...town.deps, parseFile: readPlanFile }
  let n = 0
  const sends = async (who: Who, file: { name: string; handle: string; kind?: 'file' | 'image' }, room?: string) => {
    said.length = 0
    const address = { platform: 'lark' as const, route: 'cli_1' }
    const message: Incoming = {
      ...{ id: `f${++n}`, ...address, at: deps.now(), addressed: true, text: '' },
      from: { id: accounts[who], name: '' },
      room: room ? { ...address, kind: 'room', id: room } : { ...address, kind: 'person', id: accounts[who] },
      files: [{ kind: 'file', ...file }],
    }
    await dispatch(deps, message)
    await deliver(deps)
    return said.join('\n\n')
  }
  const plans = async () => {
    const rows = await deps.store.q.select().from(deps.store.t.plans)
    return rows.filter((row) => row.office === deps.store.office)
  }
  return { adapter, deps, files, said, sends, plans }
}

const table = () => readFile(new URL('../../examples/table.docx', import.meta.url))

it('the office sends a plan: it is read, kept as a draft and told; again it changes nothing', async () => {
  const { files, sends, plans } = await open()
  files.set('k1', await table())
  const said = await sends('office', { name: '分工方案.docx', handle: 'k1' })
  expect(said).toMatch(/收到文件\n分工方案\.docx正在读/)
  expect(said).toMatch(/已读出 \S+\n方案：.+\n任务：\d+项\n责任单位：\d+个\n台账：存为草稿/)
  expect(said).toMatch(/还没有下达，单位看不到。核对后下达：duban plan release/)
  const before = await plans()
  expect(await sends('office', { name: '分工方案.docx', handle: 'k1' })).toMatch(/台账：内容没有变化，台账没有改动/)
  expect(await plans()).toEqual(before)
})

it('what is no plan, or cannot be had any more, is told; what cannot be had now is tried again', async () => {
  const { files, sends, deps, said } = await open()
  files.set('k1', new TextEncoder().encode('今天天气很好。'))
  expect(await sends('office', { name: '天气.txt', handle: 'k1' })).toMatch(/没有读成方案/)
  expect(await sends('office', { name: '旧.docx', handle: 'k2' })).toMatch(/文件已经取不到了，请重发/)
  files.set('k4', new DeliveryError('forbidden', 'lark 400 code 99991672：应用缺少权限 im:resource'))
  expect(await sends('office', { name: '旧.docx', handle: 'k4' })).toMatch(/应用缺少权限 im:resource/)
  files.set('k3', new DeliveryError('later', '503'))
  expect(await sends('office', { name: '分工方案.docx', handle: 'k3' })).not.toMatch(/已读出|没有读成/)
  files.set('k3', await table())
  const later = new Date(deps.now().getTime() + 10 * 60_000)
  await deliver({ ...deps, now: () => later })
  expect(said.join('\n')).toMatch(/已读出/)
})

it('a file that takes long to fetch is not begun anew by another process meanwhile', async () => {
  const { adapter, files, sends, deps, said } = await open()
  files.set('k1', await table())
  const quick = adapter.fetchFile
  let fetched = 0
  adapter.fetchFile = async (file) => {
    fetched++
    const later = new Date(deps.now().getTime() + 60_000)
    await deliver({ ...deps, now: () => later })
    return quick?.(file) as Promise<{ name: string; bytes: Uint8Array }>
  }
  await sends('office', { name: '分工方案.docx', handle: 'k1' })
  expect(fetched).toBe(1)
  expect(said.filter((words) => words.includes('已读出'))).toHaveLength(1)
})

it('a picture beside a report is told to be not kept', async () => {
  const { deps } = await open()
  const address = { platform: 'lark' as const, route: 'cli_1' }
  const { reply } = await dispatch(deps, {
    ...{ id: 'p1', ...address, at: deps.now(), addressed: true, text: '1-2 7月的已公开 http://czj.example.gov.cn/1' },
    from: { id: accounts.finance, name: '' },
    room: { ...address, kind: 'person', id: accounts.finance },
    files: [{ kind: 'image', name: '', handle: 'i1' }],
  })
  expect(reply && renderText(reply)).toMatch(/已收到反馈，待审核[\s\S]*随附的图片、文件没有保存/)
})

it('a file whose name bears a 密级 mark is refused, and its name kept nowhere', async () => {
  const { deps, sends } = await open()
  for (const who of ['office', 'finance'] as const)
    expect(await sends(who, { name: '秘密★1年 分工方案.docx', handle: 'k1' })).toMatch(/涉密内容不能发到这里/)
  const { t, q } = deps.store
  const rows = [await q.select().from(t.outbox), await q.select().from(t.receipts), await q.select().from(t.facts)]
  expect(JSON.stringify(rows).includes('秘密★1年')).toBe(false)
})

it('a name that no database holds is mended, and one that is a book is cut', async () => {
  const { files, sends } = await open()
  files.set('k1', await table())
  expect(await sends('office', { name: '分工\u0000方案\ud83d.docx', handle: 'k1' })).toMatch(
    /收到文件\n分工方案\.docx正在读/,
  )
  expect((await sends('office', { name: `${'长'.repeat(5000)}.docx`, handle: 'k1' })).length).toBeLessThan(1500)
})

it('a file that would hold everybody up is not read here', async () => {
  const { files, sends, plans } = await open()
  const before = (await plans()).length
  const large = new Uint8Array((10 << 20) + 1)
  for (const bytes of [large, large.with(0, 0x50).with(1, 0x4b), large.subarray(0, (1 << 20) + 1)]) {
    files.set('k1', bytes)
    expect(await sends('office', { name: '大.docx', handle: 'k1' })).toMatch(/文件太大[\s\S]*duban import/)
  }
  files.set('k1', large.subarray(0, 1 << 20))
  expect(await sends('office', { name: '大.txt', handle: 'k1' })).not.toMatch(/文件太大/)
  expect(await plans()).toHaveLength(before)
})

it('nobody else’s file is fetched, and none in a unit’s group', async () => {
  const { sends, plans } = await open()
  expect(await sends('finance', { name: '佐证.pdf', handle: 'k1' })).toMatch(
    /图片和文件没有保存。佐证请在反馈里写公开链接/,
  )
  expect(await sends('office', { name: '方案.pdf', handle: 'k1' }, 'oc_finance')).toMatch(/请在与我的单聊里发/)
  expect(await sends('office', { name: '图.png', handle: 'k1', kind: 'image' })).toMatch(/图片、语音、视频不能读成方案/)
  expect(await plans()).toHaveLength(1)
})
