import { Button, DatePicker, Flex, Grid, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import { LedgerState, ledgerSetWords, ledgerStateWords, lightWords } from '../../../../src/model/ledger.ts'
import { useMe } from '../../lib/me.tsx'
import { useChoices } from './client.ts'

interface Props {
  look: Record<string, string>
  /** What changes; an empty text takes the filter away. */
  onChange(change: Record<string, string>): void
}

const listOf = (text: string | undefined): string[] => (text ?? '').split(',').filter(Boolean)
const optionsOf = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

const states = LedgerState.options.map((value) => ({ value, label: ledgerStateWords[value] }))
const sorts = { due: '到期日从早到晚', '-due': '到期日从晚到早', code: '按编号', unit: '按单位' }
const roles = { lead: '牵头', support: '配合' }

/** Filters that stand there at once on a wide page, and those that are opened. */
const often = ['unit', 'plan', 'state', 'light', 'due']
const seldom = ['round', 'theme', 'role', 'year', 'set', 'reported', 'closed']

const quarters = ['一', '二', '三', '四']
/** Rounds of the year before, this one and the next. */
const roundsAbout = (today: string) =>
  [0, -1, 1].flatMap((step) => {
    const year = Number(today.slice(0, 4)) + step
    return [
      { value: `${year}`, label: `${year}年度` },
      ...['上', '下'].map((half, i) => ({ value: `${year}-H${i + 1}`, label: `${year}年${half}半年` })),
      ...quarters.map((quarter, i) => ({ value: `${year}-Q${i + 1}`, label: `${year}年${quarter}季度` })),
      ...Array.from({ length: 12 }, (_, i) => {
        const value = `${year}-${String(i + 1).padStart(2, '0')}`
        return { value, label: `${year}年${i + 1}月` }
      }),
    ]
  })

const Words = ({ value, onFind }: { value: string; onFind(words: string): void }) => {
  const [words, type] = useState(value)
  useEffect(() => type(value), [value])
  return (
    <Input.Search
      allowClear
      enterButton="搜索"
      placeholder="编号、任务内容、单位"
      aria-label="搜索编号、任务内容、单位"
      value={words}
      maxLength={100}
      onChange={({ target }) => type(target.value)}
      onSearch={(found) => onFind(found.trim())}
      style={{ width: 260, maxWidth: '100%' }}
    />
  )
}

const DaySpan = ({ value, label, onChange }: { value: string; label: string; onChange(span: string): void }) => {
  const [from, to] = value.split('..')
  const dayOf = (text: string | undefined) => (text ? dayjs(text) : null)
  return (
    <DatePicker.RangePicker
      allowEmpty={[true, true]}
      aria-label={label}
      placeholder={[`${label}从`, '到']}
      value={[dayOf(from), dayOf(to)]}
      onChange={(days) => {
        const [a, b] = (days ?? []).map((day) => day?.format('YYYY-MM-DD') ?? '')
        onChange(a || b ? `${a ?? ''}..${b ?? ''}` : '')
      }}
      style={{ width: 260, maxWidth: '100%' }}
    />
  )
}

/** All that narrows the ledger; each stands in the address. */
export const Filters = ({ look, onChange }: Props) => {
  const { today } = useMe()
  const choices = useChoices().data
  const wide = Grid.useBreakpoint().md ?? true
  // A filter that is on is not out of sight when the page opens.
  const isHidden = (key: string) => (wide ? seldom : [...seldom, ...often]).includes(key)
  const [more, setMore] = useState(() => Object.keys(look).some(isHidden))
  const one = (key: string, label: string, options: { value: string; label: string }[], width = 140) => (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={label}
      options={options}
      value={look[key] ?? null}
      onChange={(value?: string | null) => onChange({ [key]: value ?? '' })}
      popupMatchSelectWidth={false}
      style={{ width, maxWidth: '100%' }}
    />
  )
  const several = (key: string, label: string, options: { value: string; label: string }[], width = 180) => (
    <Select
      mode="multiple"
      allowClear
      maxTagCount="responsive"
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={label}
      options={options}
      value={listOf(look[key])}
      onChange={(values: string[]) => onChange({ [key]: values.join() })}
      popupMatchSelectWidth={false}
      style={{ width, maxWidth: '100%' }}
    />
  )
  const years = [...new Set([look.year, today.slice(0, 4), String(Number(today.slice(0, 4)) - 1)])].filter(Boolean)
  const rounds = roundsAbout(today)
  const isSet = Object.keys(look).some((key) => key !== 'sort')
  return (
    <Flex wrap gap={8} role="search" aria-label="筛选" className="no-print ledger-filters">
      <Words value={look.q ?? ''} onFind={(q) => onChange({ q })} />
      {(wide || more) && (
        <>
          {several(
            'unit',
            '单位',
            (choices?.units ?? []).map(({ id, name }) => ({ value: id, label: name })),
            200,
          )}
          {one(
            'plan',
            '方案',
            (choices?.plans ?? []).map(({ id, code, title }) => ({ value: id, label: `${code} ${title}` })),
            200,
          )}
          {several('state', '状态', states)}
          {several('light', '灯', optionsOf(lightWords), 150)}
          <DaySpan label="到期" value={look.due ?? ''} onChange={(due) => onChange({ due })} />
        </>
      )}
      {more && (
        <>
          {one(
            'round',
            '期次',
            look.round && !rounds.some(({ value }) => value === look.round)
              ? [{ value: look.round, label: look.round }, ...rounds]
              : rounds,
            130,
          )}
          {one(
            'theme',
            '章节',
            (choices?.themes ?? []).map((theme) => ({ value: theme, label: theme })),
            180,
          )}
          {one('role', '牵头或配合', optionsOf(roles), 120)}
          {one(
            'year',
            '年度',
            years.map((year) => ({ value: String(year), label: `${year}年` })),
            100,
          )}
          {one('set', '数字里的', optionsOf(ledgerSetWords), 150)}
          <DaySpan label="上报" value={look.reported ?? ''} onChange={(reported) => onChange({ reported })} />
          <DaySpan label="办结" value={look.closed ?? ''} onChange={(closed) => onChange({ closed })} />
          {one('sort', '排序', optionsOf(sorts), 150)}
        </>
      )}
      <Button aria-expanded={more} onClick={() => setMore(!more)}>
        {more ? '收起' : '更多筛选'}
      </Button>
      {isSet && (
        <Button
          type="link"
          onClick={() =>
            onChange(Object.fromEntries(Object.keys(look).map((key) => [key, key === 'sort' ? (look.sort ?? '') : ''])))
          }
        >
          清空筛选
        </Button>
      )}
    </Flex>
  )
}
