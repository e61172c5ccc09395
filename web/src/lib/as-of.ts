/** 9月14日10:00, in the office's zone, as the bot writes it: how fresh a page is. */
export const asOfWords = (iso: string, zone: string): string =>
  new Intl.DateTimeFormat('zh-CN', {
    ...{ timeZone: zone, month: 'long', day: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  })
    .format(new Date(iso))
    .replace(' ', '')

/** 9月14日; with its year where it is another one than today's. */
export const dayWords = (day: string, today: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${day.slice(0, 4) === today.slice(0, 4) ? '' : `${year}年`}${month}月${date}日`
}
