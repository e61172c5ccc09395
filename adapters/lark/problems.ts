import { z } from 'zod'
import { DeliveryError } from '../../src/model/problem.ts'
import { lookUp, type Reason, refusal } from '../refusals.ts'

/** The token that we hold is dead: a new one, then once more. */
export const DEAD_TOKEN = new Set([99991663, 99991661, 99991664, 99991665, 20005])

/** Of a card that is to be changed: it was recalled, or is older than 14 days. Of a message that is answered the first is only that message's end. */
const CARD_GONE = /code (?:230011|230031)\b/

const CREDENTIALS = '照开发者后台“凭证与基础信息”抄'

/** The platform's codes (open.feishu.cn, “Generic error codes”, and those of im/v1/messages), with the console's own names. */
const known = lookUp([
  ['later', [99991400, 230020, 230049, 18121, 11232, 11233, 11247, 1500, 2200, 5000, 10101]],
  ['forbidden', [99991672]],
  ['forbidden', [10003], `LARK_APP_ID 不对：${CREDENTIALS}`],
  ['forbidden', [10014], `LARK_APP_SECRET 不对：${CREDENTIALS}，重置过的要换新的`],
  ['forbidden', [99991401], '本机出口地址不在白名单里：开发者后台“安全设置”的 IP 白名单加上它，或者关掉白名单'],
  ['forbidden', [99991403], '本月的接口调用次数用完了：管理后台“费用中心”可以看到余量'],
  ['forbidden', [230006], '应用没有启用机器人：开发者后台“添加应用能力”加“机器人”，再“版本管理与发布”发布新版本'],
  ['forbidden', [230027], '应用没有做这件事的权限：开发者后台“权限管理”补上，再发布新版本'],
  // The group's own rules or a mute, which end.
  ['forbidden', [230018], '群设置不许机器人发言：请群主放开'],
  ['forbidden', [230035], '机器人在这个群里被禁言：请群主解除'],
  ['gone', [230002], '机器人不在这个群里：请群主重新添加'],
  ['gone', [230013], `这个人不在应用的可用范围内，或者已离职：开发者后台“版本管理与发布”里改可用范围，再发布新版本`],
  ['gone', [99992361], '账号是从另一个应用得来的：open_id 每个应用各不相同，要用本应用重新绑定'],
  ['gone', [232009, 230029, 230034, 230038, 230053]],
  ['malformed', [230028], '被企业的防泄漏规则拦下，例如手机号、邮箱'],
  ['malformed', [230022], '内容含有平台的敏感词'],
  ['malformed', [230001, 230019, 230025, 230054, 230071, 230072, 230099, 99992402, 234043, 230011, 230031]],
])

/**
 * What an unknown refusal is: not repeated, except where the server itself is in trouble, or the answer holds no code and
 * so may be of something between us and the platform. Then it may have been sent first.
 */
function byStatus(status: number, code: number | undefined): Reason {
  if (status === 429 || status === 503) return 'later'
  if (status >= 500 || code === undefined) return 'unsure'
  return status === 401 || status === 403 ? 'forbidden' : 'malformed'
}

const Denied = z.object({
  msg: z.string().optional(),
  error: z.object({ permission_violations: z.array(z.object({ subject: z.string() })) }).optional(),
})
/** Of a long text only the beginning is looked through. */
const MOST_WORDS = 2000
const MOST_SCOPES = 5
const SCOPE = /^[\w:.]{1,80}$/

/** The scopes that the platform says are missing, any one of which may do; from its list, or else out of its words. */
function scopesIn(body: unknown): string[] {
  const { msg = '', error } = Denied.safeParse(body).data ?? {}
  const listed = error?.permission_violations.map(({ subject }) => subject).filter((each) => SCOPE.test(each)) ?? []
  const said = msg.slice(0, MOST_WORDS).match(/\b[a-z]\w*(?::[\w.]+)+/g) ?? []
  return [...new Set(listed.length > 0 ? listed : said)].slice(0, MOST_SCOPES)
}

const MISSING_SCOPE = 99991672

function missingScope(body: unknown): string {
  const scopes = scopesIn(body)
  const which = scopes.length > 1 ? `${scopes.join('、')} 之一` : (scopes[0] ?? '')
  return `应用缺少权限 ${which}：开发者后台“权限管理”开通，再“版本管理与发布”发布新版本`.replace('权限 ：', '权限：')
}

/** @param reset the header x-ogw-ratelimit-reset, in seconds; @param body as the platform answered, for what it names */
export function larkProblem(
  status: number,
  code: number | undefined,
  reset: string | null,
  body?: unknown,
): DeliveryError {
  const { reason, hint } = known(code) ?? { reason: byStatus(status, code) }
  const seconds = Number(reset)
  return refusal(`lark ${status}${code === undefined ? '' : ` code ${code}`}`, {
    reason,
    hint: code === MISSING_SCOPE ? missingScope(body) : hint,
    after: reason === 'later' && seconds > 0 ? seconds * 1000 : undefined,
  })
}

/** What goes wrong with the change of a card. @throws the error, `gone` where there is nothing left to change */
export function cardProblem(error: unknown): never {
  throw error instanceof DeliveryError && CARD_GONE.test(error.message)
    ? new DeliveryError('gone', error.message)
    : error
}
