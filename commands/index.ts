import type { IntentName } from '../src/model/intent.ts'
import { absence } from './absence.ts'
import { accept } from './accept.ts'
import { activity } from './activity.ts'
import { amend } from './amend.ts'
import { approve } from './approve.ts'
import { assign } from './assign.ts'
import { bind } from './bind.ts'
import { claim } from './claim.ts'
import { collect } from './collect.ts'
import type { AnyCommand, Command, Listed } from './command.ts'
import { webConsole } from './console.ts'
import { contact } from './contact.ts'
import { decline } from './decline.ts'
import { deliveries } from './deliveries.ts'
import { event } from './event.ts'
import { exportPaper } from './export.ts'
import { extend } from './extend.ts'
import { extension } from './extension.ts'
import { figures } from './figures.ts'
import { argsOf } from './frame.ts'
import { handover } from './handover.ts'
import { type Group, helpFor } from './help.ts'
import { instruct } from './instruct.ts'
import { keep } from './keep.ts'
import { list } from './list.ts'
import { mute } from './mute.ts'
import { noise } from './noise.ts'
import { papers } from './papers.ts'
import { progress } from './progress.ts'
import { publication } from './publication.ts'
import { rank } from './rank.ts'
import { reassign } from './reassign.ts'
import { report } from './report.ts'
import { reportUp } from './report-up.ts'
import { request } from './request.ts'
import { sendBack } from './return.ts'
import { scores } from './scores.ts'
import { secrecy } from './secrecy.ts'
import { selfScore } from './self-score.ts'
import { sentiment } from './sentiment.ts'
import { show } from './show.ts'
import { sign } from './sign.ts'
import { split } from './split.ts'
import { subscribe } from './subscribe.ts'
import { subscriptions } from './subscriptions.ts'
import { resume, suspend, waive } from './suspend.ts'
import { talk } from './talk.ts'
import { tally } from './tally.ts'
import { task } from './task.ts'
import { tick } from './tick.ts'
import { unsubscribe } from './unsubscribe.ts'
import { urge } from './urge.ts'
import { withdraw } from './withdraw.ts'

const listed = <N extends IntentName>(command: Command<N>): Command<N> & { args: ReturnType<typeof argsOf<N>> } => ({
  ...command,
  args: argsOf(command.intent),
})

const group = (title: string, commands: readonly AnyCommand[]): Group => ({
  title,
  commands: commands.map((command) => listed(command as Command<IntentName>) as Listed),
})

/** Every command there is, in the order and groups of the help card. */
export const groups: readonly Group[] = [
  group('查询', [list, task, figures, rank, contact, scores, deliveries, noise]),
  group('反馈', [report, progress, accept, secrecy, tick, withdraw, tally, selfScore]),
  group('申请', [extend, claim, decline, collect, split]),
  group('审核', [approve, sendBack, extension, keep]),
  group('调整', [assign, amend, reassign, suspend, resume, waive, event, reportUp]),
  group('督促', [urge, instruct, talk, exportPaper, papers, sign]),
  group('办件', [request, sentiment, publication, activity]),
  group('日常', [
    absence,
    handover,
    subscribe,
    subscriptions,
    unsubscribe,
    show,
    mute,
    bind,
    webConsole,
    helpFor(() => groups),
  ]),
]

const commands: readonly Listed[] = groups.flatMap((one) => one.commands)

export const commandFor = (intent: IntentName): Listed | undefined =>
  commands.find((command) => command.intent === intent)
