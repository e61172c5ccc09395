import { documentLinesOf, hasSecretTask } from '../../../../db/queries/documents.ts'
import type { TaskView } from '../../../../db/queries/duties.ts'
import type { Reader } from '../../../../db/store.ts'

/** What a highlighted part of a line says. */
export type SourceOf = 'task' | 'lead' | 'support' | 'deadline'

export interface SourceLine {
  /** As in the document, from 1. */
  line: number
  text: string
  /** From one character of the text up to another, in order, none over another. */
  marks: { from: number; to: number; of: SourceOf }[]
}

export interface Excerpt {
  /** Whether the document itself is kept: else these are the words that were read off it. */
  kept: boolean
  lines: SourceLine[]
}

/** Lines shown before and after the one that says the task. */
const AROUND = 5

interface Said {
  line: number
  raw: string
  of: SourceOf
}

const saidOf = ({ draft }: TaskView): Said[] => {
  const all = (of: SourceOf, sources: readonly { line: number; raw: string }[]) =>
    sources.map(({ line, raw }) => ({ line, raw, of }))
  return [
    ...all('deadline', draft.sources.deadlines),
    ...all('lead', draft.sources.lead),
    ...all('support', draft.sources.support),
    ...all('task', [draft.source]),
  ]
}

/** Units and deadlines stand inside the task's own words: those are marked first, and the task's words around them. */
const marksIn = (text: string, said: readonly Said[]): SourceLine['marks'] => {
  const owner: (SourceOf | undefined)[] = Array.from({ length: text.length })
  for (const { raw, of } of said) {
    const found = raw === '' ? -1 : text.indexOf(raw)
    // A text that was put together from several lines is in none of them as a whole: its first line stands for it.
    const [from, to] = found >= 0 ? [found, found + raw.length] : of === 'task' ? [0, text.length] : [0, 0]
    for (let i = from; i < to; i++) owner[i] ??= of
  }
  const marks: SourceLine['marks'] = []
  owner.forEach((of, i) => {
    const last = marks[marks.length - 1]
    if (of && last?.of === of && last.to === i) last.to = i + 1
    else if (of) marks.push({ from: i, to: i + 1, of })
  })
  return marks
}

/** Only the task's own words: where the document is not kept, or says beside it what may not be shown. */
const ownWords = (said: readonly Said[]): Excerpt => {
  const lines = [...new Set(said.map(({ line }) => line))].sort((a, b) => a - b)
  return {
    kept: false,
    lines: lines.flatMap((line) => {
      const own = said.filter((one) => one.line === line)
      const [longest] = [...own].sort((a, b) => b.raw.length - a.raw.length)
      const others = own.filter(({ raw }) => raw !== '' && !longest?.raw.includes(raw)).map(({ raw }) => raw)
      const text = [longest?.raw ?? '', ...others].join(' … ')
      return text === '' ? [] : [{ line, text, marks: marksIn(text, own) }]
    }),
  }
}

/** What the plan's document says of a task: its words, units and deadlines marked, with some lines around. */
export const excerptOf = async (db: Reader, task: TaskView): Promise<Excerpt> => {
  const said = saidOf(task).filter(({ line }) => line > 0)
  if (task.draft.source.line < 1) return ownWords(said)
  // A neighbour's text that goes to no screen must not come in with the lines around.
  if (await hasSecretTask(db, task.plan)) return ownWords(said)
  const lines = new Map((await documentLinesOf(db, task.plan)).map(({ line, text }) => [line, text]))
  if (lines.size === 0) return ownWords(said)
  const { line: own } = task.draft.source
  const near = Array.from({ length: 2 * AROUND + 1 }, (_, i) => own - AROUND + i)
  const wanted = [...new Set([...near, ...said.map(({ line }) => line)])].sort((a, b) => a - b)
  return {
    kept: true,
    lines: wanted.flatMap((line) => {
      const text = lines.get(line)
      return text === undefined
        ? []
        : [
            {
              line,
              text,
              marks: marksIn(
                text,
                said.filter((one) => one.line === line),
              ),
            },
          ]
    }),
  }
}
