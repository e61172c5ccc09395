import type { Context, Outcome } from '../../commands/command.ts'
import { problem } from '../../commands/problem.ts'
import type { Attached, Incoming } from '../model/message.ts'
import { isOffice } from '../model/person.ts'
import type { Deps } from './deps.ts'
import { filesAfter, isMaterials } from './evidence/coming.ts'
import { storable } from './meant.ts'
import { whyNotTaken } from './secrecy.ts'

/** Nothing was said or pressed beside what was sent. */
const isFiles = ({ files = [], text, button, happened }: Incoming): boolean =>
  files.length > 0 && text === '' && !button && !happened

const LONGEST_NAME = 120
const ELSEWHERE = '请在电脑上导入：duban import 文件'

const cannot = (c: Context, file: Attached, deps: Deps, { platform, route }: Incoming): string | undefined => {
  if (c.place.scope !== 'private' && c.place.scope !== 'office') return '方案文件请在与我的单聊里发，不在单位群里读。'
  if (file.kind !== 'file') return '图片、语音、视频不能读成方案，请发 Word、PDF、Excel 或网页文件。'
  const adapter = deps.adapters.find((one) => one.platform === platform && one.route === route)
  if (!deps.parseFile || !adapter?.fetchFile || !adapter.canStart[c.place.address.kind])
    return `这里读不了文件。${ELSEWHERE}`
  return undefined
}

/**
 * What a message of files alone, or with words that only hand them in, is answered; undefined for all others. After a report
 * they are its evidence. Else the office's file is read as a plan, in a message that follows: fetching and reading it takes
 * longer than a platform waits, and so it comes back even where the process ends meanwhile. Of others nothing is kept, and
 * they are told so.
 */
export const filed = async (c: Context, message: Incoming, deps: Deps): Promise<Outcome | undefined> => {
  if (!isMaterials(message)) return undefined
  const { files = [] } = message
  const secret = files.map((each) => whyNotTaken(each.name)).find((card) => card !== undefined)
  if (secret) return message.addressed ? { reply: secret, refused: 'secret' } : {}
  const isPlan = isOffice(c.actor) && files.some(({ kind }) => kind === 'file')
  const evidence = isPlan ? undefined : await filesAfter(c, message, deps)
  return evidence ?? (isFiles(message) ? alone(c, message, deps) : undefined)
}

const alone = (c: Context, message: Incoming, deps: Deps): Outcome => {
  const [file, ...more] = message.files ?? []
  if (!file || !message.addressed) return {}
  if (c.actor.role !== 'office' && c.actor.role !== 'admin') {
    const text = '图片和文件没有保存。佐证请在反馈里写公开链接，或送主管科室。'
    return { reply: problem('没有登记', text, '例：1-2 7月的已公开 http://…') }
  }
  // The ending stays.
  const name = storable(file.name.slice(-LONGEST_NAME))
  const why = more.length > 0 ? '一次请只发一个文件。' : cannot(c, file, deps, message)
  if (why) return { reply: problem('没有读这个文件', why) }
  const { platform, route } = message
  return {
    reply: {
      title: '收到文件',
      tone: 'plain',
      blocks: [{ kind: 'text', text: `${name || '文件'}正在读，读完在这里告诉您。` }],
    },
    notices: [
      {
        cause: `file:${c.message.key}`,
        to: { address: message.room },
        tasks: [],
        recipe: { kind: 'file', file: { ...file, name }, platform, route, by: c.actor.id, via: c.message.key },
      },
    ],
  }
}
