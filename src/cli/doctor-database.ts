import { fitnessOf } from '../../db/postgres/fitness.ts'
import type { Config } from '../config.ts'
import { BadInput } from '../model/problem.ts'
import { out } from './print.ts'

/**
 * Tries on a database server what this program builds on, and says each as a line. False where something does not hold.
 * @throws BadInput where DATABASE_URL names no server, or a pooler
 */
export const tellDatabase = async ({ database }: Pick<Config, 'database'>): Promise<boolean> => {
  if (database.kind === 'sqlite')
    throw new BadInput('doctor --database 检查 PostgreSQL 和与它兼容的数据库：请设 DATABASE_URL=postgres://…')
  if (new URL(database.url).searchParams.get('pgbouncer') === 'true')
    throw new BadInput('doctor --database 要直接连数据库：DATABASE_URL 请写数据库自己的地址，不要经过 pgbouncer')
  let [well, all] = [0, 0]
  for await (const { what, wrong, optional } of fitnessOf(database.url)) {
    out(wrong === undefined ? `通过　　${what}` : `${optional ? '用不了' : '不通过'}　${what}：${wrong}`)
    if (optional) continue
    all++
    if (wrong === undefined) well++
  }
  out(well === all ? `可以用：${all} 项都通过` : `不能用：${all} 项里有 ${all - well} 项不通过`)
  return well === all
}
