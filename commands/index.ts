import type { IntentName } from '../src/model/intent.ts'
import { absence } from './absence.ts'
import { accept } from './accept.ts'
import { amend } from './amend.ts'
import { approve } from './approve.ts'
import { assign } from './assign.ts'
import { bind } from './bind.ts'
import { claim } from './claim.ts'
import { collect } from './collect.ts'
import type { AnyCommand } from './command.ts'
import { contact } from './contact.ts'
import { decline } from './decline.ts'
import { event } from './event.ts'
import { extend } from './extend.ts'
import { extension } from './extension.ts'
import { figures } from './figures.ts'
import { handover } from './handover.ts'
import { helpFor } from './help.ts'
import { instruct } from './instruct.ts'
import { keep } from './keep.ts'
import { list } from './list.ts'
import { mute } from './mute.ts'
import { progress } from './progress.ts'
import { rank } from './rank.ts'
import { reassign } from './reassign.ts'
import { report } from './report.ts'
import { sendBack } from './return.ts'
import { secrecy } from './secrecy.ts'
import { split } from './split.ts'
import { resume, suspend, waive } from './suspend.ts'
import { task } from './task.ts'
import { tick } from './tick.ts'
import { urge } from './urge.ts'
import { withdraw } from './withdraw.ts'

/** Every command there is, in the order of the help card. */
export const commands: readonly AnyCommand[] = [
  ...[list, task, figures, rank],
  ...[accept, report, progress, secrecy, tick, withdraw],
  ...[extend, claim, decline, collect, split],
  ...[approve, sendBack, extension, reassign, keep, suspend, resume, waive, event],
  ...[assign, amend, urge, instruct],
  ...[contact, absence, handover, bind, mute],
  helpFor(() => commands),
]

export const commandFor = (intent: IntentName): AnyCommand | undefined =>
  commands.find((command) => command.intent === intent)
