import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { documentLinesOf } from '../../db/queries/documents.ts'
import type { PlanPage } from '../../src/http/shapes/plans.ts'
import type { PlanEnding } from '../../src/http/shapes/yearend.ts'
import { readPlanFile } from '../../src/plan/parse-file.ts'
import { filesOf } from '../town/files.ts'
import { officesOf } from '../town/offices.ts'
import { townPlan } from '../town/plan.ts'
import { openTown } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('plans')
const files = filesOf()
const example = (name: string) => readFile(new URL(`../../examples/${name}`, import.meta.url))
const text = (words: string) => new TextEncoder().encode(words)

const open = async () => {
  const town = await openTown(office())
  const deps = { ...town.deps, parseFile: readPlanFile, blobs: files(town.deps.store.office) }
  const console = openConsole(deps)
  const clerk = await console.as('office')
  const send = (bytes: BodyInit, name: string, headers: Record<string, string> = {}, cookie = clerk.cookie) =>
    console.app.request('http://duban.test/api/plans/upload', {
      method: 'POST',
      headers: {
        ...{
          'x-duban': 'console',
          'content-type': 'application/octet-stream',
          cookie: `duban=${cookie}`,
          'x-file-name': encodeURIComponent(name),
        },
        ...headers,
      },
      body: bytes,
      ...({ duplex: 'half' } as object),
    })
  /** What became of a file: its job when all is settled. */
  const upload = async (bytes: Uint8Array, name: string) => {
    const { job } = (await (await send(bytes as BodyInit, name)).json()) as { job: string }
    await deps.settled()
    return { id: job, ...(await clerk.get(`/plans/jobs/${job}`)).body }
  }
  const page = async (id: string): Promise<PlanPage> => (await clerk.get(`/plans/${id}`)).body
  return { town, deps, console, clerk, send, upload, page }
}

let all: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  all = await open()
})

const rowCounts = async ({ deps }: typeof all) => {
  const { t, q } = deps.store
  return {
    plans: (await q.select().from(t.plans)).filter((row) => row.office === deps.store.office).length,
    documents: (await q.select().from(t.documents)).filter((row) => row.office === deps.store.office).length,
  }
}

describe('a file', () => {
  it('becomes a draft beside its document, which the office alone sees; again it changes nothing', async () => {
    const { upload, page, console, clerk, deps } = all
    const [a, b] = await Promise.all([
      upload(await example('plan.docx'), '方案.docx'),
      upload(await example('plan.docx'), '方案.docx'),
    ])
    expect([a.result.status, b.result.status].sort()).toEqual(['new', 'same'])
    const id = a.result.plan as string
    const draft = await page(id)
    expect(draft).toMatchObject({ state: 'draft', head: { number: '云政办发〔2026〕18号' } })
    const lines = (await clerk.get(`/plans/${id}/lines`)).body.lines as { line: number; text: string }[]
    for (const { source } of draft.tasks)
      expect(lines.find(({ line }) => line === source.line)?.text.replace(/\s/g, '')).toContain(
        source.raw.replace(/\s/g, '').slice(0, 8),
      )
    const leader = await console.as('leader')
    expect(await leader.get(`/plans/${id}`)).toMatchObject({ status: 404 })
    expect(await leader.get(`/plans/${id}/lines`)).toMatchObject({ status: 404 })
    expect((await leader.get('/plans')).body.plans.map(({ state }: { state: string }) => state)).toEqual(['released'])
    expect((await clerk.get('/plans')).body.plans).toMatchObject([{ state: 'draft', tasks: 50 }, { state: 'released' }])
    const liaison = await console.as('liaison', '市财政局')
    for (const path of ['/plans', `/plans/${id}`, `/plans/${id}/lines`, `/plans/jobs/${a.id}`])
      expect(await liaison.get(path)).toMatchObject({ status: 403 })

    // The file itself is kept, for whoever may read the plan, and is saved and never shown.
    expect(draft.kept).toBe(true)
    const file = (await clerk.get(`/plans/${id}/file`)).response
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array(await example('plan.docx')))
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'content-disposition': expect.stringMatching(/^attachment; filename="file"; filename\*=UTF-8''.+\.docx$/),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
    expect([(await leader.get(`/plans/${id}/file`)).status, (await liaison.get(`/plans/${id}/file`)).status]).toEqual([
      404, 403,
    ])

    const replaced = await upload(text(`${await example('plan.txt')}`.replace('百姓', '群众').concat('\n完')), '改.txt')
    expect(replaced.result).toMatchObject({ status: 'replaced', plan: id })
    expect((await documentLinesOf(deps.store, id)).length).toBe(
      (await readPlanFile(await example('plan.txt'))).lines.length + 1,
    )
  })

  it('that is none is told so, and nothing of it is stored', async () => {
    const { upload, send, clerk } = all
    const before = await rowCounts(all)
    const cases: [Uint8Array, string, RegExp][] = [
      [text('MZ\u0090\0\u0003\0\0\0'), 'setup.exe', /./],
      [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70), '照片.jpg', /./],
      [text(`机密★1年\n${townPlan}`), '方案.txt', /密/],
      [text('只有一句话。'), '便条.txt', /没有读到任务/],
    ]
    for (const [bytes, name, words] of cases)
      expect(await upload(bytes, name)).toMatchObject({ stage: 'failed', error: expect.stringMatching(words) })
    expect(await send('x', '（机密★）方案.docx')).toMatchObject({ status: 422 })
    expect(await send('', '空.docx')).toMatchObject({ status: 422 })
    expect(await rowCounts(all)).toEqual(before)
    expect(await clerk.get('/plans/jobs/unknown')).toMatchObject({ status: 404 })
  })

  it('of 200 MB is refused before it is read, said or not', async () => {
    const { send, console } = all
    let given = 0
    const endless = () =>
      new ReadableStream({
        pull(c) {
          given += 1 << 20
          c.enqueue(new Uint8Array(1 << 20))
        },
      })
    const told = await send(endless(), 'a.docx', { 'content-length': String(200 << 20) })
    expect(told.status).toBe(413)
    expect(((await told.json()) as { error: string }).error).toContain('20MB')
    expect(given).toBeLessThan(4 << 20)
    expect((await send(endless(), 'a.docx')).status).toBe(413)
    expect(given).toBeLessThan(28 << 20)
    const { cookie } = await console.as('liaison', '市环保局')
    given = 0
    expect((await send(endless(), 'a.docx', {}, cookie)).status).toBe(403)
    expect(given).toBeLessThan(4 << 20)
  })
})

const planOf = (title: string, more = '') => `云溪市人民政府办公室文件

云政办发〔2017〕${title.charCodeAt(0) % 997}号

云溪市2017年${title}工作方案

云溪市人民政府办公室
2017年7月11日

一、重点任务

1. 每季度公布${title}进展情况（市财政局牵头，市审计局配合）。

2. 2017年9月30日前完成${title}目录（市环保局）。

3. 2017年10月底前开展${title}培训<script>alert(1)</script>（市教育局、市大数据中心）。
${more}`

describe('a draft by hand', () => {
  it('is corrected in place; whoever comes second is told what stands there now', async () => {
    const { upload, page, clerk, console } = all
    const { result } = await upload(text(planOf('数据共享')), '数据共享.txt')
    const id = result.plan as string
    const draft = await page(id)
    const [first, second, third] = draft.tasks
    expect(third?.text).toContain('<script>alert(1)</script>')
    expect(draft.questions.map(({ text }) => text).join()).toContain('市大数据中心')

    const other = await console.as('office')
    const path = `/plans/${id}/tasks/${first?.number}`
    const mine = { version: first?.version, lead: ['市审计局'], support: ['市新设局'] }
    expect(await other.patch(path, mine)).toMatchObject({ status: 200 })
    const late = await clerk.patch(path, { version: first?.version, lead: ['市环保局'] })
    expect(late).toMatchObject({ status: 409, body: { now: { lead: ['市审计局'], support: ['市新设局'] } } })
    const asked = await page(id)
    expect(asked.questions.map(({ text }) => text).join()).toContain('市新设局')
    // Of another task nobody has anything to say.
    const limits = [{ was: 0, words: '2017年9月20日前' }, { words: '每季度' }]
    const dated = { version: second?.version, number: '2-9', limits }
    expect(await clerk.patch(`/plans/${id}/tasks/${second?.number}`, dated)).toMatchObject({ status: 200 })
    expect(
      await clerk.patch(`/plans/${id}/tasks/${third?.number}`, { version: third?.version, number: '2-9' }),
    ).toMatchObject({
      status: 422,
    })
    expect(
      await clerk.patch(`/plans/${id}/tasks/${third?.number}`, {
        version: third?.version,
        limits: [{ words: '随缘' }],
      }),
    ).toMatchObject({ status: 422 })
    for (const typed of [{ text: '机密★1年' }, { lead: ['秘密★3年'] }, { limits: [{ words: '机密★1年' }] }])
      expect(
        await clerk.patch(`/plans/${id}/tasks/${third?.number}`, { version: third?.version, ...typed }),
      ).toMatchObject({ status: 422, body: { error: expect.stringContaining('密级') } })
    expect(await clerk.patch(`/plans/${id}/head`, { was: {}, now: { title: '机密★1年' } })).toMatchObject({
      status: 422,
      body: { error: expect.stringContaining('密级') },
    })
    const now = await page(id)
    expect(now.tasks.map(({ number, limits }) => [number, limits.map(({ words }) => words)])).toEqual([
      ['1-1', ['每季度']],
      ['2-9', ['2017年9月20日前', '每季度']],
      ['3-1', ['2017年10月31日前']],
    ])
    const preview = await clerk.post(`/plans/${id}/deadline`, { task: '2-9', limits: [{ words: '每月10日前' }] })
    expect(preview.body.rounds[0]).toMatchObject({ round: '8月', dueOn: '2017-08-10' })
    expect(
      (await clerk.post(`/plans/${id}/deadline`, { task: '3-1', limits: [{ words: '随缘' }] })).body.wrong,
    ).toMatch(/不是时限/)
  })

  it('has its questions answered once, its head corrected, and is released as it was looked at', async () => {
    const { upload, page, clerk, console } = all
    const { result } = await upload(text(planOf('养老服务')), '养老.txt')
    const id = result.plan as string
    const other = await console.as('office')
    const [question, ...rest] = (await page(id)).questions
    const key = question?.key
    expect((await clerk.post(`/plans/${id}/answer`, { key, answer: '不存在的局' })).body.wrong).toMatch(/通讯录里没有/)
    expect((await clerk.post(`/plans/${id}/answer`, { key, answer: '市统计局' })).body).toEqual({})
    expect(await other.post(`/plans/${id}/answer`, { key, answer: '' })).toMatchObject({ status: 409 })
    expect((await page(id)).tasks[2]?.lead).toEqual(['市教育局', '市统计局'])
    for (const { key } of rest) expect((await clerk.post(`/plans/${id}/answer`, { key, answer: '' })).status).toBe(200)
    expect((await page(id)).questions).toEqual([])

    const { head } = await page(id)
    const renamed = { was: { code: head.code }, now: { code: '信用17' } }
    expect((await clerk.patch(`/plans/${id}/head`, renamed)).status).toBe(200)
    expect(await other.patch(`/plans/${id}/head`, { ...renamed, now: { code: '信17' } })).toMatchObject({
      status: 409,
      body: { now: { code: '信用17' } },
    })
    const taken = { was: { code: '信用17' }, now: { code: all.town.code } }
    expect(await clerk.patch(`/plans/${id}/head`, taken)).toMatchObject({ status: 422 })

    const outlook = (await clerk.post(`/plans/${id}/outlook`, { startOn: '2017-10-10' })).body
    expect(outlook).toMatchObject({ unconfirmed: 2, noLiaison: expect.arrayContaining(['市审计局']) })
    const release = { version: outlook.version - 1, startOn: '2017-10-10' }
    expect(await clerk.post(`/plans/${id}/release`, release)).toMatchObject({ status: 409 })
    const released = await clerk.post(`/plans/${id}/release`, { ...release, version: outlook.version })
    expect(released.body).toEqual({ code: '信用17', duties: outlook.duties, units: outlook.units })
    const leader = await console.as('leader', '市审计局')
    const seen = (await leader.get(`/plans/${id}`)).body as PlanPage
    expect(seen).toMatchObject({ state: 'released', startOn: '2017-10-10' })
    const lights = seen.tasks.map(({ duties }) => Object.values(duties ?? {}).reduce((a, b) => a + b, 0))
    expect(lights.reduce((a, b) => a + b, 0)).toBe(outlook.duties)
    const nothing = { chosen: [], reason: '' }
    expect(await leader.post(`/plans/${id}/close`, nothing)).toMatchObject({ status: 403 })
    expect(await clerk.patch(`/plans/${id}/tasks/1-1`, { version: 1, text: '晚了' })).toMatchObject({
      status: 422,
    })
    // Closed as it was looked at: what is open has to be said of each.
    const stale = await clerk.post(`/plans/${id}/close`, nothing)
    expect(stale).toMatchObject({ status: 409, body: { now: { code: '信用17' } } })
    const { open } = (await clerk.get(`/plans/${id}/ending`)).body as PlanEnding
    expect(open.map(({ id }) => id)).toEqual(stale.body.now.open.map(({ id }: { id: string }) => id))
    const chosen = open.map(({ id, version }) => ({ id, version, fate: 'archive' }))
    expect(await clerk.post(`/plans/${id}/close`, { chosen, reason: ' ' })).toMatchObject({ status: 422 })
    expect(await clerk.post(`/plans/${id}/close`, { chosen, reason: '机构改革，职责划出' })).toMatchObject({
      status: 200,
      body: { archived: open.length, carried: [] },
    })
    expect(await clerk.post(`/plans/${id}/close`, { chosen: [], reason: '' })).toMatchObject({ status: 422 })
    expect((await page(id)).state).toBe('closed')
  })

  it('may be rid of a line that is no task', async () => {
    const { upload, page, clerk } = all
    const { result } = await upload(text(planOf('营商环境')), '营商.txt')
    const id = result.plan as string
    const third = (await page(id)).tasks[2]
    expect(
      await clerk.post(`/plans/${id}/tasks/${third?.number}/drop`, { version: (third?.version ?? 0) + 1 }),
    ).toMatchObject({
      status: 409,
    })
    expect(await clerk.post(`/plans/${id}/tasks/${third?.number}/drop`, { version: third?.version })).toMatchObject({
      status: 200,
    })
    const now = await page(id)
    expect(now.tasks.map(({ number }) => number)).toEqual(['1-1', '2-1'])
    expect(now.questions.map(({ text }) => text).join()).not.toContain('市大数据中心')
  })
})

describe("a task of one's own in a draft", () => {
  it('takes a task that its document does not have as one, once, and releases it with the others', async () => {
    const { upload, page, clerk, console } = all
    const { result } = await upload(text(planOf('信用建设')), '信用.txt')
    const id = result.plan as string
    const { version, tasks } = await page(id)
    const added = {
      ...{ number: '9', text: '9月底前建成信用档案', lead: ['市财政局'], limits: [{ words: '2017年9月底前' }] },
    }
    const leader = await console.as('leader')
    expect((await leader.post(`/plans/${id}/tasks`, added)).status).toBe(403)
    const first = tasks[0]?.number ?? ''
    for (const wrong of [{ number: first }, { number: '9 号' }, { text: ' ' }, { limits: [{ words: '等一等看' }] }])
      expect((await clerk.post(`/plans/${id}/tasks`, { ...added, ...wrong })).status, JSON.stringify(wrong)).toBe(422)
    expect((await page(id)).version).toBe(version)
    const both = await Promise.all([1, 2].map(() => clerk.post(`/plans/${id}/tasks`, added)))
    expect(both.map(({ status, body }) => [status, body.error]).sort()).toEqual([
      [200, undefined],
      [422, '编号“9”已经有了，请换一个'],
    ])
    const now = await page(id)
    expect(now.tasks.map(({ number }) => number)).toEqual([...tasks.map(({ number }) => number), '9'])
    expect(now.tasks.filter(({ number }) => number === '9')).toMatchObject([{ lead: ['市财政局'], version: 1 }])
    await clerk.post(`/plans/${id}/tasks/9/drop`, { version: 1 })
    expect((await clerk.post(`/plans/${id}/tasks`, added)).status).toBe(200)
    await clerk.post(`/plans/${id}/release`, { version: (await page(id)).version, startOn: '2017-07-11' })
    const released = (await page(id)).tasks.find(({ number }) => number === '9')
    expect(Object.values(released?.duties ?? {}).reduce((a, b) => a + b, 0)).toBe(1)
  })
})

describe('a new version of a released plan', () => {
  it('shows what it changes, is written when that is confirmed, and moves where the words stand', async () => {
    const { upload, clerk, page, deps } = all
    const { result } = await upload(text(planOf('审计整改')), '审计.txt')
    const id = result.plan as string
    const { version } = await page(id)
    await clerk.post(`/plans/${id}/release`, { version, startOn: '2017-07-11' })
    const released = await page(id)
    const next = planOf('审计整改', '\n4. 2017年11月30日前公布审计整改结果（市审计局）。\n')
      .replace('一、重点任务', '为做好工作，制定本方案。\n\n一、重点任务')
      .replace('9月30日前', '9月15日前')
    const job = await upload(text(next), '审计（修订）.txt')
    expect(job.result).toMatchObject({ status: 'differs', plan: id })
    const difference = (await clerk.post(`/plans/jobs/${job.id}/difference`, {})).body
    expect(difference).toMatchObject({ added: 1, changed: 1, dropped: 0, version: released.version })
    expect(difference.tasks.find(({ sign }: { sign: string }) => sign === '变更').fields).toEqual(
      expect.arrayContaining([{ name: '时限', before: '2017年9月30日前', after: '2017年9月15日前' }]),
    )
    expect((await page(id)).tasks).toEqual(released.tasks)
    const stale = { version: released.version - 1 }
    expect(await clerk.post(`/plans/jobs/${job.id}/apply`, stale)).toMatchObject({ status: 409, body: { now: {} } })
    const applied = await clerk.post(`/plans/jobs/${job.id}/apply`, { version: released.version })
    expect(applied.body).toMatchObject({ added: 1, changed: 1, opened: 1 })
    expect(await clerk.post(`/plans/jobs/${job.id}/apply`, { version: released.version })).toMatchObject({
      status: 404,
    })
    const now = await page(id)
    expect(now.tasks.find(({ number }) => number === '1-1')?.source.line).toBe(
      (released.tasks[0]?.source.line ?? 0) + 2,
    )
    expect((await documentLinesOf(deps.store, id)).some(({ text }) => text.includes('11月30日'))).toBe(true)
    expect((await upload(text(next), '又一次.txt')).result).toMatchObject({ status: 'same' })
    expect((await upload(text(`\n\n${next}`), '只多空行.txt')).result).toMatchObject({ status: 'same' })
  })
})
