import type { Day } from '../model/deadline.ts'
import { dayFrom } from '../time/day.ts'
import type { Found, Registry } from '../unit/names.ts'
import { findBareUnits } from './bare-units.ts'
import { findDayNumbers } from './day-numbers.ts'
import { withoutCourtesy, withoutFaces, withoutLineNumbers } from './prefaces.ts'
import type { Time } from './spans.ts'
import { findTasks, type TaskMention } from './tasks.ts'
import { flatten, MARK, mask, normal } from './text.ts'
import { findTimes } from './times.ts'

/** What a text names, and the text itself with a mark in the place of each. */
export interface Entities {
  /** The text in one form, its address to the bot taken off. */
  text: string
  /** The same length as `text`. */
  masked: string
  /** `masked` with each entity one mark and no blanks: what intents are judged by. */
  words: string
  tasks: TaskMention[]
  times: Time[]
  units: Found[]
  links: string[]
  plan?: string
  /** Said to somebody else by name. */
  toOther: boolean
}

const LINK =
  /(?:https?:\/\/|www\.)[^\s\u4e00-\u9fff，。、；！）)】》"'<>]+|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:gov|com|cn|net|org)(?:\.cn)?(?:\/[^\s\u4e00-\u9fff，。、；！）)]*)?/gi
const AT = /@([^\s@:：,，]{1,20})[\s:：,，]*/g
const BOT = /机器人|助手|小助|督办|小督|bot/i

function takeAddress(raw: string, botName: string | undefined): { text: string; toOther: boolean } {
  if (!raw.includes('@')) return { text: raw, toOther: false }
  let toOther = false
  const text = raw.replace(AT, (all, name: string, at: number) => {
    if (at > 0 && /[\w.]/.test(raw.charAt(at - 1))) return all
    const bot =
      (botName !== undefined && botName !== '' && (name === botName || name.startsWith(botName))) || BOT.test(name)
    if (bot) return botName && name.startsWith(botName) ? `${name.slice(botName.length)} ` : ' '
    toOther = true
    return ' '
  })
  return { text: text.trim(), toOther }
}

function takeLinks(text: string): { links: string[]; masked: string } {
  if (!text.includes('.')) return { links: [], masked: text }
  const links: string[] = []
  const masked = text.replace(LINK, (link) => {
    // Full-width stops have become ASCII: what follows a comma as the beginning of a sentence (,13号) is no part of it.
    const clean = link.replace(/,[\d-]{0,6}$/, '').replace(/[.,;:!?]+$/, '')
    links.push(clean)
    return MARK.link.repeat(clean.length) + link.slice(clean.length)
  })
  return { links, masked }
}

/** 20号前, 延期到20号: a day of this month, or of the next where this month's is past. */
function takeDayNumbers(text: string, asOf: Day): { times: Time[]; masked: string } {
  let masked = text
  const times: Time[] = []
  for (const { start, end, days, before } of findDayNumbers(text)) {
    const [year, month] = [Number(asOf.slice(0, 4)), Number(asOf.slice(5, 7))]
    const inMonth = (d: number, shift: number): Day | undefined => {
      const m = month + shift
      return m > 12 ? dayFrom(year + 1, m - 12, d) : dayFrom(year, m, d)
    }
    const shift = days[1] < Number(asOf.slice(8, 10)) ? 1 : 0
    const [from, to] = [inMonth(days[0], shift), inMonth(days[1], shift)]
    if (!from || !to) {
      masked = mask(masked, start, end, MARK.other)
      continue
    }
    const single = days[0] === days[1]
    times.push({ start, end, from: before ? asOf : from, to, periods: [], day: single, before })
    masked = mask(masked, start, end, MARK.time)
  }
  return { times, masked }
}

/** Finds what a text names: links, times, tasks, units, in that order; what one takes the next does not see. */
export function findEntities(
  raw: string,
  asOf: Day,
  registry: Registry,
  botName: string | undefined,
  plans: readonly string[],
  courteous: boolean,
): Entities {
  const { text: said, toOther } = takeAddress(normal(withoutFaces(raw)), botName)
  const text = courteous ? withoutCourtesy(withoutLineNumbers(said)) : said
  const linked = takeLinks(text)
  const counted = findTimes(linked.masked, asOf)
  const dayed = takeDayNumbers(counted.masked, asOf)
  const numbered = findTasks(dayed.masked, plans)
  const named = registry.find(numbered.masked)
  const bare = findBareUnits(numbered.masked, registry)
  const units = [...named, ...bare.filter((b) => !named.some((n) => b.start < n.end && n.start < b.end))].sort(
    (a, b) => a.start - b.start,
  )
  let masked = numbered.masked
  for (const { start, end, of } of units) if (of !== 'class') masked = mask(masked, start, end, MARK.unit)
  const times = [...counted.times, ...dayed.times].sort((a, b) => a.start - b.start)
  return {
    text,
    masked,
    words: flatten(masked),
    tasks: numbered.tasks,
    times,
    units,
    links: linked.links,
    toOther,
    ...(numbered.plan === undefined ? {} : { plan: numbered.plan }),
  }
}
