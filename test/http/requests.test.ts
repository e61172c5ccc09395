import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { openCase } from '../../src/flow/case/act.ts'
import { exportLetterAs } from '../../src/flow/case/letter.ts'
import { officesOf } from '../town/offices.ts'
import { openTown } from '../town/town.ts'
import { openConsole } from './console.ts'

const office = officesOf('console-requests')

it('gives the office the letters of an application as Word files, and notes who took them', async () => {
  const town = await openTown(office())
  town.on('2026-03-03')
  const { as } = openConsole(town.deps)
  const [boss, leader, unit] = [await as('office'), await as('leader'), await as('liaison', '市财政局')]
  const input = { channel: 'internet', at: '2026-03-02', applicant: 'natural', name: '韩冬雪', description: '购车明细' }
  const actor = { id: boss.person, name: '', role: 'office' as const, units: [], charge: [] }
  const stamp = { by: 'o', via: 'test:1', at: town.deps.now() }
  const { id } = await openCase(town.deps, actor, 'application', input, stamp)

  for (const kind of ['receipt', 'supplement', 'extension', 'opinion']) {
    const got = await boss.get(`/cases/${id}/notices/${kind}`)
    expect([got.status, got.response.headers.get('content-disposition')], kind).toEqual([
      200,
      expect.stringContaining('.docx'),
    ])
    const parts = unzipSync(new Uint8Array(await got.response.arrayBuffer()))
    expect(strFromU8(parts['word/document.xml'] ?? new Uint8Array())).toContain('此处请补充')
  }
  for (const one of [leader, unit]) expect((await one.get(`/cases/${id}/notices/receipt`)).status).toBe(403)
  const unsaid = await boss.get(`/cases/${id}/notices/answer`)
  expect([unsaid.status, unsaid.body.error]).toEqual([422, expect.stringContaining('写明下列之一')])
  expect((await boss.get(`/cases/${id}/notices/answer?result=secret`)).status).toBe(200)
  expect((await boss.get('/cases/none/notices/receipt')).status).toBe(404)

  const facts = await town.deps.store.q.select().from(town.deps.store.t.facts)
  const taken = facts.filter(({ kind, body }) => kind === 'exported' && JSON.stringify(body).includes('letter'))
  expect(taken.map(({ subject }) => subject)).toEqual(['person', 'person', 'person', 'person', 'person'])

  const asked = { number: '2026-1', kind: '登记回执' }
  expect((await exportLetterAs(town.deps, { ...stamp, via: 'test:2' }, asked)).name).toBe('登记回执-依申请2026-1.docx')
  for (const [wrong, said] of [
    [{ ...asked, number: '1' }, /应写成 2026-3/],
    [{ ...asked, number: '2026-9' }, /没有依申请2026-9/],
    [{ ...asked, kind: '通知' }, /可以是登记回执、补正告知书/],
  ] as const)
    await expect(exportLetterAs(town.deps, { ...stamp, via: 'test:3' }, wrong)).rejects.toThrow(said)
})
