import type { Case, Field } from '../model/case.ts'
import { officeRoles } from '../model/person.ts'
import { BadInput } from '../model/problem.ts'
import { titled } from './plain.ts'
import { type Deed, lastOf, type Register } from './register.ts'

/** What is counted, by its sort. */
export const sorts = [
  ['conference', '新闻发布会'],
  ['interpretation', '政策解读'],
  ['interview', '在线访谈'],
  ['hearing', '听取汇报'],
  ['training', '培训'],
  ['meeting', '会议'],
  ['attendance', '列席会议'],
] as const
export type Sort = (typeof sorts)[number][0]

/** Who spoke or listened, by office and never by name. */
const speakers = [
  ['chief', '主要负责人'],
  ['deputy', '分管负责人'],
  ['spokesman', '新闻发言人'],
  ['other', '其他人员'],
] as const

const wordOf = (options: readonly (readonly [string, string])[], value: unknown): string =>
  options.find(([code]) => code === value)?.[1] ?? ''

export const sortOf = (it: Pick<Case, 'events'>): Sort => it.events[0]?.body.sort as Sort
export const sortWord = (sort: string): string => wordOf(sorts, sort)

/** The main leader (主要负责人) took part. */
export const isLed = (it: Pick<Case, 'events'>): boolean => it.events[0]?.body.speaker === 'chief'

const link: Field = { name: 'link', label: '网址', type: 'link', kept: true }
/** It was not cancelled. */
export const stands = (it: Case): boolean => lastOf(it, 'cancelled') === undefined

const opening: Deed = {
  ...{ name: 'registered', title: '登记', roles: officeRoles, fits: () => true },
  fields: [
    { name: 'sort', label: '类别', type: 'choice', options: sorts },
    { name: 'title', label: '主题', type: 'text', kept: true, hint: '不写个人姓名' },
    { name: 'unit', label: '举办单位', type: 'unit' },
    { name: 'at', label: '日期', type: 'day', optional: true, hint: '不填就是今天' },
    {
      name: 'speaker',
      label: '出席的负责人',
      type: 'choice',
      options: speakers,
      optional: true,
      hint: '填职务最高的一位，不写姓名',
    },
    { name: 'people', label: '参加人数', type: 'number', optional: true },
    { name: 'hours', label: '学时', type: 'number', optional: true },
    { ...link, optional: true },
  ],
  check: (_, { sort, people, hours }) => {
    if (sort === 'training' && (people === undefined || Number(people) < 1))
      throw new BadInput('培训要写参加人数，应是不小于1的整数')
    if (sort !== 'training' && hours !== undefined)
      throw new BadInput(`${wordOf(sorts, sort)}没有学时：学时只填在培训里`)
    if (Number(hours ?? 0) > 1000) throw new BadInput('学时应不超过1000')
  },
}

const linked: Deed = {
  ...{ name: 'linked', title: '补网址', roles: officeRoles, unit: true, fits: stands },
  fields: [link],
}

const cancelled: Deed = {
  ...{ name: 'cancelled', title: '撤销登记', roles: officeRoles, fits: stands },
  fields: [{ name: 'reason', label: '原因', type: 'long' }],
}

/** 公开活动: what took place and is counted. An entry that was wrong is cancelled with its reason, never deleted. */
export const activity: Register = {
  kind: 'activity',
  word: '活动',
  grain: 'day',
  states: { held: '已登记', cancelled: '已撤销' },
  opening,
  deeds: [linked, cancelled],
  view: (it) => {
    const { sort, speaker, people, hours } = it.events[0]?.body ?? {}
    const { title, unit, openedOn } = titled(it)
    const url = lastOf(it, 'registered', 'linked')?.body.link ?? it.events[0]?.body.link
    return {
      ...{ title: `${wordOf(sorts, sort)}：${title}`, unit, openedOn, closedOn: openedOn },
      ...{ state: stands(it) ? 'held' : 'cancelled', clocks: [] },
      facts: (
        [
          ['类别', wordOf(sorts, sort)],
          ['出席的负责人', wordOf(speakers, speaker)],
          ['参加人数', typeof people === 'number' ? `${people}人` : ''],
          ['学时', typeof hours === 'number' ? String(hours) : ''],
          ['网址', typeof url === 'string' ? url : ''],
        ] satisfies [string, string][]
      ).filter(([, value]) => value !== ''),
    }
  },
}
