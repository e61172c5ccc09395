import { adviceIn } from '../../commands/delivery-words.ts'
import { problem } from '../../commands/problem.ts'
import type { Block, Card } from '../model/card.ts'
import type { PlanDraft } from '../model/plan.ts'
import { BadInput, DeliveryError } from '../model/problem.ts'
import type { FileRecipe } from '../model/recipe.ts'
import type { Deps } from './deps.ts'
import { type ImportResult, importPlan, settleWritten } from './import.ts'
import { whyNotTaken } from './secrecy.ts'

const SHOWN = 6
/**
 * A larger one is read at a desk. What readers unpack they bound by its words; a text of ten megabytes takes eight seconds,
 * and what waits behind it in this chat waits as long.
 */
const MOST_BYTES = 10 << 20
const MOST_TEXT = 1 << 20
/** docx, xlsx and ofd; pdf; doc. */
const PACKED = [
  [0x50, 0x4b],
  [0x25, 0x50, 0x44, 0x46],
  [0xd0, 0xcf, 0x11, 0xe0],
]

const isTooLarge = (bytes: Uint8Array): boolean => {
  const packed = PACKED.some((head) => head.every((byte, i) => bytes[i] === byte))
  return bytes.length > (packed ? MOST_BYTES : MOST_TEXT)
}
/** Without these a second try may go well. */
const FOR_GOOD = new Set<DeliveryError['reason']>(['gone', 'forbidden', 'malformed', 'no-route'])

const unread = (why: string): Card => problem('没有读成方案', why, '可以在电脑上导入：duban import 文件')

const states = { same: '内容没有变化，台账没有改动', replaced: '替换了原来的草稿', new: '存为草稿' } as const

/** What was read, as far as a chat can show it; what is asked is answered at a desk. */
const readCard = ({ document, tasks }: PlanDraft, done: ImportResult): Card => {
  if (done.status === 'differs')
    return unread(
      `${done.code} 已经下达，这是它的另一稿。改动要逐项核对：duban import 文件，会列出新增、变更和删去的任务。`,
    )
  const units = new Set(tasks.flatMap(({ lead, support }) => [...lead, ...support]))
  const questions: Block[] =
    done.questions.length === 0
      ? []
      : [
          {
            kind: 'list',
            title: `要确认的问题（${done.questions.length}个）`,
            lines: done.questions.slice(0, SHOWN).map(({ text, proposal }) => ({ text: `${text} → ${proposal}` })),
          },
        ]
  return {
    title: `已读出 ${done.code}`,
    tone: 'good',
    blocks: [
      {
        kind: 'fields',
        fields: [
          ['方案', document.title],
          ['任务', `${tasks.length}项`],
          ['责任单位', `${units.size}个`],
          ['台账', states[done.status]],
        ],
      },
      ...questions,
      ...(done.state === 'draft'
        ? [{ kind: 'note' as const, text: `还没有下达，单位看不到。核对后下达：duban plan release ${done.code}` }]
        : []),
    ],
  }
}

/**
 * Fetches a file that the office sent, stores what it holds as a draft, and says what that is. Again it changes nothing:
 * the same text is the same draft. @throws DeliveryError where the platform does not give it now
 */
export const fileRead = async (deps: Deps, { file, platform, route, by, via }: FileRecipe): Promise<Card> => {
  const adapter = deps.adapters.find((one) => one.platform === platform && one.route === route)
  if (!adapter?.fetchFile || !deps.parseFile) return unread('这里读不了文件。')
  try {
    const { name, bytes } = await adapter.fetchFile(file)
    if (isTooLarge(bytes))
      return unread('文件太大，在这里不读：Word、Excel、PDF 不超过10MB，网页、文本、CSV 不超过1MB。')
    const called = name || file.name
    if (whyNotTaken(called)) return unread('文件名带有密级标志，没有读。')
    const { draft, lines, answers } = await deps.parseFile(bytes, { name: called })
    const written = answers ? await settleWritten(deps, { draft, answers }) : { draft }
    const stamp = { by, via, at: deps.now() }
    return readCard(written.draft, await importPlan(deps, written.draft, bytes, stamp, { ...written, lines }))
  } catch (error) {
    if (error instanceof BadInput) return unread(error.message)
    if (error instanceof DeliveryError && FOR_GOOD.has(error.reason))
      return unread(adviceIn(error.message) || '文件已经取不到了，请重发。')
    throw error
  }
}
