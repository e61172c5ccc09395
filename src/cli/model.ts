import { createModel } from '../ask-model.ts'
import type { Config } from '../config.ts'
import type { Deps } from '../flow/deps.ts'
import { out } from './print.ts'

/** What is to be looked at, by how the endpoint answered. */
const advice: Record<string, string> = {
  late: '3 秒内没有答完：换小一点的模型，或看那台机器忙不忙',
  unreachable: '连不上：看 LLM_BASE_URL 写得对不对、服务开了没有',
  redirected: '它转到别的地址去了：LLM_BASE_URL 请写最后的地址',
  'too-large': '回答超过 64 KB',
  unreadable: '回答读不懂：LLM_BASE_URL 应为 OpenAI 兼容接口，通常以 /v1 结尾',
}

const failed = (status: number | undefined): string =>
  status === 401 || status === 403
    ? `它不认密钥（${status}）：看 LLM_KEY`
    : status === 404
      ? '没有这个接口或模型（404）：看 LLM_BASE_URL（通常以 /v1 结尾）和 LLM_MODEL'
      : `它答了 ${status ?? '错误'}：看 LLM_MODEL 写得对不对、那边的日志`

/** Whether the door for a language model is open, and whether the endpoint answers. Returns whether all is well. */
export const tellModel = async ({ languageModel }: Config, { log, now }: Deps): Promise<boolean> => {
  if (!languageModel) {
    out('大模型：没有打开（默认），听不懂的话不发给任何人')
    return true
  }
  const { model } = languageModel
  const { host, pathname } = new URL(languageModel.baseUrl)
  out(`大模型：已打开（${model}，${host}${pathname}），只猜听不懂的话，本人说“是”才办`)
  const from = performance.now()
  const reply = await createModel(languageModel, { fetch, log, now }).probe()
  if ('text' in reply) out(`  有回答，用了 ${Math.round(performance.now() - from)} 毫秒`)
  else out(`  问题：${advice[reply.why] ?? failed(reply.status)}`)
  return 'text' in reply
}
