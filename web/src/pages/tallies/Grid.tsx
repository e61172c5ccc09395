import { InputNumber } from 'antd'
import type { TallyUnit } from '../../../../src/http/shapes/tallies.ts'
import { type Channel, channels, channelWords, measures } from '../../../../src/model/tally.ts'
import { isOver, periodName, periodsOf } from './client.ts'
import './tallies.css'

/** What was typed, by `2017-07 website`; null: emptied. */
export type Draft = Readonly<Record<string, number | null>>

export const keyOf = (period: string, channel: Channel): string => `${period} ${channel}`

/** A unit's year to be filled in: a line a month, a column a channel; the last line is the year's own figure. */
export const Grid = ({
  shown,
  draft,
  onType,
}: {
  shown: TallyUnit
  draft: Draft
  onType(period: string, channel: Channel, count: number | null): void
}) => (
  <div className="tally-grid">
    <table>
      <caption className="tally-caption">每月一行；全年数只在不知道各月的数时填</caption>
      <thead>
        <tr>
          <th scope="col">月份</th>
          {channels.map((channel) => (
            <th scope="col" key={channel}>
              {channelWords[channel]}（{measures[channel]}）
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {periodsOf(shown.year).map((period) => (
          <tr key={period}>
            <th scope="row">{periodName(period)}</th>
            {channels.map((channel) => {
              const key = keyOf(period, channel)
              const stands = shown.periods[period]?.[channel] ?? null
              const value = key in draft ? (draft[key] ?? null) : stands
              return (
                <td key={channel}>
                  {shown.enters && isOver(period, shown.lastMonth) ? (
                    <InputNumber
                      aria-label={`${periodName(period)}${channelWords[channel]}`}
                      {...(value !== stands && { status: 'warning' as const })}
                      controls={false}
                      min={0}
                      value={value}
                      onChange={(count) => onType(period, channel, count)}
                    />
                  ) : (
                    (stands ?? '')
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
