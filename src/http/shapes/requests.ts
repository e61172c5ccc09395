import { z } from 'zod'

/** Letters about an application, by the names that addresses have: 登记回执, 补正, 延期, 征求第三方意见, 收费, 答复. */
export const NoticeKind = z.enum(['receipt', 'supplement', 'extension', 'opinion', 'fee', 'answer'])

/** `result`: of an answer that is not recorded yet, the row that it is to be. */
export const NoticeQuery = z.object({ result: z.string().max(60).optional() })
