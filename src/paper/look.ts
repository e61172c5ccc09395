import type { RenderedKind } from '../model/paper.ts'

/** Sizes of type in half points, by the printers' numbers of China. */
export const size = {
  second: 44,
  smallSecond: 36,
  third: 32,
  smallThird: 30,
  fourth: 28,
  smallFourth: 24,
  fifth: 21,
} as const

const font = (eastAsia: string) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia,
})

/** What each font is for, by the names that GB/T 9704 papers carry. */
export const fonts = {
  title: font('方正小标宋简体'),
  body: font('仿宋_GB2312'),
  first: font('黑体'),
  second: font('楷体_GB2312'),
  page: { ascii: '宋体', hAnsi: '宋体', cs: 'Times New Roman', eastAsia: '宋体' },
} as const

/** Where a computer lacks a font, the one that stands in for it. */
export const standIns: readonly [name: string, other: string][] = [
  ['方正小标宋简体', '宋体'],
  ['仿宋_GB2312', '仿宋'],
  ['楷体_GB2312', '楷体'],
]

const MM = 1440 / 25.4
const mm = (length: number): number => Math.round(length * MM)

/** A4 with the standard's 版心 of 156 × 225 mm: 天头 37, 订口 28. In twentieths of a point. */
export const page = {
  width: mm(210),
  height: mm(297),
  top: mm(37),
  left: mm(28),
  right: mm(26),
  bottom: mm(35),
  header: mm(22),
  footer: mm(28),
}

/** The width of a line. */
export const LINE_WIDTH = page.width - page.left - page.right

/** One page for a leader holds more. */
const closePage = { ...page, top: mm(25), bottom: mm(25), header: mm(14), footer: mm(16) }

export interface Look {
  page: typeof page
  title: number
  body: number
  /** Fixed distance of lines, in twentieths of a point. */
  pitch: number
  table: number
  tablePitch: number
}

/** 22 lines of 28 characters a page, but for a leader's. */
export const lookOf = (kind: RenderedKind): Look =>
  kind === 'brief'
    ? { page: closePage, title: size.smallSecond, body: size.fourth, pitch: 460, table: size.fifth, tablePitch: 300 }
    : { page, title: size.second, body: size.third, pitch: 579, table: size.smallFourth, tablePitch: 380 }
