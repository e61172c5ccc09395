import { DeliveryError } from '../../src/model/problem.ts'

type Reason = DeliveryError['reason']

/** The token that we hold is dead: a new one, then once more. */
export const DEAD_TOKEN = new Set([99991663, 99991661, 99991664, 99991665, 20005])

/** The platform's codes (open.feishu.cn, “Generic error codes”, and those of im/v1/messages). */
const CODES: [reason: Reason, codes: number[]][] = [
  ['later', [99991400, 230020, 230049, 18121, 11232, 11233, 11247, 1500, 2200, 5000, 10101]],
  // Scope, address list, quota, the bot's ability, secret; 230018 and 230035: the group's own rules or a mute, which end.
  ['forbidden', [99991672, 99991401, 99991403, 230006, 230027, 10003, 10014, 230018, 230035]],
  ['gone', [230002, 232009, 230013, 230029, 230034, 230038, 230053, 99992361]],
  ['malformed', [230001, 230019, 230022, 230025, 230028, 230054, 230071, 230072, 230099, 99992402, 230011, 230031]],
]

const REASON = new Map(CODES.flatMap(([reason, codes]) => codes.map((code): [number, Reason] => [code, reason])))

/**
 * What an unknown refusal is: not repeated, except where the server itself is in trouble, or the answer holds no code and
 * so may be of something between us and the platform. Then it may have been sent first.
 */
function reasonOf(status: number, code: number | undefined): Reason {
  const known = code === undefined ? undefined : REASON.get(code)
  if (known) return known
  if (status === 429 || status === 503) return 'later'
  if (status >= 500 || code === undefined) return 'unsure'
  return status === 401 || status === 403 ? 'forbidden' : 'malformed'
}

/** @param reset the header x-ogw-ratelimit-reset, in seconds */
export function larkProblem(status: number, code: number | undefined, reset: string | null): DeliveryError {
  const reason = reasonOf(status, code)
  const seconds = Number(reset)
  const after = reason === 'later' && seconds > 0 ? seconds * 1000 : undefined
  return new DeliveryError(reason, `lark ${status}${code === undefined ? '' : ` code ${code}`}`, after)
}
