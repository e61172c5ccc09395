import { type Figures, formOf } from './figures.ts'
import type { Section } from './form.ts'
import type { AnnualInputs } from './inputs.ts'
import { tellerOf } from './teller.ts'
import { lacking2014, text2014 } from './text2014.ts'
import { lacking2021, text2021 } from './text2021.ts'

/** A section as it stands: what the figures say, what the office wrote, and what is still to be written. */
export interface Told extends Section {
  said: string[]
  own: string
  /** （此处请补充：…）; empty where nothing is missing. */
  blank: string
}

export interface ToldPart {
  title: string
  sections: Told[]
}

const asked = (what: string): string => (what === '' ? '' : `（此处请补充：${what}）`)

/** The report's parts in their order. What the office wrote follows what the figures say, and stands for what is asked. */
export const partsOf = (inputs: AnnualInputs, figures: Figures): ToldPart[] => {
  const t = tellerOf(inputs, figures)
  const [text, lacking] = inputs.form === '2021' ? [text2021, lacking2021] : [text2014, lacking2014]
  return formOf(inputs).parts.map(({ title, sections }) => ({
    title,
    sections: sections.map((section) => {
      const said = text[section.id]?.(t) ?? []
      const own = (inputs.content.texts[section.id] ?? '').trim()
      const missing = section.ask || (said.length === 0 ? (lacking[section.id] ?? '') : '')
      return { ...section, said, own, blank: own === '' ? asked(missing) : '' }
    }),
  }))
}
