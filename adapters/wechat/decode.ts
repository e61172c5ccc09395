import type { Address, Incoming } from '../../src/model/message.ts'

/** One account a process, so one route. */
export const ROUTE = 'wechaty'

/** A message as wechaty hands it over, its promises awaited. */
export interface Said {
  id: string
  /** wechaty's number of the kind. */
  type: number
  text: string
  at: Date
  /** Seconds since it was said, by wechaty's own clock. */
  age: number
  self: boolean
  from: { id: string; name: string; official: boolean }
  /** `place`: the id of its address, where it was said in a group. */
  place?: string
  mentioned: boolean
}

const TEXT = 7
/** Unknown, GroupNote, Recalled: what nobody said. */
const NOT_SAID = new Set([0, 10, 13])
/** Old messages come after a login. */
const OLD_S = 300
/** Accounts of WeChat itself, which no person stands behind. */
const SERVICES = new Set(['weixin', 'filehelper', 'fmessage', 'newsapp', 'medianote', 'floatbottle'])

/** What a mention ends with: a space of a quarter em. */
const MENTION_END = '\u2005'

/** Ids of the web protocol (`@…`, `@@…`) are new at every login; others last. */
const lasts = (id: string): boolean => !id.startsWith('@')

const BY_TOPIC = 'topic:'

/** A group's id in its address: its own where that lasts, else its name, which one group alone may have. */
export const placeId = (id: string, topic: string, unique: boolean): string =>
  lasts(id) || topic === '' || !unique ? id : `${BY_TOPIC}${topic}`

/** The name that an address stands for; undefined where it is an id. */
export const topicOf = (id: string): string | undefined =>
  id.startsWith(BY_TOPIC) ? id.slice(BY_TOPIC.length) : undefined

/** Is a group of such an id addressed by its name? */
export const goesByTopic = (id: string): boolean => !lasts(id)

/** The group or the person of a message's address. */
export const addressAt = (kind: Address['kind'], id: string): Address => ({
  platform: 'wechat',
  route: ROUTE,
  kind,
  id,
})

/** Own name after an @, and what ends it; others' stay, so that it is seen whom the words speak of. */
function withoutOwn(text: string, names: readonly string[]): string {
  let rest = text
  for (const name of names.filter(Boolean)) {
    rest = rest
      .replaceAll(`@${name}${MENTION_END}`, '')
      .replaceAll(`@${name} `, '')
      .replace(new RegExp(`@${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`), '')
  }
  return rest.replaceAll(MENTION_END, ' ').trim()
}

const QUOTED_BEGINS = '「'
const QUOTED_ENDS = '」\n- - - - - '

/** A quote is words before the words: 「名字：原话」, a dashed line, the answer. */
function partQuoted(text: string): { text: string; quoted?: string } {
  const end = text.startsWith(QUOTED_BEGINS) ? text.indexOf(QUOTED_ENDS) : -1
  if (end < 0) return { text }
  const line = text.indexOf('\n', end + QUOTED_ENDS.length)
  const said = text.slice(1, end)
  return { text: line < 0 ? '' : text.slice(line + 1), quoted: said.slice(said.search(/[：:]/) + 1).trim() }
}

/** Does the text itself mention one of the names, where the platform sends no list of whom? */
export const mentions = (text: string, names: readonly string[]): boolean =>
  names.some((name) => name !== '' && text.includes(`@${name}${MENTION_END}`))

/**
 * What somebody said to us. Undefined for our own words, for what is old, recalled, or said by no person, and for what a
 * group says among itself: the account is in groups that are none of the office's, and hears all of them. A picture or a
 * voice in a single chat has no words, which flow tells whoever sent it. `names`: ours, in that group.
 */
export function decode(said: Said, names: readonly string[]): Incoming | undefined {
  const { id, type, at, from, place, mentioned } = said
  if (said.self || said.age > OLD_S || NOT_SAID.has(type) || from.official || SERVICES.has(from.id)) return undefined
  if (place !== undefined && (type !== TEXT || !mentioned)) return undefined
  const { text, quoted } = partQuoted(type === TEXT ? said.text : '')
  return {
    ...{ id, platform: 'wechat', route: ROUTE, at },
    from: { id: from.id, name: from.name },
    room: place === undefined ? addressAt('person', from.id) : addressAt('room', place),
    addressed: true,
    text: withoutOwn(text, place === undefined ? [] : names),
    ...(quoted !== undefined && { quoted }),
  }
}
