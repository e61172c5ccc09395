import type { Case } from '../../../model/case.ts'
import { type Basis, dayIn } from '../../../model/clock.ts'
import type { Day } from '../../../model/deadline.ts'
import type { PaperBlock, Printed } from '../../../model/paper.ts'
import { lastOf, numberOf, type RegisterContext } from '../../register.ts'
import { answerClock } from '../clocks.ts'
import { dayText } from '../course.ts'
import { cited, receivedOn } from '../law.ts'

/** A letter that an office fills in, numbers, seals and sends itself. */
export interface Letter {
  printed: Printed
  /** 文号, or empty: room for it. */
  number: string
  /** Its day; null: room for it. */
  day: Day | null
}

/** What a letter is written from. */
export interface Writing {
  it: Case
  c: RegisterContext
  /** Whose letter it is. */
  issuer: string
}

/** What only people know, in the middle of a sentence or as its end. */
export const blank = (what: string): string => `（此处请补充：${what}）`

/** The last text of a deed's field; a blank where it was not typed or is erased. */
export const secretOr = ({ secret }: Case, field: string, what: string): string => secret[field] ?? blank(what)

export const dayOr = (day: unknown, what: string): string =>
  typeof day === 'string' ? dayText(dayIn(day)) : blank(what)

export const text = (words: string): PaperBlock => ({ kind: 'text', text: words })

/** 《中华人民共和国政府信息公开条例》第三十三条第二款 */
export const byLaw = ({ law, article }: Basis): string =>
  law.startsWith('政府信息公开条例')
    ? `《中华人民共和国${law.replace(/（.*）/, '')}》${article}`
    : cited({ law, article })

/** 你（单位）于某日提出的申请（依申请2026-3）: what every letter to the applicant begins with. */
export const aboutRequest = ({ it }: Writing): string =>
  `本机关于${dayText(receivedOn(it))}收到你（单位）提出的政府信息公开申请（登记编号${numberOf({ word: '依申请' }, it)}），申请公开的内容为：${secretOr(it, 'registered.description', '申请公开的内容')}。`

export const contact = text(`联系人及电话：${blank('联系人、电话、地址')}`)

/** The end of the limit to answer as it stands; a blank while it stands still. */
export const answerDue = ({ it, c }: Writing): string => dayOr(answerClock(it, c).due ?? undefined, '答复期限')

/** A letter to the applicant. */
export const toApplicant = (
  { it, c, issuer }: Writing,
  title: string,
  blocks: PaperBlock[],
  { number = '', day = null }: Partial<Pick<Letter, 'number' | 'day'>> = {},
): Letter => ({
  printed: { kind: 'letter', title, to: secretOr(it, 'registered.name', '申请人'), issuer, asOf: c.today, blocks },
  ...{ number, day },
})

/** The day of the last deed of that name, for the letter that goes with it. */
export const dayOfDeed = (it: Case, name: string): Day | null => {
  const event = lastOf(it, name)
  return event ? dayIn(event.at) : null
}
