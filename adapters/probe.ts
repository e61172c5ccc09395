import { DeliveryError } from '../src/model/problem.ts'

/**
 * Why a platform did not say who we are, in the administrator's language. `base`, `variable`: the address that was asked,
 * and where it is set.
 */
export const probeProblem = (error: unknown, base: string, variable: string): string => {
  if (!(error instanceof DeliveryError)) return `${base} 的回答读不懂：检查代理和 ${variable}`
  if (error.reason !== 'later') return error.message
  return `现在问不到 ${base}（${error.message}）：检查出网、代理、防火墙和 ${variable}，稍后再试`
}
