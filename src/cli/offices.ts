import { readFileSync } from 'node:fs'
import { readOffice } from '../../db/queries/office.ts'
import { planCounts } from '../../db/queries/plans.ts'
import { peopleOnDuty } from '../../db/queries/roster.ts'
import { lastSeal } from '../../db/queries/seals.ts'
import type { OfficeStore } from '../../db/store.ts'
import { platformStates } from '../config/platforms.ts'
import { type Installation, type Office, readInstallation } from '../config.ts'
import { BadInput } from '../model/problem.ts'
import { installationOf } from '../node/environment.ts'
import { openDatabase } from '../node/upgrade.ts'
import { readArgs, type Shared } from './args.ts'
import { err, out } from './print.ts'
import { chosenOffice, clockOf } from './runtime.ts'

const usage = 'offices [list] | offices check FILE'

/** Its name, zone, platforms, and the office above. */
const headOf = ({ office, name, config, above }: Office): string => {
  const on = platformStates(config).filter(({ how }) => how !== undefined)
  const platforms = on.map((each) => each.name).join('、') || '没有接平台'
  const over = above ? `；上级 ${above.office} 的${above.unit}` : ''
  return `${office}  ${name || '（没有另起名称）'}  ${config.zone}  ${platforms}${over}`
}

/** Reads a file as OFFICES_FILE would be, beside the environment as it is. @throws BadInput */
const checked = (path: string | undefined): Installation => {
  if (path === undefined) throw new BadInput(`用法：duban ${usage}`)
  return readInstallation({ ...process.env, OFFICES_FILE: path }, (file) => readFileSync(file, 'utf8'))
}

const standingOf = async (store: OfficeStore): Promise<string> => {
  const view = await readOffice(store)
  if (!view) return '还没有启动过'
  const duties = (await planCounts(store)).reduce((sum, { n }) => sum + n, 0)
  const seal = await lastSeal(store)
  const people = (await peopleOnDuty(store)).length
  const sealed = seal ? `最近封印${seal.day}` : '还没有封印'
  return `人员${people}，方案${view.plans.length}，责任事项${duties}，${sealed}`
}

const list = async (installation: Installation, shared: Shared): Promise<void> => {
  const { offices, config } = installation
  const store = await openDatabase(config, { now: clockOf(config, shared), tell: err })
  try {
    for (const each of shared.office === undefined ? offices : [chosenOffice(installation, shared.office)]) {
      out(headOf(each))
      out(`  ${await standingOf(store.of(each.office))}`)
    }
  } finally {
    await store.close()
  }
}

/** The offices of this installation and how each stands; or whether a file would do as OFFICES_FILE. */
export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, {}, usage)
  const [what = 'list', file, ...more] = positionals
  if (!['list', 'check'].includes(what) || more.length > 0 || (what === 'list' && file !== undefined))
    throw new BadInput(`用法：duban ${usage}`)
  if (what === 'list') return list(installationOf(process.env, values.office), values)
  const { offices } = checked(file)
  for (const office of offices) out(headOf(office))
  out(`${offices.length}个机关，写法都对`)
}
