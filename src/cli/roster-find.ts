import type { Adapter } from '../../adapters/adapter.ts'
import type { Config } from '../config.ts'
import type { Deps } from '../flow/deps.ts'
import { bindFound, type FoundAccounts, mobilesOf } from '../flow/roster.ts'
import { BadInput, DeliveryError } from '../model/problem.ts'
import type { RosterDraft } from '../unit/roster.ts'
import { adaptersOf } from './adapters.ts'
import { out } from './print.ts'
import { stampOf } from './runtime.ts'

type Finder = Pick<Adapter, 'platform'> & { find: NonNullable<Adapter['find']> }

const names: Record<Adapter['platform'], string> = {
  ...{ lark: '飞书', wecom: '企业微信', wechat: '微信', dingtalk: '钉钉', console: '命令行' },
}

/** The configured platforms that know people by their mobile numbers. @throws BadInput where there is none */
export const findersOf = async (config: Config, deps: Deps): Promise<Finder[]> => {
  const finders = (await adaptersOf(config, deps)).flatMap(({ adapter }): Finder[] =>
    adapter.find ? [{ platform: adapter.platform, find: adapter.find.bind(adapter) }] : [],
  )
  if (finders.length === 0)
    throw new BadInput(
      '--find 要有能按手机号查人的平台：请先配置飞书、企业微信自建应用或钉钉（见 docs/platforms/README.md），或去掉 --find',
    )
  return finders
}

const printFound = (platform: string, { bound, already, absent, left }: FoundAccounts): void => {
  const people = (list: readonly string[]) => (list.length > 0 ? `：${list.join('、')}` : '')
  const before = already.length > 0 ? `，另有${already.length}人原已绑定` : ''
  out(`${platform}：${bound.length}人已绑定${before}${people(bound)}`)
  if (absent.length > 0)
    out(`${platform}没有找到${absent.length}人（号码不同，或不在应用的可用范围内）${people(absent)}`)
  for (const line of left) out(line)
}

/** Binds the people of a roster that was taken over to their accounts, platform by platform. @throws BadInput where one cannot be asked */
export const findAccounts = async (deps: Deps, draft: RosterDraft, finders: readonly Finder[]): Promise<void> => {
  const mobiles = mobilesOf(draft)
  if (mobiles.length === 0) return out('通讯录里没有手机号码，没有可以查的人')
  const failed: string[] = []
  for (const finder of finders) {
    const name = names[finder.platform]
    try {
      printFound(name, await bindFound(deps, mobiles, finder, stampOf(deps)))
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      failed.push(`${name}查不了人（${error.message}）`)
    }
  }
  if (failed.length > 0) throw new BadInput(`通讯录已经导入，但${failed.join('；')}。解决以后同样再运行一次`)
}
