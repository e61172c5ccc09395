import { incidentRules } from '../clock/rules/incidents.ts'
import { type Limit, ruleOn } from '../clock/rules/rule.ts'
import { type ClockEvent, runClock } from '../clock/run.ts'
import type { Case, CaseEvent, Field } from '../model/case.ts'
import { type Basis, type Clock, dayIn, type Moment } from '../model/clock.ts'
import { officeRoles } from '../model/person.ts'
import { BadInput } from '../model/problem.ts'
import { titled } from './plain.ts'
import { type Deed, eventsOf, type Given, lastOf, type Register, type RegisterContext } from './register.ts'

/** How grave an incident is, the least first. Both of the graver ones have the same limits. */
const levels = [
  ['other', '其他'],
  ['grave', '重大'],
  ['gravest', '特别重大'],
] as const
const rankOf = (level: unknown): number => levels.findIndex(([value]) => value === level)

const levelOf = (it: Case): unknown => lastOf(it, 'registered', 'raised')?.body.level
const isGrave = (it: Case): boolean => rankOf(levelOf(it)) > 0
const seenAt = (it: Case): Moment => it.events[0]?.at ?? ''

const at: Field = { name: 'at', label: '时间', type: 'time', optional: true, hint: '不填就是现在' }
const level: Field = { name: 'level', label: '等级', type: 'choice', options: levels }
const link: Field = { name: 'link', label: '网址', type: 'link', kept: true }
const note: Field = { name: 'note', label: '说明', type: 'long', optional: true }

const firstOf = (it: Case, kind: string): CaseEvent | undefined =>
  eventsOf(it, kind).sort((a, b) => (a.at < b.at ? -1 : 1))[0]

const isOpen = (it: Case): boolean => lastOf(it, 'finished') === undefined

/** What happened to an incident happened after it was seen. @throws BadInput */
const after = (it: Case | undefined, given: Given): void => {
  const said = typeof given.at === 'string' ? given.at : ''
  const moment = said.length === 10 ? `${said}T00:00` : said
  if (it && said !== '' && moment < seenAt(it))
    throw new BadInput(`时间早于登记的时间（${seenAt(it).replace('T', ' ')}）：请填那以后的时间`)
}

const deed = (one: Omit<Deed, 'roles' | 'fits'> & Partial<Deed>): Deed => ({
  ...{ roles: officeRoles, fits: isOpen, check: after },
  ...one,
})

const opening: Deed = {
  ...{ name: 'registered', title: '登记', roles: officeRoles, fits: () => true },
  fields: [
    { name: 'title', label: '事由', type: 'text', kept: true, hint: '不写个人姓名和联系方式' },
    level,
    { ...at, label: '监测发现的时间' },
    { name: 'seen', label: '在哪里发现', type: 'text', optional: true, hint: '市民热线、论坛、微博' },
    { ...link, optional: true },
    note,
  ],
  check: (_, given, c) => {
    ruleOn(incidentRules, typeof given.at === 'string' ? dayIn(given.at) : c.today)
  },
}

const raised = deed({
  ...{ name: 'raised', title: '提高等级', fields: [level, at, note] },
  fits: (it) => isOpen(it) && rankOf(levelOf(it)) < levels.length - 1,
  check: (it, given) => {
    after(it, given)
    if (it && rankOf(given.level) <= rankOf(levelOf(it)))
      throw new BadInput(`现在已经是“${levels[rankOf(levelOf(it))]?.[1]}”：等级只能提高，时限从登记的时间重新计算`)
  },
})

const handed = deed({
  ...{ name: 'handed', title: '转办' },
  fields: [
    { name: 'unit', label: '承办单位', type: 'unit' },
    { name: 'hours', label: '几小时内反馈', type: 'number', optional: true, hint: '不填就用本机关设定的小时数' },
    at,
    note,
  ],
  check: (it, given) => {
    after(it, given)
    if (typeof given.hours === 'number' && (given.hours < 1 || given.hours > 168))
      throw new BadInput('反馈的小时数应在1到168之间')
  },
  /** What the office has set may change later; the limit that was given stays. */
  settled: (given, { settings }) => ({ hours: settings.feedback, ...given }),
})

const statement = deed({
  ...{ name: 'statement', title: '已发布权威信息', unit: true },
  fields: [link, { ...link, name: 'more', label: '另一网址', optional: true }, at],
})

const conference = deed({
  ...{ name: 'conference', title: '发布会已开', unit: true },
  fields: [{ ...link, optional: true }, at],
})

const continued = deed({
  ...{ name: 'continued', title: '继续发布', unit: true, fields: [link, at] },
  fits: (it) => isOpen(it) && lastOf(it, 'statement') !== undefined,
})

const reported = deed({
  ...{ name: 'reported', title: '单位已反馈', unit: true },
  fields: [{ name: 'text', label: '核查处置情况', type: 'long', optional: true }, at],
  fits: (it) => isOpen(it) && lastOf(it, 'handed', 'reported')?.kind === 'handed',
})

const responded = deed({
  ...{ name: 'responded', title: '已回应', unit: true, fields: [{ ...link, optional: true }, note, at] },
  fits: (it) => isOpen(it) && !isGrave(it) && lastOf(it, 'responded') === undefined,
})

const running = (it: Case, c: RegisterContext): Clock[] => clocksOf(it, c).filter(({ state }) => state === 'running')

const finished = deed({
  ...{ name: 'finished', title: '办结', fields: [{ ...note, name: 'reason', label: '办结说明' }, at] },
  check: (it, given, c) => {
    after(it, given)
    const open = it ? running(it, c) : []
    if (open.length > 0 && given.reason === undefined)
      throw new BadInput(`还没有${open.map(({ title }) => title).join('、')}：请先登记，确实不需要的请写明办结说明`)
  },
})

const noted = deed({
  ...{ name: 'noted', title: '记录', unit: true },
  fields: [{ name: 'note', label: '说明', type: 'long' }, at],
})

const bySetting: Basis = { law: '本机关交办时限', article: '转办时指定' }

const step = ({ at }: CaseEvent, event: string, does: ClockEvent['does'], basis: Basis): ClockEvent => ({
  ...{ event, at, does, basis },
})

/** A clock of the law: from when the incident was seen up to the first thing that meets it. */
const statutory = (
  name: string,
  { title, span, basis }: Limit,
  it: Case,
  ends: readonly (readonly [CaseEvent | undefined, string])[],
  c: RegisterContext,
): Clock => {
  const [end] = ends
    .flatMap(([event, word]) => (event ? [{ event, word }] : []))
    .sort((a, b) => (a.event.at < b.event.at ? -1 : 1))
  return runClock(
    { name, title },
    [
      { event: '监测发现', at: seenAt(it), does: 'start', span, basis },
      ...(end ? [step(end.event, end.word, 'end', basis)] : []),
    ],
    c,
  )
}

/** The unit's own clock: from the last time that it was handed on, up to what the unit tells. */
const unitClock = (it: Case, closed: CaseEvent | undefined, c: RegisterContext): Clock[] => {
  const events = it.events.flatMap((event): ClockEvent[] => {
    if (event.kind === 'handed')
      return [{ ...step(event, '转办', 'restart', bySetting), span: { n: Number(event.body.hours), type: 'hour' } }]
    if (event.kind === 'reported') return [step(event, '单位反馈', 'end', bySetting)]
    return event.kind === 'responded' ? [step(event, '已回应', 'end', bySetting)] : []
  })
  if (!events.some(({ does }) => does === 'restart')) return []
  const all = closed ? [...events, step(closed, '办结', 'end', bySetting)] : events
  return [runClock({ name: 'feedback', title: '承办单位反馈' }, all, c)]
}

function clocksOf(it: Case, c: RegisterContext): Clock[] {
  const { statement, conference, response } = ruleOn(incidentRules, dayIn(seenAt(it)))
  const closed = lastOf(it, 'finished')
  const grave = eventsOf(it, 'registered', 'raised').find(({ body }) => rankOf(body.level) > 0)
  const end = [closed, '办结'] as const
  const said = [firstOf(it, 'statement'), '已发布权威信息'] as const
  const raisedTo = grave?.kind === 'raised' ? grave : undefined
  return [
    ...(grave && statement ? [statutory('statement', statement, it, [said, end], c)] : []),
    ...(grave ? [statutory('conference', conference, it, [[firstOf(it, 'conference'), '发布会已开'], end], c)] : []),
    ...(grave?.kind === 'registered' || !response
      ? []
      : [
          statutory(
            'response',
            response,
            it,
            [said, [firstOf(it, 'responded'), '已回应'], [raisedTo, '等级提高，改按重大舆情'], end],
            c,
          ),
        ]),
    ...unitClock(it, closed, c),
  ]
}

const stateOf = (it: Case): string => {
  if (!isOpen(it)) return 'done'
  const said = lastOf(it, 'statement') !== undefined
  if (!isGrave(it)) return said || lastOf(it, 'responded') ? 'answered' : 'open'
  if (!said) return 'open'
  return lastOf(it, 'conference') ? 'answered' : 'stated'
}

const linksOf = (it: Case): string[] =>
  eventsOf(it, 'statement', 'conference', 'continued', 'responded')
    .flatMap(({ body }) => [body.link, body.more])
    .flatMap((one) => (typeof one === 'string' ? [one] : []))

/** 舆情: what is said of it in public is put on record against the hours that the rules and the office give. */
export const incident: Register = {
  kind: 'incident',
  word: '舆情',
  grain: 'minute',
  states: { open: '待回应', stated: '已发布权威信息', answered: '已回应', done: '已办结' },
  opening,
  deeds: [handed, raised, statement, conference, continued, reported, responded, noted, finished],
  view: (it, c) => {
    const closed = lastOf(it, 'finished')
    const [source] = it.events
    const links = linksOf(it)
    return {
      ...titled(it),
      state: stateOf(it),
      closedOn: closed ? dayIn(closed.at) : null,
      clocks: clocksOf(it, c),
      facts: [
        ['等级', levels[rankOf(levelOf(it))]?.[1] ?? ''],
        ['监测发现', seenAt(it).replace('T', ' ')],
        ...(typeof source?.body.link === 'string' ? ([['原帖', source.body.link]] as [string, string][]) : []),
        ...(links.length > 0 ? ([['已发布', links.join(' ')]] as [string, string][]) : []),
      ],
    }
  },
}
