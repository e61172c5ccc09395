import { ClockCircleOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Flex, Input, Popover, Space, Typography } from 'antd'
import { useState } from 'react'
import type { TryClock } from '../../../../src/http/shapes/try.ts'
import { tryClient } from './client.ts'

const weekdays = ['日', '一', '二', '三', '四', '五', '六']

const dayWords = ({ today, workday }: TryClock): string => {
  const [year, month, date] = today.split('-').map(Number)
  const weekday = weekdays[new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, date)).getUTCDay()]
  return `${year}年${month}月${date}日 周${weekday}${workday ? '' : '（休息日）'}`
}

const steps = [
  { to: 'workday', label: '下个工作日 9:00' },
  { to: 'monday', label: '下周一 9:00' },
  { to: 'month', label: '下月1日 9:00' },
]

/** The demo's own day and time, and the ways forward. */
export const ClockBar = ({ clock, onMoved }: { clock: TryClock; onMoved: () => void }) => {
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const [picked, setPicked] = useState('')
  const move = useMutation({
    mutationFn: (to: string) => tryClient.try.clock.$post({ json: { to } }),
    onSuccess: () => {
      setOpen(false)
      setPicked('')
      onMoved()
      void message.success('时钟已往后调：到了时间的推送已经发到各群')
    },
    onError: (error) => void message.error(error.message),
  })
  const ways = (
    <Flex vertical gap={8} className="try-clock-ways">
      {steps.map(({ to, label }) => (
        <Button key={to} loading={move.isPending && move.variables === to} onClick={() => move.mutate(to)}>
          到{label}
        </Button>
      ))}
      <Space.Compact>
        <Input
          type="datetime-local"
          aria-label="到哪一天、几点"
          value={picked}
          min={`${clock.today}T${clock.time}`}
          onChange={(event) => setPicked(event.target.value)}
        />
        <Button disabled={picked === ''} onClick={() => move.mutate(picked)}>
          到这时
        </Button>
      </Space.Compact>
      <Typography.Text type="secondary">只能往后调；要回到现在，请点“重新开始”。</Typography.Text>
    </Flex>
  )
  return (
    <Flex gap={8} align="center" wrap>
      <span>
        <ClockCircleOutlined /> 演示时间 <b>{dayWords(clock)}</b> {clock.time}
      </span>
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        content={ways}
        title="把时钟往后调"
        placement="bottom"
      >
        <Button size="small" aria-expanded={open}>
          往后调…
        </Button>
      </Popover>
    </Flex>
  )
}
