import { paperRow } from '../db/queries/paper-rows.ts'
import type { Command } from './command.ts'
import { pendingBlocks } from './papers.ts'

/** 同意, 签发 in a chat: no signature, and told so. Nothing is written by it, whoever says it and however often. */
export const sign: Command<'sign'> = {
  intent: 'sign',
  title: '签发',
  usage: '在网页版“文书”登记签发人、文号和日期',
  example: '有哪些待签发',
  roles: ['leader', 'office', 'admin'],
  run: async (c, { paper }) => {
    const row = paper === undefined ? undefined : await paperRow(c.db, paper)
    const pending = row ? [] : await pendingBlocks(c)
    return {
      // What was drafted goes on waiting, so that another yes is told the same.
      waits: true,
      reply: {
        title: '聊天里的回复不算签发',
        tone: 'warn',
        blocks: [
          {
            kind: 'text',
            text: `通报、督办通知单点名单位，要经领导审核批准并签发（《政府督查工作条例》第二十一条）${row ? `，《${row.title}》还没有签发` : ''}。本次没有登记。`,
          },
          {
            kind: 'text',
            text:
              c.actor.role === 'leader'
                ? '请到网页版“文书”里看过全文后本人签发，或在纸上签发后由主管科室登记。'
                : '请登记签发人、文号、日期：在网页版“文书”里填，或在服务器上运行下面的命令。',
          },
          ...pending,
          ...(c.actor.role === 'leader'
            ? []
            : [
                {
                  kind: 'note' as const,
                  text: `duban paper sign ${row?.id ?? '编号'} --signer 姓名 --number 文号 --on 日期`,
                },
              ]),
        ],
      },
    }
  },
}
