/** Instants as people read them, in the office's zone whatever the browser's is. */
const open = (parts: Intl.DateTimeFormatOptions, locale = 'zh-CN') => {
  const formats = new Map<string, Intl.DateTimeFormat>()
  return (iso: string, zone: string): string => {
    const format =
      formats.get(zone) ?? new Intl.DateTimeFormat(locale, { ...parts, timeZone: zone, hourCycle: 'h23' as const })
    formats.set(zone, format)
    return format.format(new Date(iso))
  }
}

/** 10:05 */
export const timeWords = open({ hour: '2-digit', minute: '2-digit' })

const dayAndTime = open({ month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' })

/** 9月14日10:00, as the bot writes it: what is of these days. */
export const momentWords = (iso: string, zone: string): string => dayAndTime(iso, zone).replace(' ', '')

/** 2026-04-20 10:00: what may be long ago, and stands in columns. */
export const momentStamp = open(
  { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  'sv-SE',
)

/** 9月14日; with its year where it is another one than today's. */
export const dayWords = (day: string, today: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${day.slice(0, 4) === today.slice(0, 4) ? '' : `${year}年`}${month}月${date}日`
}
