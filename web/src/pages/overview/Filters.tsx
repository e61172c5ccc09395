import { Flex, Segmented, Select } from 'antd'
import type { Overview } from '../../../../src/http/shapes/overview.ts'
import { useMe } from '../../lib/me.tsx'
import type { Chosen } from './read.ts'

const years = (data: Overview): number[] =>
  [...new Set([Number(data.today.slice(0, 4)), ...data.plans.map(({ year }) => year).filter(Boolean)])].sort(
    (a, b) => b - a,
  )

/** What the page is narrowed to: plan, year, units; a leader's own in one press. */
export const Filters = ({
  data,
  chosen,
  choose,
}: {
  data: Overview
  chosen: Chosen
  choose: (next: Chosen) => void
}) => {
  const { person } = useMe()
  const set = (changed: { [K in keyof Chosen]?: string | undefined }) => {
    const all = { ...chosen, ...changed }
    choose(Object.fromEntries(Object.entries(all).filter(([, value]) => value)) as Chosen)
  }
  const { plan, year, unit, mine } = chosen
  return (
    <Flex wrap gap={8} className="no-print" role="search" aria-label="筛选" style={{ marginBottom: 16 }}>
      {person.charge.length > 0 && (
        <Segmented
          aria-label="范围"
          value={mine ? 'mine' : 'all'}
          options={[
            { value: 'all', label: '全部单位' },
            { value: 'mine', label: '我分管的' },
          ]}
          onChange={(value) => set({ mine: value === 'mine' ? '1' : undefined, unit: undefined })}
        />
      )}
      <Select
        aria-label="方案"
        className="filter"
        value={plan ?? ''}
        options={[
          { value: '', label: '全部在督方案' },
          ...data.plans.map(({ id, name, title }) => ({ value: id, label: `${name} ${title}` })),
        ]}
        popupMatchSelectWidth={false}
        onChange={(value) => set({ plan: value })}
      />
      <Select
        aria-label="年份"
        value={year ?? ''}
        style={{ width: 120 }}
        options={[
          { value: '', label: '全部年份' },
          ...years(data).map((one) => ({ value: String(one), label: `${one}年` })),
        ]}
        onChange={(value) => set({ year: value })}
      />
      {data.choices.length > 1 && (
        <Select
          aria-label="单位"
          className="filter"
          mode="multiple"
          maxTagCount={1}
          placeholder="全部单位"
          value={unit?.split(',') ?? []}
          options={data.choices.map(({ id, name }) => ({ value: id, label: name }))}
          optionFilterProp="label"
          onChange={(ids: string[]) => set({ unit: ids.join(','), mine: undefined })}
        />
      )}
    </Flex>
  )
}
