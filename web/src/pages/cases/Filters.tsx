import { Button, Flex, Input, Select } from 'antd'
import type { RegisterList, RegisterShown } from '../../../../src/http/shapes/cases.ts'
import { useMe } from '../../lib/me.tsx'
import type { Look } from './client.ts'

interface Choice {
  value: string
  label: string
}

/** Years of the registers that can be chosen: this one and those before it. */
const YEARS = 15

/** The filters as they stand in the address; an empty text takes one out. */
export const Filters = ({
  look,
  list,
  register,
  onChange,
}: {
  look: Look
  list: RegisterList
  /** The register that is looked at, if it is one alone: its states can be chosen. */
  register: RegisterShown | undefined
  onChange(what: Look): void
}) => {
  const year = Number(useMe().today.slice(0, 4))
  const one = (name: string, label: string, options: Choice[], width: number) => (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width }}
      value={look[name] ?? null}
      options={options}
      onChange={(value: string | null) => onChange({ [name]: value ?? '' })}
    />
  )
  const years = Array.from({ length: YEARS }, (_, i) => ({ value: String(year - i), label: `${year - i}年` }))
  return (
    <Flex wrap gap={8} align="center" className="no-print" style={{ marginBottom: 12 }} role="search">
      {one(
        'open',
        '办理情况',
        [
          { value: '1', label: '在办' },
          { value: '0', label: '已办结' },
        ],
        120,
      )}
      {one(
        'clock',
        '时限',
        [
          { value: 'soon', label: '5个工作日内到期' },
          { value: 'overdue', label: '逾期' },
        ],
        160,
      )}
      {register &&
        one(
          'state',
          '状态',
          register.states.map(([value, label]) => ({ value, label })),
          150,
        )}
      {list.units.length > 1 &&
        one(
          'unit',
          '承办单位',
          list.units.map(({ id, name }) => ({ value: id, label: name })),
          180,
        )}
      {one('year', '年度', years, 110)}
      <Input.Search
        aria-label="编号或文字"
        placeholder="编号或文字"
        allowClear
        style={{ width: 190 }}
        maxLength={100}
        key={look.q ?? ''}
        defaultValue={look.q ?? ''}
        onSearch={(q) => onChange({ q: q.trim() })}
      />
      {Object.keys(look).some((name) => name !== 'kind') && (
        <Button
          type="link"
          onClick={() =>
            onChange(
              Object.fromEntries(Object.keys(look).map((name) => [name, name === 'kind' ? (look.kind ?? '') : ''])),
            )
          }
        >
          清空筛选
        </Button>
      )}
    </Flex>
  )
}
