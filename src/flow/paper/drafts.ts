import type { Context } from '../../../commands/command.ts'
import type { Paper, PaperKind } from '../../model/paper.ts'
import type { Asked } from './asked.ts'
import { brief } from './brief.ts'
import { bulletin } from './bulletin.ts'
import { dispatch } from './dispatch.ts'
import { list } from './list.ts'
import { notice } from './notice.ts'
import { summary } from './summary.ts'

export type { Asked }

/** Papers that the ledger alone can draft; 考核得分 comes from its assessment. */
export type Drafted = Exclude<PaperKind, 'scores'>

/**
 * A paper's content, read from the ledger as it stands: `c` from `machineContext`. The same ledger on the same day gives
 * the same paper, its figures are those of the chat and the console, and nothing stands in it that the ledger does not
 * hold. @throws BadInput where a unit, window, plan or code is missing or unknown
 */
export const drafts: Record<Drafted, (c: Context, asked: Asked) => Promise<Paper>> = {
  ...{ bulletin, dispatch, notice },
  ...{ list, summary, brief },
}
