import type { Probe } from '../adapter.ts'
import { probeProblem } from '../probe.ts'
import type { LarkClient } from './client.ts'

const ON = 2

/** A token, and who we are with it; problems in the administrator's language. */
export async function probeLark(client: Pick<LarkClient, 'bot'>, domain: string): Promise<Probe> {
  try {
    const { name, openId, status } = await client.bot()
    const off = status !== undefined && status !== ON
    const problems = off ? ['机器人没有启用：开发者后台“版本管理与发布”发布版本，并由企业管理员在管理后台启用应用'] : []
    return { identity: name || openId, problems }
  } catch (error) {
    return { problems: [probeProblem(error, domain, 'LARK_DOMAIN')] }
  }
}
