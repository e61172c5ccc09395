import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { misfitOf, troubleOf } from '../../src/node/misfit.ts'

/** As Node 24 says it of a part that Node 20 was given. */
const other = `The module '/opt/duban/node_modules/better-sqlite3/build/Release/better_sqlite3.node'
was compiled against a different Node.js version using
NODE_MODULE_VERSION 115. This version of Node.js requires
NODE_MODULE_VERSION 137. Please try re-compiling or re-installing`

const loading = (path: string): unknown => {
  try {
    process.dlopen({ exports: {} } as unknown as NodeModule, path)
  } catch (error) {
    return error
  }
}

it('a driver for another Node.js is told with both numbers and what to do', () => {
  const told = misfitOf(Object.assign(new Error(other), { code: 'ERR_DLOPEN_FAILED' }))
  expect(told).toMatch(/是给 ABI 115 的 Node.js 编译的，这里是 Node.js .*（ABI \d+，.*请换用 ABI 115 的 Node.js/)
  expect(told).not.toContain('\n')
})

it('a driver that this machine cannot load at all, and one that was never compiled', () => {
  const folder = mkdtempSync(join(tmpdir(), 'duban-misfit-'))
  const path = join(folder, 'driver.node')
  writeFileSync(path, 'not for any machine')
  const error = loading(path)
  rmSync(folder, { recursive: true })
  expect(misfitOf(error)).toMatch(/装载不了（.+）.*换成合本机的安装包/)
  expect(misfitOf(new Error('Could not locate the bindings file. Tried:\n → …'))).toMatch(/没有编译出来.*npm rebuild/)
})

it('any other error is none of it', () => {
  expect(misfitOf(new Error('disk I/O error'))).toBeUndefined()
  expect(misfitOf('ERR_DLOPEN_FAILED')).toBeUndefined()
})

it('a Node.js on which the driver ends the process is told of, where the driver is used', () => {
  expect(troubleOf('sqlite', '24.21.0')).toContain('请换用 Node.js 22 或 20')
  for (const version of ['20.20.2', '22.23.3']) expect(troubleOf('sqlite', version)).toBeUndefined()
  expect(troubleOf('postgres', '24.21.0')).toBeUndefined()
})
