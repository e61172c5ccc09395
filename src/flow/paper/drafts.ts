import type { Context } from '../../../commands/command.ts'
import type { Paper, PaperKind } from '../../model/paper.ts'
import type { PaperAsk } from '../../model/paper-life.ts'

const none = async (c: Context, { kind, window, units }: PaperAsk): Promise<Paper> => ({
  ...{
    v: 1,
    kind,
    title: `${kind} ${window.from}`,
    to: '',
    asOf: c.today,
    blocks: [],
    issuer: c.office.name,
    units,
    remarks: [],
  },
})
export const drafts: Record<PaperKind, (c: Context, asked: PaperAsk) => Promise<Paper>> = {
  bulletin: none,
  dispatch: none,
  notice: none,
  list: none,
  summary: none,
  brief: none,
  scores: none,
}
