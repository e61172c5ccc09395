/** The headings over tasks of one plan, outermost first, and how many tasks stand right there. */
export interface Headed {
  section: readonly string[]
  tasks: number
}

export interface Theme {
  name: string
  /** Whether it is all that stands under that heading: where its subsections are themes, it is what is beside them. */
  whole: boolean
}

/** A heading that holds more of a plan than this says nothing of what is in it (二、重点任务). */
const TELLS_NOTHING = 0.7
/** More themes are no overview. */
const MOST = 20

/**
 * What a plan's tasks are about: its top headings. Where one of them holds nearly all, its subsections stand in its place,
 * and so on down. Answers for a section of that plan, in the order of its words; no heading, no theme.
 */
export const themesIn = (plan: readonly Headed[]): ((section: readonly string[]) => Theme | undefined) => {
  const split = new Set<string>()
  const themeOf = (section: readonly string[]): Theme | undefined => {
    const depth = section.findIndex((heading) => !split.has(heading))
    const name = depth < 0 ? section[section.length - 1] : section[depth]
    return name === undefined ? undefined : { name, whole: depth >= 0 }
  }
  for (;;) {
    const held = new Map<string, number>()
    for (const { section, tasks } of plan) {
      const theme = themeOf(section)
      if (theme) held.set(theme.name, (held.get(theme.name) ?? 0) + tasks)
    }
    const all = [...held.values()].reduce((sum, n) => sum + n, 0)
    const [large] = [...held].find(([name, n]) => !split.has(name) && n > all * TELLS_NOTHING) ?? []
    if (large === undefined) return themeOf
    const under = new Set(
      plan.flatMap(({ section }) => {
        const at = section.indexOf(large)
        return at < 0 ? [] : (section[at + 1] ?? [])
      }),
    )
    if (under.size < 2 || held.size + under.size > MOST) return themeOf
    split.add(large)
  }
}
