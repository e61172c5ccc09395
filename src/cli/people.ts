import { peopleNamed } from '../../db/queries/people.ts'
import { compactDatabase } from '../../db/sqlite-file.ts'
import { giveCode } from '../flow/codes.ts'
import { giveLink, linkUrl } from '../flow/console/sign-in/link.ts'
import { erasePerson, foreseeErasure, type Traces } from '../flow/erase/person.ts'
import { addressOf, personNamed, register } from '../flow/roster.ts'
import { anyRouteKey } from '../model/message.ts'
import { Role, roleWords } from '../model/person.ts'
import { BadInput } from '../model/problem.ts'
import { baseUrl } from '../node/base-url.ts'
import { readArgs, type Shared } from './args.ts'
import { err, out } from './print.ts'
import { type Runtime, stampOf, withRuntime } from './runtime.ts'
import { unitNamed } from './units.ts'

const usage =
  'people add NAME --role liaison|head|leader|office|admin [--unit UNIT]… [--id PLATFORM:ID]… | people link NAME [--role ROLE] | people erase NAME --reason 理由 [--role ROLE] [--yes]'

type Member = Exclude<Role, 'unknown'>

/** The one person of that name, or the one in that role. @throws BadInput */
const onlyPerson = async ({ store }: Runtime['deps'], name: string, role: Member | undefined): Promise<string> => {
  const named = (await peopleNamed(store, name)).filter((one) => role === undefined || one.role === role)
  const [person] = named
  const roles = named.map((one) => roleWords[one.role]).join('、')
  if (named.length > 1) throw new BadInput(`有${named.length}位“${name}”（${roles}）：用 --role 写明是哪一位`)
  if (!person) throw new BadInput(`通讯录里没有“${name}”：先用 people add 登记`)
  return person.id
}

/** A way into the console for whoever cannot ask the bot for one: said on this machine, to whoever administers it. */
const link = (name: string, role: Member | undefined, shared: Shared): Promise<void> =>
  withRuntime(shared, async ({ config, deps }) => {
    const { secret } = await giveLink(deps, await onlyPerson(deps, name, role))
    const base = config.publicUrl ?? baseUrl(config.host, config.port)
    out(`${name} 的网页版链接（十分钟内有效，只能用一次，只给本人）：${linkUrl(base, secret)}`)
  })

const tracesTold = ({ own, mentions, notices, evidence, left }: Traces): string =>
  [
    `本人的${own.length}条记录里的文字`,
    `别人的${mentions.length}条记录里提到此人的文字`,
    `${notices.theirs.length + notices.waiting.length + notices.others.length}条消息`,
    `${evidence.length}份佐证的名称`,
    ...(left.length > 0 ? [`不改动、需要人工处理的：${left.join('、')}`] : []),
  ].join('；')

/** Shows what would go; with `yes` it goes, out of the file's bytes too. */
const erase = (name: string, role: Member | undefined, reason: string, yes: boolean, shared: Shared): Promise<void> =>
  withRuntime(shared, async ({ config, deps }) => {
    const id = await onlyPerson(deps, name, role)
    if (!yes) {
      out(`将清除 ${name} 的姓名、手机、账号、登录，以及：${tracesTold(await foreseeErasure(deps, id))}`)
      out('记录本身和链不动。清除后不能恢复，确认请加 --yes')
      return
    }
    const traces = await erasePerson(deps, id, reason, stampOf(deps))
    out(`已清除：${tracesTold(traces)}`)
    const { database } = config
    if (database.kind === 'sqlite' && database.path !== ':memory:' && !(await compactDatabase(database.path)))
      err('数据库文件正被占用，旧字节还在文件里：停下服务后执行 vacuum（见 docs/oversight.md）')
    err('以前的备份里仍有此人的资料：请另做备份，并按规定处理旧的')
  })

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(
    argv,
    {
      role: { type: 'string' },
      unit: { type: 'string', multiple: true },
      id: { type: 'string', multiple: true },
      reason: { type: 'string' },
      yes: { type: 'boolean' },
    },
    usage,
  )
  const [verb, name] = positionals
  const role = Role.exclude(['unknown']).safeParse(values.role)
  if (verb === 'link' && name && (role.success || values.role === undefined)) return link(name, role.data, values)
  if (verb === 'erase' && name && (role.success || values.role === undefined)) {
    if (!values.reason?.trim()) throw new BadInput(`清除要写明理由，例如 people erase ${name} --reason 本人申请`)
    return erase(name, role.data, values.reason.trim(), values.yes === true, values)
  }
  if (verb !== 'add' || !name || !role.success) throw new BadInput(`用法：duban ${usage}`)
  const needsUnit = role.data === 'liaison' || role.data === 'head'
  if (needsUnit && !values.unit?.length)
    throw new BadInput(
      `${name} 是${role.data === 'liaison' ? '联络员' : '分管领导'}，要用 --unit 写明单位，例如 --unit 市财政局`,
    )
  const identities = (values.id ?? []).map((id) => anyRouteKey(addressOf(id, 'person')))
  await withRuntime(values, async ({ deps }) => {
    const { registry } = await deps.cache(deps.store)
    const units = (values.unit ?? []).map((unit) => unitNamed(registry, unit))
    await register(
      deps,
      {
        people: [
          {
            name,
            role: role.data,
            units: role.data === 'leader' ? [] : units.map((unit) => unit.id),
            charge: role.data === 'leader' ? units.map((unit) => unit.id) : [],
            post: '',
            mobile: '',
            identities,
          },
        ],
      },
      stampOf(deps),
    )
    out(
      [`已登记 ${name}`, roleWords[role.data], units.map((unit) => unit.name).join('、'), (values.id ?? []).join('、')]
        .filter(Boolean)
        .join('  '),
    )
    const person = identities.length === 0 ? await personNamed(deps, name, role.data) : undefined
    if (person) out(`绑定码 ${(await giveCode(deps, person)).code}：请本人在7天内对机器人说“绑定 绑定码”，只能用一次`)
  })
}
