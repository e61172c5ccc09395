import { type ApplicantKind, applicantWords } from '../../model/disclosure.ts'

const DOUBLE =
  /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|夏侯|轩辕|端木|百里|南宫|申屠|呼延|独孤)/

/** 张某 of a person, 某商业企业 of anybody else: all that others may read of an applicant. */
export const maskedName = (name: string, kind: ApplicantKind): string => {
  if (kind !== 'natural') return kind === 'other' ? '某单位' : `某${applicantWords[kind]}`
  const trimmed = name.trim()
  const surname = DOUBLE.exec(trimmed)?.[0] ?? [...trimmed][0] ?? ''
  return `${surname}某`
}

/** Numbers and addresses in what was given as the contact: 电话08121234567，邮箱… */
const REACHED = /[\d-]{7,}|[^\s@，,；;：:]+@[^\s，,；;]+/g

/** A text without the applicant's name and contact. */
export const withoutPerson = (
  text: string,
  { name, contact, masked }: { name: string; contact: string; masked: string },
): string => {
  const unnamed = name.trim() === '' ? text : text.replaceAll(name.trim(), masked)
  return [contact.trim(), ...(contact.match(REACHED) ?? [])]
    .filter(Boolean)
    .reduce((rest, one) => rest.replaceAll(one, '…'), unnamed)
}
