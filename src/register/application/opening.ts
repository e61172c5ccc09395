import { type Channel, disclosureRules } from '../../clock/rules/disclosure.ts'
import { ruleOn } from '../../clock/rules/rule.ts'
import type { Day } from '../../model/deadline.ts'
import { type ApplicantKind, applicantKinds, applicantWords } from '../../model/disclosure.ts'
import { officeRoles } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import type { Deed, Given } from '../register.ts'
import { dayText } from './course.ts'
import { cited } from './law.ts'
import { maskedName, withoutPerson } from './mask.ts'

/** How an application came in; the channel says which day is that of receipt (第三十一条). */
export const channels = [
  ['inPerson', '当面提交'],
  ['signedMail', '邮寄（签收）'],
  ['plainMail', '平常信函'],
  ['internet', '互联网'],
  ['fax', '传真'],
] as const satisfies readonly (readonly [Channel, string])[]

export const forms = [
  ['paper', '纸质'],
  ['mail', '电子邮件'],
  ['disk', '光盘等介质'],
  ['read', '当场阅览、抄录'],
  ['any', '其他'],
] as const

/** Which day is that of receipt, and where that stands. */
const receiptDay = (channel: Channel, day: Day): string => {
  const { day: which, basis } = ruleOn(disclosureRules, day).receipt[channel]
  return `${cited(basis)}：以${which}为收到申请之日`
}

/** Who asked and what for is nobody's but the office's: the subject, which others read, holds neither name nor contact. */
const settled = (given: Given): Given =>
  typeof given.subject === 'string'
    ? {
        ...given,
        subject: withoutPerson(given.subject, {
          name: String(given.name),
          contact: String(given.contact ?? ''),
          masked: maskedName(String(given.name), given.applicant as ApplicantKind),
        }),
      }
    : given

/** An application is entered: who asked, through which channel, for what, and the day of receipt. */
export const opening: Deed = {
  name: 'registered',
  title: '登记申请',
  roles: officeRoles,
  fields: [
    { name: 'channel', label: '收到渠道', type: 'choice', options: channels },
    {
      name: 'at',
      label: '收到申请之日',
      type: 'day',
      hint: '当面提交填提交之日，邮寄填签收之日，平常信函填与申请人确认之日，互联网和传真填双方确认之日（《条例》第三十一条）',
    },
    {
      name: 'applicant',
      label: '申请人类别',
      type: 'choice',
      options: applicantKinds.map((id) => [id, applicantWords[id]]),
    },
    { name: 'name', label: '申请人姓名或名称', type: 'text' },
    { name: 'contact', label: '联系方式', type: 'text', optional: true },
    { name: 'description', label: '申请内容', type: 'long', hint: '照申请书填写；只有主管科室看得到' },
    {
      name: 'subject',
      label: '事由（可以公开说的）',
      type: 'text',
      kept: true,
      optional: true,
      hint: '几个字，不写姓名和个人情况；清单和群里只显示这一句',
    },
    { name: 'form', label: '要求的提供形式', type: 'choice', options: forms, optional: true },
    { name: 'unit', label: '承办单位', type: 'unit', optional: true },
  ],
  fits: () => true,
  settled,
  check: (_, given, c) => {
    const day = String(given.at)
    const receipt = receiptDay(given.channel as Channel, day)
    if (day > c.today)
      throw new BadInput(`收到日${dayText(day)}还没有到：${receipt}，应填今天${dayText(c.today)}或以前的日期`)
  },
}
