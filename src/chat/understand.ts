import type { Day } from '../model/deadline.ts'
import type { Intent } from '../model/intent.ts'
import { isOffice, type Role } from '../model/person.ts'
import type { Registry } from '../unit/names.ts'
import { readAccept } from './accept.ts'
import { readBack, readHelpOn } from './back.ts'
import { isForwarded, isLife, isNotice, isSmallTalk, isThing, isToPeople } from './chatter.ts'
import { readConsole } from './console.ts'
import { type Entities, findEntities } from './entities.ts'
import { readKeep } from './inside.ts'
import { readEvent, readOffice } from './office.ts'
import { readInstruct, readPassedOn, readUrge } from './orders.ts'
import { readPapers } from './papers.ts'
import { readActivity, readPublication } from './public-papers.ts'
import { readPushed } from './pushed.ts'
import { isBareTask, isRequest, readLacking, readQuery } from './queries.ts'
import type { Reading } from './reading.ts'
import { readRegisters } from './registers.ts'
import { isTold, readRemark, readReport } from './report.ts'
import { readReportUp } from './report-up.ts'
import { readAimed } from './room.ts'
import { readScores } from './scores.ts'
import { readShown } from './shown.ts'
import { readStanding } from './standing.ts'
import { readCollect, readSecrecy, readUnitSide } from './unit-side.ts'

/** What is known beside the words. `self.units` are full names; `quoted` is what the answered bot message spoke of. */
export interface Context {
  registry: Registry
  self: { role: Role; units: string[] }
  asOf: Day
  botName?: string
  quoted?: { tasks: string[] }
  /** Short names of plans, such as 公开17. */
  plans?: string[]
}

const NONE: Intent = { intent: 'none' }
/** Nobody writes more to a bot; longer texts are notices passed on. */
const LONGEST = 600

/** Sentences that many say alike (the help shows them, the cards offer them) are short, and so many of them are kept. */
const COMMON = { length: 30, most: 500 }
const common = new WeakMap<Registry, Map<string, Entities>>()

/** What a text names; of a common sentence found once, as long as the office's names and the day are the same. */
const entitiesOf = (text: string, { registry, asOf, botName, plans = [] }: Context, courteous: boolean): Entities => {
  const find = () => findEntities(text, asOf, registry, botName, plans, courteous)
  if (text.length > COMMON.length) return find()
  const kept = common.get(registry) ?? new Map<string, Entities>()
  const key = [asOf, courteous, botName, plans, text].join('\n')
  const known = kept.get(key)
  if (known) return known
  const entities = find()
  if (kept.size >= COMMON.most) kept.clear()
  common.set(registry, kept.set(key, entities))
  return entities
}

/** What a text names, with who speaks and when: all that the rules look at. */
export function readingOf(text: string, context: Context): Reading {
  const { registry, self, asOf, quoted } = context
  const office = isOffice(self)
  const entities = entitiesOf(text, context, !office)
  const said = [...new Set(entities.tasks.flatMap((t) => t.ids))]
  const counties = /(?:县区|区县)(?<![我本]..)/.test(entities.words) ? registry.find('各县区') : []
  const spoken = entities.units.filter((u) => u.of !== 'class')
  const named = (spoken.length ? spoken : counties).flatMap((u) => u.units.map((unit) => unit.name))
  return {
    ...entities,
    asOf,
    role: self.role,
    own: self.units,
    said,
    ids: said.length ? said : (quoted?.tasks ?? []),
    named: [...new Set(named)],
    liaison: !office && self.role !== 'leader',
    office,
    leader: self.role === 'leader',
  }
}

/** Words to the bot that may stand in a message of any shape: 批示：…, 新增任务：… are notices too. */
function readCommand(r: Reading): Intent | undefined {
  if (r.office)
    return (
      readReportUp(r) ??
      readUrge(r) ??
      readPassedOn(r) ??
      readAccept(r) ??
      readOffice(r) ??
      readSecrecy(r) ??
      readCollect(r) ??
      readRelayed(r)
    )
  if (r.leader) return readUrge(r) ?? readInstruct(r) ?? readOffice(r)
  if (r.said.length > 0 && RELAYED.test(r.text)) return readRelayed(r)
  return readUnitSide(r) ?? readEvent(r) ?? (r.role === 'head' ? readUrge(r) : undefined) ?? readForeign(r)
}

const RELAYED = /^批示[:：]/

/** 批示：… typed in by the office for a leader who said it elsewhere; in a unit's mouth it is understood and refused. */
const readRelayed = (r: Reading): Intent | undefined =>
  RELAYED.test(r.text) ? readInstruct({ ...r, leader: true }) : undefined

const OFFICES_WORDS =
  /^(?:审核)?(?:通过|退回|驳回)[ :：]?|^(?:不?同意.{0,16}延期|中止|恢复办理|免予办理)|(?:时限|期限)(?:更正为|改为|改成)/

/** The office's or a leader's own form in a unit's mouth (通过 1-2): understood, so that it is refused with the reason. */
function readForeign(r: Reading): Intent | undefined {
  if (r.said.length === 0) return undefined
  if (/^催(?:一下|办)/.test(r.text)) return readUrge(r)
  return OFFICES_WORDS.test(r.text) ? readOffice(r) : undefined
}

/** 先不退回, 不要通过, 别改派, 不用撤回: a step not taken is no step. */
const LEFT =
  /(?:先不|不要|不用|不必|无需|暂不|先别|别|勿|不急着|不着急|不忙)(?:再|给他们?|急着|忙着)?(?:审核)?(?:通过|退回|驳回|打回|销号|办结|中止|暂停|恢复|改派|转派|更正|修改|调整|撤回|撤销|收回)|(?<!有)(?:没有?|未|不是)(?:被|要)?(?:退回|驳回|打回)(?![的来后])/

/** Is it said of a step that it is not taken? */
export const isLeft = (r: Reading): boolean =>
  LEFT.test(r.words) && !/\?|吗|哪|谁|多少|几[项个家]/.test(r.words) && !readKeep(r)

/** 12号已公开，不用撤回: what is called done beside the step not taken. */
const readStillDone = (r: Reading): Intent => {
  const told = r.liaison && r.said.length ? readReport(r) : undefined
  return told?.intent === 'report' ? told : NONE
}

/**
 * What a message asks for: entities first, then the intent by the words that remain. Pure; it knows no duties, and what it
 * does not understand is `none`.
 */
export function understand(text: string, context: Context): Intent {
  if (text.length > LONGEST) return NONE
  const r = readingOf(text, context)
  if (r.text === '' || isForwarded(r)) return NONE
  const standing =
    readAimed(r) ??
    readHelpOn(r) ??
    readBack(r) ??
    readShown(r) ??
    readConsole(r) ??
    readScores(r) ??
    readPushed(r) ??
    readPapers(r) ??
    readStanding(r)
  if (standing) return standing
  const held = readPublication(r) ?? readActivity(r)
  if (held) return held
  if ((isSmallTalk(r) && !r.said.length) || /^\d{1,3}$/.test(text.trim())) return NONE
  const register = isNotice(r) ? undefined : readRegisters(r)
  if (register) return register
  if (isLeft(r)) return readStillDone(r)
  const command =
    isNotice(r) && !/^(?:请)?(?:新增|追加|批示|交办|任务|催)/.test(r.text) && !r.said.length
      ? undefined
      : readCommand(r)
  if (command) return command
  if (isNotice(r) || r.toOther) return NONE
  if (isThing(r) || isToPeople(r) || (isLife(r) && !r.said.length && !r.links.length)) return NONE
  const lacking = readLacking(r)
  if (lacking) return lacking
  if (r.said.length && !isBareTask(r))
    return (isRequest(r) ? undefined : readReport(r)) ?? readQuery(r) ?? readRemark(r) ?? NONE
  if (r.liaison && isTold(r)) return readReport(r) ?? NONE
  return readQuery(r) ?? readReport(r) ?? NONE
}
