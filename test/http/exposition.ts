/** One sample of the text form, with what its family says of itself. */
export interface Sample {
  name: string
  type: string
  labels: Record<string, string>
  value: number
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/y
const NUMBER = /^(?:NaN|[+-]?Inf|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/
const TYPES = ['counter', 'gauge', 'histogram', 'summary', 'untyped']

const labelsIn = (text: string, line: string): Record<string, string> => {
  const labels: Record<string, string> = {}
  let at = 0
  while (at < text.length) {
    LABEL.lastIndex = at
    const found = LABEL.exec(text)
    if (!found) throw new Error(`no label: ${line}`)
    const [whole, name = '', value = ''] = found
    if (name in labels) throw new Error(`a label twice: ${line}`)
    labels[name] = value
    at += whole.length
    if (text[at] === ',') at++
    else if (at < text.length) throw new Error(`no comma: ${line}`)
  }
  return labels
}

/** The family that a sample belongs to: a histogram's parts bear its name with an end. */
const familyOf = (name: string, types: ReadonlyMap<string, string>): string => {
  const base = name.replace(/_(bucket|sum|count)$/, '')
  return types.get(base) === 'histogram' || types.get(base) === 'summary' ? base : name
}

/**
 * Reads the text form that Prometheus scrapes (version 0.0.4), strictly: HELP and TYPE once and before the samples of their
 * family, families not mixed, no sample twice, buckets that rise up to +Inf. @throws Error with the line
 */
export const samplesIn = (text: string): Sample[] => {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  const types = new Map<string, string>()
  const helped = new Set<string>()
  const done = new Set<string>()
  const seen = new Set<string>()
  const samples: Sample[] = []
  let current = ''
  const enter = (family: string, line: string) => {
    if (family === current) return
    if (done.has(family)) throw new Error(`${family} in two places: ${line}`)
    if (current !== '') done.add(current)
    current = family
  }
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [, kind = '', family = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? []
    if (kind !== '') {
      enter(family, line)
      if (kind === 'TYPE' && (types.has(family) || !TYPES.includes(rest))) throw new Error(`TYPE: ${line}`)
      if (kind === 'TYPE') types.set(family, rest)
      if (kind === 'HELP' && helped.has(family)) throw new Error(`HELP twice: ${line}`)
      if (kind === 'HELP') helped.add(family)
      continue
    }
    const [, name = '', inner = '', value = ''] = /^([^{ ]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    if (!NAME.test(name) || !NUMBER.test(value)) throw new Error(`no sample: ${line}`)
    const own = familyOf(name, types)
    enter(own, line)
    const type = types.get(own)
    if (!type || !helped.has(own)) throw new Error(`without TYPE or HELP: ${line}`)
    const labels = labelsIn(inner, line)
    const key = `${name}${JSON.stringify(Object.entries(labels).sort())}`
    if (seen.has(key)) throw new Error(`twice: ${line}`)
    seen.add(key)
    samples.push({ name, type, labels, value: Number(value.replace('Inf', 'Infinity')) })
  }
  checkBuckets(samples)
  return samples
}

const checkBuckets = (samples: readonly Sample[]): void => {
  const series = new Map<string, Sample[]>()
  for (const sample of samples.filter(({ name }) => name.endsWith('_bucket'))) {
    const { le, ...rest } = sample.labels
    const key = `${sample.name}${JSON.stringify(Object.entries(rest).sort())}`
    series.set(key, [...(series.get(key) ?? []), sample])
  }
  for (const [key, buckets] of series) {
    const rising = buckets.every((one, i) => i === 0 || one.value >= (buckets[i - 1]?.value ?? 0))
    if (!rising || buckets.at(-1)?.labels.le !== '+Inf') throw new Error(`buckets: ${key}`)
  }
}
