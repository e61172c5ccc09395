import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openStore } from '../../db/open.ts'
import { fillDemo } from '../../src/cli/demo.ts'
import { readConfig } from '../../src/config.ts'
import { giveLink, linkUrl } from '../../src/flow/console/sign-in.ts'
import { personNamed, register } from '../../src/flow/roster.ts'
import type { Role } from '../../src/model/person.ts'
import { serveNode } from '../../src/node.ts'
import { nodeDeps } from '../../src/node-deps.ts'

/** Servers are opened in the middle of tests, where nothing can be left to do for the file's end. */
const opened: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of opened.splice(0)) await close()
})

/** The real server on a database in memory with the demo's plan, its clock where the test puts it. */
export const openServer = async (at: string) => {
  const clock = { now: new Date(at) }
  const folder = mkdtempSync(join(tmpdir(), 'duban-web-'))
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', DATABASE_URL: 'file::memory:', DATA_DIR: folder })
  const store = await openStore('file::memory:')
  const now = () => clock.now
  await fillDemo({ config, store, now })
  const serving = await serveNode({ config, store, now, log: () => undefined, office: 'default' })
  const deps = nodeDeps({ config, store, now, log: () => undefined, office: 'default' }, new Set())
  opened.push(async () => {
    await serving.stop()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  /** A one-time link of somebody of that role, entered on the register where the name is new. */
  const linkFor = async (name: string, role: Exclude<Role, 'unknown'>, ...units: string[]): Promise<string> => {
    const { view } = await deps.cache(deps.store)
    const ids = units.map((unit) => view.units.find((one) => one.name === unit)?.id ?? unit)
    const person = { name, role, units: ids, charge: [], post: '' as const, mobile: '', identities: [] }
    const stamp = { by: 'admin:test', via: `test:${deps.newId()}`, at: now() }
    await register(deps, { people: [person] }, stamp)
    const id = await personNamed(deps, name, role)
    if (!id) throw new Error(`no ${name}`)
    return linkUrl(serving.url, (await giveLink(deps, id)).secret)
  }
  return { url: serving.url, firstLink: serving.firstLink, deps, clock, linkFor }
}
