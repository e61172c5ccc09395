import { and, eq } from 'drizzle-orm'
import type { Adapter } from '../../adapters/adapter.ts'
import type { Store } from '../../db/store.ts'
import { importAssessment, openAssessment, theAssessment } from '../../src/flow/assess/deeds.ts'
import { dispatch, type Turn } from '../../src/flow/dispatch.ts'
import { register } from '../../src/flow/roster.ts'
import type { Intent } from '../../src/model/intent.ts'
import { addressKey, anyRouteKey, type Incoming } from '../../src/model/message.ts'
import { type Role, roleWords } from '../../src/model/person.ts'
import { atOffice } from '../../src/time/day.ts'
import { openTown, townDeps } from './town.ts'

/** Two units with the same demands each, so that every command has its like on the other side. */
const half = (n: number, title: string, unit: string, part: string): string =>
  `${n}. ${title}。按月公开${title}情况（${unit}）。2017年9月25日前开设${title}专栏（${unit}牵头，${part}配合）。国家指导意见印发后60日内出台${title}细则（${unit}）。每季度召开${title}新闻发布会（${unit}、市统计局按职责分工分别牵头落实）。2017年9月30日前编印${title}手册（${unit}）。2017年10月20日前完成${title}清单（${unit}）。2017年11月20日前制作${title}图解（${unit}）。`

const matrixPlan = `云溪市人民政府办公室文件

云政办发〔2017〕33号

云溪市人民政府办公室关于印发《云溪市2017年政务公开工作实施方案》的通知

各县区人民政府，市政府各部门：

《云溪市2017年政务公开工作实施方案》已经市政府同意，现印发给你们，请认真贯彻执行。

云溪市人民政府办公室

2017年7月11日

云溪市2017年政务公开工作实施方案

为做好全市政务公开工作，结合实际，制定本方案。

一、工作任务

（一）围绕稳增长推进公开

${half(1, '预算执行', '市财政局', '市住建局')}

（二）围绕惠民生推进公开

${half(2, '环境质量', '市环保局', '市交通局')}

云溪市人民政府办公室

2017年7月11日印发
`

const OFFICE = 'matrix'
const platform = 'lark' as const

/** Speakers of the table and the people beside them, each with an account of the same name. */
const people: [account: string, name: string, role: Role, units: string[]][] = [
  ['liaison', '周小舟', 'liaison', ['市财政局']],
  ['second', '郑同', 'liaison', ['市财政局']],
  ['env', '江河', 'liaison', ['市环保局']],
  ['audit', '吴桐', 'liaison', ['市审计局']],
  ['housing', '石砌', 'liaison', ['市住建局']],
  ['both', '双岗', 'liaison', ['市财政局', '市环保局']],
  ['head', '高局', 'head', ['市财政局']],
  ['leader', '林副市长', 'leader', []],
  ['office', '沈清', 'office', []],
  ['admin', '管理员', 'admin', []],
]

/** 周小舟（联络员）, as a page shows who speaks. */
export const nameOf = (account: string): string => {
  const found = people.find(([own]) => own === account)
  return found ? `${found[1]}（${roleWords[found[2]]}）` : '未登记的人'
}

const posts: Record<string, 'A' | 'B'> = { liaison: 'A', second: 'B' }

const rooms: [id: string, units: string[]][] = [
  ['oc_finance', ['市财政局']],
  ['oc_two', ['市财政局', '市环保局']],
  ['oc_work', []],
]

/** What has happened by 15 August: of either unit a report waits, an extension is asked, a duty is declined, one is suspended; a push stands in a room. */
const history = (n: number, unit: string, liaison: string): [account: string, said: Said][] => [
  [liaison, { text: `${n}-1 6月的已公开 http://a.example.gov.cn/${n}` }],
  [liaison, { text: `${n}-5申请延期到10月20日，因人手不足` }],
  [liaison, { text: `${n}-3不是我们的` }],
  [liaison, { button: { intent: 'split', tasks: [`${n}-6`], parts: ['国库科'] } }],
  ['office', { text: `中止${unit}${n}-7，等待上级文件` }],
]

/** Opens the town of the table on an empty store. */
export const openMatrixTown = async (store: Store, office = OFFICE): Promise<void> => {
  const { deps } = await openTown(store.of(office), { plan: matrixPlan })
  const { registry } = await deps.cache(deps.store)
  const id = (name: string) => {
    const found = registry.resolve(name)
    if (found.kind !== 'one') throw new Error(name)
    return found.unit.id
  }
  await register(
    deps,
    {
      people: people.map(([account, name, role, units]) => ({
        ...{ name, role, units: units.map(id), charge: [], post: posts[account] ?? '', mobile: '' },
        identities: [anyRouteKey({ platform, id: account })],
      })),
      rooms: rooms.map(([room, units]) => ({
        address: { platform, route: '*', kind: 'room', id: room },
        scope: units.length > 0 ? 'units' : 'all',
        units: units.map(id),
      })),
    },
    { by: 'admin:test', via: 'test:matrix', at: deps.now() },
  )
  const stamp = { by: 'admin:test', via: 'test:assess', at: deps.now() }
  const base = { theme: '', standard: '', units: [] }
  const { id: assessment } = await importAssessment(
    deps,
    {
      ...{ title: '2017年政务公开考核', from: '2017-01-01', to: '2017-12-31' },
      indicators: [
        { ...base, number: '1', name: '督办事项办理', points: 8000, by: 'rules' },
        { ...base, number: '2', name: '工作机制', points: 2000, by: 'people' },
      ],
    },
    stamp,
  )
  await openAssessment(deps, await theAssessment(deps, assessment), stamp)
  const desk = deskOf(store, '10:00', office)
  const pushed: [string, Said] = ['office', { text: '每周三10:00推送本周到期清单' }]
  for (const [who, said] of [...history(1, '市财政局', 'liaison'), ...history(2, '市环保局', 'env'), pushed]) {
    const { facts, turn } = await desk.say(who, said)
    if (facts.length === 0 || facts.includes('refused')) throw new Error(`${turn.reply?.title}: ${said.text}`)
  }
}

export interface Said {
  text?: string
  button?: unknown
  /** Of the form that the button sends off. */
  filled?: Record<string, unknown>
  room?: string
}

export interface Heard {
  turn: Turn
  /** What the log says became of it. */
  logged: string | undefined
  /** Kinds of the facts that it wrote. */
  facts: string[]
}

/** The app that hears them; what it would send goes nowhere. */
const app: Adapter = {
  ...{ platform, route: 'cli_1', perMinute: 1000, canStart: { room: true, person: true } },
  deliver: async () => ({}),
}

/** People who speak and press in the town's groups on 15 August, from a time of that day on. */
export const deskOf = (store: Store, from: string, office = OFFICE) => {
  const clock = { now: atOffice('2017-08-15', from, 'Asia/Shanghai') }
  const outcomes: (string | undefined)[] = []
  const deps = {
    ...townDeps(store.of(office), clock, [app]),
    publicUrl: 'https://duban.example.gov.cn',
    log: ({ event, outcome }: { event: string; outcome?: string }) => {
      if (event === 'message') outcomes.push(outcome)
    },
  }
  let messages = 0
  const say = async (account: string, { text = '', button, filled, room = 'oc_finance' }: Said): Promise<Heard> => {
    clock.now = new Date(clock.now.getTime() + 1000)
    const at = { platform, route: 'cli_1' }
    const message: Incoming = {
      ...at,
      ...{ id: `om_${from}_${++messages}`, at: clock.now, from: { id: account, name: '' }, addressed: true, text },
      room: { ...at, kind: 'room', id: room },
      // A button is what came from outside, whatever it holds.
      ...(button !== undefined && { button: button as Intent }),
      ...(filled && { filled }),
    }
    const turn = await dispatch(deps, message)
    const { t, q } = deps.store
    const facts = await q
      .select({ kind: t.facts.kind })
      .from(t.facts)
      .where(and(eq(t.facts.office, office), eq(t.facts.via, addressKey({ ...at, id: message.id }))))
    return { turn, logged: outcomes.at(-1), facts: facts.map(({ kind }) => kind) }
  }
  /** The clock from now on. */
  const on = (day: string, time = '10:00') => {
    clock.now = atOffice(day, time, 'Asia/Shanghai')
  }
  return { deps, say, on }
}
