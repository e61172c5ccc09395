import { z } from 'zod'
import { DeliveryError } from '../../../src/model/problem.ts'
import { askFile } from '../../ask.ts'
import type { AdapterDeps } from '../../deps.ts'
import { fileName } from '../../file.ts'
import { jsonOf } from '../../read.ts'
import { DEAD_TOKEN, wecomProblem } from './problems.ts'
import { apiOf, type WecomAccount, type WecomSession } from './session.ts'

export interface Fetched {
  name: string
  bytes: Uint8Array
}

const Coded = z.object({ errcode: z.number() })
/** Longer than an errcode with its words. */
const MOST_ERROR = 4096

/** A refusal comes as a 200 with JSON in place of the file; a file of JSON has no errcode at its head, or is called a file. */
function codeIn(bytes: Uint8Array, isAttachment: boolean): number | undefined {
  if (isAttachment || bytes.length > MOST_ERROR || bytes[0] !== 0x7b) return undefined
  return jsonOf(Coded, bytes)?.errcode
}

type Got = { fetched: Fetched } | { status: number; code: number | undefined }

/** What a member sent (path 90254): the platform keeps it for three days. @throws DeliveryError */
export async function fetchMedia(
  mediaId: string,
  account: Pick<WecomAccount, 'apiBase'>,
  session: WecomSession,
  deps: AdapterDeps,
): Promise<Fetched> {
  const get = async (access_token: string): Promise<Got> => {
    const url = `${apiOf(account)}/media/get?${new URLSearchParams({ access_token, media_id: mediaId })}`
    const { status, header, bytes } = await askFile('wecom', deps, url)
    if (!bytes) throw new DeliveryError('malformed', 'wecom：文件超过20MB')
    const disposition = header('content-disposition')
    const code = codeIn(bytes, disposition !== null)
    if (code !== undefined || status !== 200) return { status, code }
    return { fetched: { name: fileName(disposition), bytes } }
  }
  const isDead = (got: Got) => 'code' in got && DEAD_TOKEN.has(got.code ?? 0)
  const got = await session.withToken(get, isDead)
  if ('fetched' in got) return got.fetched
  const { reason, message } = wecomProblem(got.status, got.code)
  // Nothing was sent: what is in doubt is only whether it can be had.
  throw new DeliveryError(got.code === 40007 ? 'gone' : reason === 'unsure' ? 'later' : reason, message)
}
