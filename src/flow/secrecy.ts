import type { Card } from '../model/card.ts'
import { BadInput } from '../model/problem.ts'
import { readLines } from '../plan/lines.ts'
import { refuseSecrets } from '../plan/marks.ts'

const refusal: Card = {
  title: '涉密内容不能发到这里',
  tone: 'late',
  blocks: [
    { kind: 'text', text: '这条消息带有密级标志，没有保存。请立即撤回，改用涉密渠道。' },
    { kind: 'note', text: '国家秘密不得在非涉密系统中传递。' },
  ],
}

/** The card for a message that bears a 密级 mark, by the same rule as for a plan; its text is kept nowhere. */
export const whyNotTaken = (text: string): Card | undefined => {
  if (!text.includes('密')) return undefined
  try {
    refuseSecrets(readLines(text, ''))
    return undefined
  } catch (error) {
    if (error instanceof BadInput) return refusal
    throw error
  }
}
