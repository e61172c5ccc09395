/** Labels of one sample, in the order in which they are told. */
export type Labels = Readonly<Record<string, string>>

export interface Family {
  name: string
  help: string
  samples: readonly { labels: Labels; value: number }[]
}

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const labelsOf = (labels: Labels): string => {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return all.length > 0 ? `{${all.join(',')}}` : ''
}

/** Gauges in the text form that Prometheus reads, version 0.0.4. */
export const exposed = (families: readonly Family[]): string =>
  families
    .map(({ name, help, samples }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} gauge`,
        ...samples.map(({ labels, value }) => `${name}${labelsOf(labels)} ${value}`),
        '',
      ].join('\n'),
    )
    .join('')

export const EXPOSITION = 'text/plain; version=0.0.4; charset=utf-8'
