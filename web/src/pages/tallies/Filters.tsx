import { Flex, Select } from 'antd'
import type { TallyYear } from '../../../../src/http/shapes/tallies.ts'
import { type Channel, channels, channelWords } from '../../../../src/model/tally.ts'

/** So many years back figures are usually filled in. */
const BACK = 10

const yearsOf = ({ years, year, lastMonth }: TallyYear): number[] => {
  const last = Number(lastMonth.slice(0, 4))
  const recent = Array.from({ length: BACK + 1 }, (_, i) => last - i)
  return [...new Set([year, ...years, ...recent])].sort((a, b) => b - a)
}

/** Year, theme and channel that are looked at. */
export const Filters = ({
  shown,
  channel,
  change,
}: {
  shown: TallyYear
  channel: Channel
  change(name: 'year' | 'theme' | 'channel', value: string): void
}) => (
  <Flex gap={8} wrap className="no-print" style={{ marginBottom: 12 }}>
    <Select
      aria-label="年份"
      style={{ width: 110 }}
      value={String(shown.year)}
      options={yearsOf(shown).map((year) => ({ value: String(year), label: `${year}年` }))}
      onChange={(year) => change('year', year)}
    />
    <Select
      aria-label="类别"
      style={{ width: 220 }}
      value={shown.theme}
      options={[
        { value: '', label: '全部信息' },
        ...[...new Set([...shown.byTheme.map(({ theme }) => theme), shown.theme])]
          .filter(Boolean)
          .map((theme) => ({ value: theme, label: `类别：${theme}` })),
      ]}
      onChange={(theme) => change('theme', theme)}
    />
    <Select
      aria-label="渠道"
      style={{ width: 140 }}
      value={channel}
      options={channels.map((one) => ({ value: one, label: channelWords[one] }))}
      onChange={(one) => change('channel', one)}
    />
  </Flex>
)
