import { useQuery } from '@tanstack/react-query'
import { Button, Flex, Input, Select } from 'antd'
import { type AuditFilter, FactGroup, FactSubject, groupWords } from '../../../../src/http/shapes/audit.ts'
import { subjectWords } from '../../../../src/model/fact-words.ts'
import { roleWords } from '../../../../src/model/person.ts'
import { auditClient } from './client.ts'

const groups = FactGroup.options.map((value) => ({ value, label: groupWords[value] }))
const subjects = FactSubject.options.map((value) => ({ value, label: subjectWords[value] }))

/** The filters as they stand in the address; `set` puts one there, empty takes it out. */
export const Filters = ({
  filter,
  set,
  clear,
}: {
  filter: AuditFilter
  set: (name: keyof AuditFilter, value: string | undefined) => void
  clear: () => void
}) => {
  const choices = useQuery({
    queryKey: ['audit', 'choices'],
    queryFn: async () => (await auditClient.audit.choices.$get()).json(),
    staleTime: 60_000,
  })
  const people = choices.data && 'people' in choices.data ? choices.data.people : []
  const units = choices.data && 'units' in choices.data ? choices.data.units : []
  const choose = (
    name: 'group' | 'subject' | 'by' | 'unit',
    label: string,
    list: { value: string; label: string }[],
  ) => (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      style={{ minWidth: 130 }}
      value={filter[name] ?? null}
      options={list}
      onChange={(value: string | null) => set(name, value ?? undefined)}
    />
  )
  return (
    <Flex wrap gap={8} align="center" className="no-print" style={{ marginBottom: 12 }} role="search">
      <label htmlFor="audit-from">从</label>
      <Input
        id="audit-from"
        type="date"
        style={{ width: 150 }}
        value={filter.from ?? ''}
        onChange={({ target }) => set('from', target.value)}
      />
      <label htmlFor="audit-to">到</label>
      <Input
        id="audit-to"
        type="date"
        style={{ width: 150 }}
        value={filter.to ?? ''}
        onChange={({ target }) => set('to', target.value)}
      />
      {choose('group', '类别', groups)}
      {choose('subject', '对象', subjects)}
      {choose(
        'by',
        '人员',
        people.map(({ id, name, role }) => ({ value: id, label: `${name}（${roleWords[role]}）` })),
      )}
      {choose(
        'unit',
        '责任单位',
        units.map(({ id, name }) => ({ value: id, label: name })),
      )}
      <Input.Search
        aria-label="文字或任务编号"
        placeholder="文字或任务编号（公开17-3）"
        allowClear
        style={{ width: 230 }}
        defaultValue={filter.q ?? ''}
        key={filter.q ?? ''}
        onSearch={(value) => set('q', value)}
      />
      <Button onClick={clear}>清除筛选</Button>
    </Flex>
  )
}
