import type { Found } from './found.ts'

const ongoing =
  /(?:((?:19|20)\d\d)年?)?(?:贯穿全年|全年度?(?:持续|常态化?)?(?:工作|推进|开展|实施|坚持|任务)?|长期(?:坚持|推进|开展|落实|工作|实施|执行|任务)?|常年(?:坚持|推进|开展)?|常态化?(?:推进|开展|实施|工作|坚持|落实|整改)?|持续(?:坚持|推进|开展|实施|整改|落实|深化|巩固|进行|用力|加强|跟进|发力|完善|抓好|更新)?|经常性(?:工作|开展)?|日常性?工作|长效)(?:，?(?:常态长效|久久为功))?/g
const prompt =
  /不?定期|及时|适时|实时|即知即改|立知立改|立行立改|立查立改|边查边改|边学边改|即查即改|即行即改|即接即办|即收即办|即来即办|即时|立即|马上就改|随时|尽快|按时|限时|视情|同步|第一时间|按需/g
/** Every word for what lasts has one of these. */
const lasting = /全年|长期|常|持续|长效/
const promptTail = /^(?:转载发布|公开|公布|发布|更新|整改|办理|办结|完成|落实|报送|执行|反馈)/

/** Words of a time-limit column without a day: 全年, 长期坚持 (once) and 及时, 不定期 (once), beside what was found there. */
export function standingIn(text: string, from: number, to: number, year: number, beside: readonly Found[]): Found[] {
  const segment = text.slice(from, to)
  const free = (start: number, end: number) => beside.every((one) => end <= one.start || start >= one.end)
  const lasts = (lasting.test(segment) ? [...segment.matchAll(ongoing)] : [])
    .map((match): Found => {
      const start = from + match.index
      const stated = match[1] ? Number(match[1]) : year
      return { start, end: start + match[0].length, deadline: { kind: 'ongoing', year: stated } }
    })
    .filter(({ start, end }) => free(start, end) && !/^(?:期间|影响|总结)/.test(text.slice(end, end + 2)))
  const known = beside.some(({ deadline }) => deadline.kind === 'ongoing')
  const kept = known ? [] : lasts.slice(0, 1)
  return [...kept, ...promptIn(segment, from, [...beside, ...kept])]
}

function promptIn(segment: string, from: number, beside: readonly Found[]): Found[] {
  for (const match of segment.matchAll(prompt)) {
    const start = from + match.index
    const tail = promptTail.exec(segment.slice(match.index + match[0].length))?.[0] ?? ''
    const end = start + match[0].length + tail.length
    const counted = beside.some(({ deadline }) => deadline.kind === 'recurring')
    if (counted && /定期|及时|按时|同步|实时/.test(match[0])) continue
    if (beside.some(({ deadline }) => deadline.kind === 'date') && /按时|及时|尽快|同步/.test(match[0])) continue
    return [{ start, end, deadline: { kind: 'prompt' } }]
  }
  return []
}
