import { named, ofWhich, sentence, type Teller, themesTold } from './teller.ts'

const percent = (part: number, whole: number): string => `${Number(((part / whole) * 100).toFixed(1))}%`

const answered = (t: Teller): string | undefined => {
  const [received, done] = [t.value('s.received'), t.value('s.answered')]
  if (done === undefined) return undefined
  if (received === undefined || received === 0) return `已答复${t.told('s.answered')}`
  // What was carried in from the year before is answered too: no share tells that.
  const share = done > received ? '' : `，答复率${percent(done, received)}`
  return done === received ? `已全部答复${share}` : `已答复${t.told('s.answered')}${share}`
}

/** How each form of publishing is told, in the order of the reports of that time. */
const ways = [
  ['政府公报', 's.gazette', (n: string) => `通过政府公报公开政府信息${n}`],
  ['政府网站', 's.website', (n: string) => `通过政府网站公开政府信息${n}`],
  ['新闻发布会', 's.conferences', (n: string) => `举办新闻发布会${n}`],
  ['政务微博', 's.weibo', (n: string) => `通过政务微博发布信息${n}`],
  ['政务微信', 's.wechat', (n: string) => `通过政务微信发布信息${n}`],
  ['信息查阅场所', 's.places', (n: string) => `设有政府信息查阅点${n}`],
  ['其他方式', 's.other', (n: string) => `通过广播、电视、报刊、公示栏等其他方式公开政府信息${n}`],
] as const

const waysTold = (t: Teller): string[] =>
  ways
    .flatMap(([title, cell, say]) => {
      const number = t.told(cell)
      return number === undefined ? [] : [`${title}。${say(number)}。`]
    })
    .map((line, i) => `${i + 1}.${line}`)

const fees = (t: Teller): string[] => {
  const charged = t.value('s.fees')
  if (charged === undefined) return []
  return charged === 0
    ? ['本年依申请提供政府信息没有收取费用。']
    : [`本年依申请提供政府信息收取费用${t.told('s.fees')}。`]
}

const remedyTold = (t: Teller, words: string, all: string, outcomes: readonly (readonly [string, string])[]) => {
  const number = t.told(all)
  if (number === undefined) return []
  const rest = ofWhich(t, outcomes)
  return [`${named(words, number)}${t.against(all)}${rest ? `，${rest}` : ''}。`]
}

/** What the figures say in each section of the six chapters; nothing where nobody knows anything. */
export const text2014: Readonly<Record<string, (t: Teller) => string[]>> = {
  '1.leadership': (t) =>
    sentence('本年', [
      t.told('s.meetings') && `召开政府信息公开工作会议${t.told('s.meetings')}`,
      t.told('a.hearings') && `听取工作汇报${t.told('a.hearings')}`,
    ]),
  '1.training': (t) =>
    sentence('本年', [
      t.told('s.trainings') && `举办政府信息公开培训${t.told('s.trainings')}`,
      t.told('s.trained') && `接受培训${t.told('s.trained')}`,
    ]),
  '1.assessment': () => [],
  '1.channels': (t) => sentence('', [t.told('s.places') && `设有政府信息公开查阅点${t.told('s.places')}`]),
  '1.secrecy': (t) => sentence('本年', [t.told('a.reviews') && `公开前作过保密审查的文件${t.told('a.reviews')}`]),
  '2.number': (t) =>
    sentence(`${t.year}年，`, [
      t.told('s.published') && `共主动公开政府信息${t.told('s.published')}${t.against('s.published')}`,
      t.told('s.normative') && `其中规范性文件${t.told('s.normative')}`,
    ]),
  '2.themes': themesTold,
  '2.ways': waysTold,
  '3': (t) => [
    ...sentence(`${t.year}年，`, [
      t.told('s.received') && `收到政府信息公开申请${t.told('s.received')}${t.against('s.received')}`,
      ofWhich(t, [
        ['当面申请', 's.via-person'],
        ['传真申请', 's.via-fax'],
        ['网络申请', 's.via-web'],
        ['信函申请', 's.via-letter'],
      ]),
      answered(t),
    ]),
    ...sentence('答复的申请', [
      ofWhich(t, [
        ['属于已主动公开范围', 's.already-public'],
        ['同意公开', 's.granted'],
        ['同意部分公开', 's.partial'],
        ['不同意公开', 's.refused'],
        ['不属于本行政机关公开', 's.elsewhere'],
        ['申请信息不存在', 's.absent'],
        ['告知作出更改补充', 's.amend'],
        ['告知通过其他途径办理', 's.other-ways'],
      ])?.replace('其中', '中，'),
    ]),
  ],
  '4': fees,
  '5': (t) => [
    ...remedyTold(t, '本年有关政府信息公开的行政复议', 's.reviews', [
      ['维持', 's.reviews-upheld'],
      ['被依法纠错', 's.reviews-corrected'],
      ['其他情形', 's.reviews-other'],
    ]),
    ...remedyTold(t, '本年有关政府信息公开的行政诉讼', 's.suits', [
      ['维持或者驳回', 's.suits-upheld'],
      ['被依法纠错', 's.suits-corrected'],
      ['其他情形', 's.suits-other'],
    ]),
  ],
  '6': () => [],
}

/** What is asked for where a section has no number at all. */
export const lacking2014: Readonly<Record<string, string>> = {
  '2.number': '主动公开政府信息的总数',
  '2.themes': '各主题公开的数量',
  '2.ways': '各渠道公开的数量',
  '3': '政府信息公开申请的收到数和答复数',
  '4': '依申请公开收费和减免的情况',
  '5': '有关政府信息公开的行政复议、行政诉讼数',
}
