import type { Attached, Incoming } from '../../model/message.ts'
import type { Deps } from '../deps.ts'
import { storable } from '../meant.ts'
import { whyNotTaken } from '../secrecy.ts'
import { areKeptBytes, isKeptName } from './kinds.ts'
import { shownName } from './visible.ts'

/** Files of one message that are taken. */
const MOST = 9

const NOT_KEPT = '只保存图片、PDF、OFD、Office和WPS文档、文本，请另存为 PDF 或截图再发'

/** Why a file of that name (as far as it has one), and of these bytes once they are here, is not taken. */
export const whyNot = (name: string, found?: { type: string; bytes: Uint8Array }): string | undefined => {
  if (whyNotTaken(name)) return '文件名带有密级标志'
  return isKeptName(name) && (!found || areKeptBytes(found.type, found.bytes)) ? undefined : NOT_KEPT
}

const WORDS = { file: '文件', image: '图片', audio: '语音', video: '视频' } as const

/** A file as it is to be fetched, and what it is called until then. */
export interface Named {
  file: Attached
  name: string
}

/** What is brought in a message: files that are to be fetched, under names that may be shown, and those that are not. */
export interface Brought {
  files: Named[]
  refused: { name: string; why: string }[]
}

/** Can files that come that way be kept here? */
export const keepsFiles = (deps: Deps, { platform, route }: Pick<Incoming, 'platform' | 'route'>): boolean =>
  deps.blobs !== undefined &&
  deps.adapters.some((one) => one.platform === platform && one.route === route && one.fetchFile !== undefined)

export const brought = ({ files = [] }: Pick<Incoming, 'files'>): Brought => {
  const found: Brought = { files: [], refused: [] }
  for (const [i, file] of files.entries()) {
    const called = shownName(storable(file.name.slice(-120)))
    const name = called || `${WORDS[file.kind]}${files.length > 1 ? i + 1 : ''}`
    const why =
      whyNot(called) ??
      (file.kind === 'audio' || file.kind === 'video' ? '语音、视频不保存，请发图片、文件或链接' : undefined) ??
      (found.files.length >= MOST ? `一次最多${MOST}个` : undefined)
    // What a 密级 mark names is kept nowhere, its name neither.
    if (why) found.refused.push({ name: whyNotTaken(called) ? '有密级标志的文件' : name, why })
    else found.files.push({ file: { ...file, name: called }, name })
  }
  return found
}
