import type { IntentName } from '../src/model/intent.ts'
import { approve } from './approve.ts'
import { bind } from './bind.ts'
import { claim } from './claim.ts'
import type { AnyCommand } from './command.ts'
import { decline } from './decline.ts'
import { extend } from './extend.ts'
import { extension } from './extension.ts'
import { figures } from './figures.ts'
import { helpFor } from './help.ts'
import { list } from './list.ts'
import { progress } from './progress.ts'
import { report } from './report.ts'
import { sendBack } from './return.ts'
import { task } from './task.ts'

/** Every command there is, in the order of the help card. */
const commands: readonly AnyCommand[] = [
  list,
  task,
  figures,
  report,
  progress,
  claim,
  decline,
  extend,
  extension,
  approve,
  sendBack,
  bind,
  helpFor(() => commands),
]

export const commandFor = (intent: IntentName): AnyCommand | undefined =>
  commands.find((command) => command.intent === intent)
