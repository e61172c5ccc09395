/** What a language model is asked: its task, the sentence as data, and the JSON schema that its answer has to fit. */
export interface ModelQuestion {
  task: string
  sentence: string
  schema: Record<string, unknown>
}

/** The words of its answer as they came; undefined where none came in time, or none that is one. Never throws. */
export type AskModel = (question: ModelQuestion) => Promise<string | undefined>
