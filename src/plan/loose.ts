import type { CommonDemand } from '../model/plan.ts'
import { answering, type Moment } from './closing.ts'
import type { FoundTask, PlacedUnit } from './found.ts'
import { fillLevels } from './levels.ts'
import type { Loose } from './narrative.ts'
import { type Node, numbersOf, sectionOf } from './outline.ts'
import { lineAt, type Passage, slice, trim } from './sheet.ts'
import { sentenceSubject, subjectOf } from './subject.ts'
import { timesIn } from './tasks.ts'
import { splitOutside } from './words.ts'

const HANDED =
  /(?:未|没有|尚未)(?:明确|列明|标明|注明|列出|指定)[^。；]{0,20}(?:牵头|责任|单位|部门)[^。；]*|(?:其他|其它|其余)(?:工作|任务|事项)[^。；]{0,6}(?:由|，)[^。；]{0,400}?负责[^。；]*/

/** Whom the plan hands the items without units (没有列明责任单位的，由各科室共同落实); empty where it does not. */
export function handedTo(nodes: Node[]): string[] {
  for (const node of nodes) {
    for (const passage of node.body) {
      const words = HANDED.exec(passage.text)?.[0]
      if (!words) continue
      for (const clause of words.split(/[，,]|由/).slice(1)) {
        const { units } = subjectOf(clause)
        if (units.length) return units
      }
    }
  }
  return []
}

/** A loose stretch in its sentences: those that a named unit begins are tasks, the runs between them are left. */
export function readLoose(loose: Loose): { tasks: FoundTask[]; left: Passage[] } {
  const tasks: FoundTask[] = []
  const left: Passage[] = []
  let from = 0
  const leave = (to: number) => {
    const run = trim(slice(loose.text, from, to))
    if (run.text !== '') left.push(run)
  }
  for (const sentence of sentencesOf(loose.text.text)) {
    const subject = sentenceSubject(sentence.text)
    if (!subject.named) continue
    leave(sentence.at)
    from = sentence.at + sentence.text.length
    const text = trim(slice(loose.text, sentence.at, from))
    tasks.push({
      id: '',
      numbers: numbersOf(loose.node),
      section: sectionOf(loose.node),
      text,
      units: fillNames(answering({ ...subject, said: text })),
      limits: [],
      note: '',
    })
  }
  leave(loose.text.text.length)
  return { tasks, left }
}

/** Sentences, parted also where a semicolon ends what one named unit has to do and another begins. */
function sentencesOf(text: string): { at: number; text: string }[] {
  return splitOutside(text, '。').flatMap((sentence) => {
    const out: { at: number; text: string }[] = []
    for (const piece of splitOutside(sentence.text, '；;')) {
      const at = sentence.at + piece.at
      const last = out.at(-1)
      if (!last || sentenceSubject(piece.text).named) out.push({ at, text: piece.text })
      else last.text = text.slice(last.at, at + piece.text.length)
    }
    return out
  })
}

/** The names of a sentence's subjects with the level that they share. */
function fillNames(units: FoundTask['units']): FoundTask['units'] {
  const names = [...units.lead, ...units.support].map((u) => ({ name: u.name, raw: u.source.raw }))
  fillLevels(names)
  const filled = (u: PlacedUnit, i: number): PlacedUnit => ({ ...u, name: names[i]?.name ?? u.name })
  return {
    ...units,
    lead: units.lead.map(filled),
    support: units.support.map((u, i) => filled(u, units.lead.length + i)),
  }
}

/** A stretch without units as everybody's demand, with the times that it states. */
export function commonDemand({ node, text }: Loose, units: string[], moment: Moment): CommonDemand {
  const times = timesIn(text, moment)
  return {
    section: sectionOf(node),
    text: text.text,
    units,
    deadlines: times.map(({ deadline }) => deadline),
    source: { line: lineAt(text, 0), raw: text.text },
    sources: { deadlines: times.map(({ source }) => source) },
  }
}
