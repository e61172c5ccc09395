import { WrongKey, WrongVersion } from '../db/errors.ts'
import { err, out } from './cli/print.ts'
import { BadInput } from './model/problem.ts'
import { misfitOf } from './node/misfit.ts'

type Run = (argv: string[]) => Promise<void>

/** Each command is loaded when it is called, so that one does not pay for another's libraries. */
const commands: Record<string, { help: string; load: () => Promise<{ run: Run }> }> = {
  parse: { help: 'parse FILE [--xlsx OUT] 读方案，打印草稿（JSON），或写成表', load: () => import('./cli/parse.ts') },
  deadlines: {
    help: 'deadlines               标准输入每行一句，打印其中的时限',
    load: () => import('./cli/deadlines.ts'),
  },
  understand: {
    help: 'understand --units FILE 标准输入每行一句，打印听懂的意思',
    load: () => import('./cli/understand.ts'),
  },
  import: { help: 'import FILE [--yes] [--from DAY]  导入方案；--yes 即下达', load: () => import('./cli/import.ts') },
  plan: {
    help: 'plan list | release PLAN | close PLAN [--carry 编号]… [--to PLAN] [--reason 理由] [--dry] | follow PLAN [上一年的PLAN] [--yes]',
    load: () => import('./cli/plan.ts'),
  },
  roster: {
    help: 'roster import FILE [--find] [--yes] | roster succeed 原单位… 新单位 --from DAY [--yes]',
    load: () => import('./cli/roster.ts'),
  },
  cases: {
    help: 'cases erase 依申请2026-3 --reason 理由 [--yes]',
    load: () => import('./cli/cases.ts'),
  },
  people: {
    help: 'people add NAME --role ROLE [--unit UNIT]… [--id PLATFORM:ID] | people link NAME [--role ROLE] | people erase NAME --reason 理由 [--yes]',
    load: () => import('./cli/people.ts'),
  },
  rooms: {
    help: 'rooms list | rooms bind PLATFORM:ID… [--unit UNIT]… [--all] [--office] [--main] [--overdue] [--webhook KEY] [--plan PLAN] | rooms unbind PLATFORM:ID…',
    load: () => import('./cli/rooms.ts'),
  },
  settings: {
    help: 'settings [hours 08:30-17:30 | digest 09:00 | ladder 1,3,5 | mention on | papers 3,5,10 | registers interpret=3]  推送的时段、时刻、逾期提醒和 @，定期起草的文书，办件的时限',
    load: () => import('./cli/settings.ts'),
  },
  calendar: {
    help: 'calendar import FILE | show [YEAR]  本机关的放假和上班日',
    load: () => import('./cli/calendar.ts'),
  },
  clock: {
    help: 'clock RULE --from DAY [--pause DAY --resume DAY] [--restart DAY] [--extend DAY] [--end DAY]  一个法定期限怎么算，逐步打印',
    load: () => import('./cli/clock.ts'),
  },
  say: { help: 'say TEXT --as ROLE[:UNIT] [--room NAME] [--today DAY] [--json]', load: () => import('./cli/say.ts') },
  chat: { help: 'chat --as ROLE[:UNIT]   在终端里对话', load: () => import('./cli/chat.ts') },
  subscriptions: {
    help: 'subscriptions [list]     另设的推送，以及下次在什么时候',
    load: () => import('./cli/subscriptions.ts'),
  },
  push: {
    help: 'push [--now TIME] [--dry]  推送此刻到点的清单 | push report [BATCH]  推送情况',
    load: () => import('./cli/push.ts'),
  },
  export: {
    help: 'export ledger --out FILE.xlsx | scores --out FILE.xlsx|.docx | annual --year YYYY --out FILE.docx | bulletin|dispatch|notice|list|summary|brief --out FILE.docx [--unit UNIT] [--month YYYY-MM] [--year YYYY] … | request --number 2026-3 --kind 答复书 --out FILE.docx  导出台账、考核得分、年度报告、文书',
    load: () => import('./cli/export.ts'),
  },
  assess: {
    help: 'assess import FILE --title 名称 --from DAY --to DAY | new | rules | open | give | tell | show [UNIT]…  考核',
    load: () => import('./cli/assess.ts'),
  },
  annual: {
    help: 'annual set --year YEAR CELL VALUE… [--last] | text --year YEAR PART FILE | form | row | show | check --year YEAR  年度报告',
    load: () => import('./cli/annual.ts'),
  },
  paper: {
    help: 'paper list | draft KIND [--from DAY --to DAY] | submit ID | sign ID --signer 姓名 --number 文号 --on DAY | void ID --reason 理由 | push ID',
    load: () => import('./cli/paper.ts'),
  },
  tally: {
    help: 'tally set [--unit UNIT] --period 2017-07 --channel website 12 | tally list [--year 2017]  报数：补报以前的数，看一年的数',
    load: () => import('./cli/tally.ts'),
  },
  serve: { help: 'serve [--demo]          启动服务', load: () => import('./cli/serve.ts') },
  evidence: {
    help: 'evidence list TASK | evidence erase ID… --reason 理由  佐证的登记和清除',
    load: () => import('./cli/evidence.ts'),
  },
  offices: {
    help: 'offices [list] | offices check FILE  本机的各个机关；检查 OFFICES_FILE 的写法',
    load: () => import('./cli/offices.ts'),
  },
  backup: {
    help: 'backup FILE [--force] | backup FOLDER/ [--keep N] [--keep-days N]  备份数据库和存档文件（服务不用停）',
    load: () => import('./cli/backup.ts'),
  },
  restore: {
    help: 'restore FILE [--force]  从备份恢复（先停服务）',
    load: () => import('./cli/restore.ts'),
  },
  verify: {
    help: 'verify [--seal 校验值]    核对台账的链和封印，以及群里留存的封印',
    load: () => import('./cli/verify.ts'),
  },
  doctor: {
    help: 'doctor [--database | --workers]  检查配置，以及能否连通；--database 检查数据库能不能用；--workers 检查能否跑在 Cloudflare Workers 上',
    load: () => import('./cli/doctor.ts'),
  },
  db: {
    help: 'db migrate | db wall [on|off] [--role 角色]  数据库升到本程序的版本；机关之间的行级安全',
    load: () => import('./cli/db.ts'),
  },
  keys: {
    help: 'keys [apply]            身份信息用哪把密钥加密；apply：照 IDENTITY_KEY 改写（先停服务）',
    load: () => import('./cli/keys.ts'),
  },
}

const usage = (): string =>
  [
    '用法：duban <命令>，每个命令都可带 --now TIME、--today DAY、--office NAME',
    ...Object.values(commands).map(({ help }) => `  ${help}`),
  ].join('\n')

/** Exit code: 0 done, 2 a bad argument or file told in one line, 1 a bug or something unreachable. */
const main = async ([name, ...argv]: string[]): Promise<number> => {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    out(usage())
    return name === undefined ? 2 : 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    err(`没有“${name}”这个命令。可用：${Object.keys(commands).join('、')}`)
    return 2
  }
  if (argv.some((arg) => arg === '--help' || arg === '-h')) {
    out(`用法：duban ${command.help}`)
    return 0
  }
  try {
    await (await command.load()).run(argv)
    // A command that did its work and found something wrong says so itself.
    return Number(process.exitCode ?? 0)
  } catch (error) {
    const told =
      error instanceof BadInput || error instanceof WrongVersion || error instanceof WrongKey
        ? error.message
        : misfitOf(error)
    if (told !== undefined) {
      err(told)
      return 2
    }
    // The first line alone: what a database adds are the values that it was given, which are people's words.
    err(error instanceof Error ? `出错了：${error.message.split('\n')[0]}` : String(error))
    if (process.env.DUBAN_DEBUG && error instanceof Error) err(error.stack ?? '')
    return 1
  }
}

/** Fulfilled when the command is over; it never fails. Not awaited here: the bundle's chunks are scripts. */
export const ended = main(process.argv.slice(2)).then((code) => {
  // A command that ran may itself have found something wrong (doctor).
  if (code !== 0) process.exitCode = code
})
