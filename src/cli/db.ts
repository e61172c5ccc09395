import { type Walled, wallOf } from '../../db/postgres/wall-admin.ts'
import { BadInput } from '../model/problem.ts'
import { installationOf } from '../node/environment.ts'
import { openDatabase } from '../node/upgrade.ts'
import { readArgs } from './args.ts'
import { err, out } from './print.ts'
import { clockOf } from './runtime.ts'

const usage = 'db migrate | db wall [on|off] [--role 角色]'

const ROLE = /^[a-z_][a-z0-9_]{0,62}$/

const tellWall = ({ tables, stands, beyond, role, connected }: Walled, to: string | undefined): void => {
  if (to !== undefined && connected > 0)
    throw new Error(`还有 ${connected} 个连接在用这个数据库：请先停下所有副本，再执行一遍。什么也没有改`)
  if (tables.length > 0) out(`${stands ? '已隔开' : '已撤去'} ${tables.length} 张表：${tables.join('、')}`)
  out(stands ? '行级安全：开着，一个连接只看得见它说明的那个机关' : '行级安全：没有开')
  if (stands && beyond) throw new Error(`角色 ${role} 是超级用户或带 BYPASSRLS，墙拦不住它：副本请换一个普通角色来连`)
  if (stands) out(`角色 ${role} 受它约束`)
  if (to !== undefined) out('现在可以启动副本了，不用改它们的设置')
}

/** The database's own affairs, for its administrator: its version, and the wall between offices. */
export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, { role: { type: 'string' } }, usage)
  const [what, to, ...more] = positionals
  const wrong = new BadInput(`用法：duban ${usage}`)
  if (more.length > 0 || (to !== undefined && (what !== 'wall' || !['on', 'off'].includes(to)))) throw wrong
  if (what !== 'migrate' && what !== 'wall') throw wrong
  if (values.role !== undefined && !(to === 'on' && ROLE.test(values.role)))
    throw new BadInput('--role 只和 db wall on 一起用，写数据库里的角色名，如 duban_app')
  const { config } = installationOf(process.env, values.office)
  const { database } = config
  const store = await openDatabase(config, { now: clockOf(config, values), tell: err })
  const version = (await store.applied()).length
  await store.close()
  if (what === 'migrate') return out(`数据库：表结构第 ${version} 版`)
  if (database.kind === 'sqlite') throw new BadInput('行级安全是 PostgreSQL 的：请设 DATABASE_URL=postgres://…')
  const asked = to === 'on' || to === 'off' ? to : undefined
  tellWall(await wallOf(database.url, { to: asked, role: values.role }), asked)
}
