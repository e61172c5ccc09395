import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'duban-audit-'))
afterAll(() => rmSync(folder, { recursive: true }))

const audit = (report: unknown) => {
  const path = join(folder, 'report.json')
  writeFileSync(path, typeof report === 'string' ? report : JSON.stringify(report))
  const { status, stdout } = spawnSync(process.execPath, ['.ci/audit.mjs', path], { encoding: 'utf8' })
  return { status, said: stdout.trim().split('\n') }
}
const against = (severity: string) => ({ vulnerabilities: { left: { name: 'left', severity, range: '<2' } } })

it('the audit fails on what is severe, and says that it skips where nobody answers', () => {
  expect(audit(against('high'))).toEqual({
    status: 1,
    said: ['left <2: high', '1 packages with advisories, 1 severe, 1 not allowed'],
  })
  expect(audit(against('moderate')).status).toBe(0)
  expect(audit({ vulnerabilities: {} })).toMatchObject({ status: 0, said: [expect.stringMatching(/^0 packages/)] })
  for (const none of [{ statusCode: 405 }, '', 'no json'])
    expect(audit(none)).toMatchObject({ status: 0, said: [expect.stringMatching(/^skipped: /)] })
})
