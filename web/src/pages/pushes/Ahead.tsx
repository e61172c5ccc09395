import { useQuery } from '@tanstack/react-query'
import { Button, Empty, Modal, Spin, Typography } from 'antd'
import { useState } from 'react'
import type { Ahead as Shown } from '../../../../src/http/shapes/pushes.ts'
import type { Card } from '../../../../src/model/card.ts'
import { CardView } from '../../card/CardView.tsx'
import { useMe } from '../../lib/me.tsx'
import { dayWords, momentWords } from '../../lib/moments.ts'
import { Fault } from '../../shell/Fault.tsx'
import { bodyOf } from '../roster/client.ts'
import { client } from './client.ts'

/** A day of more stands closed until it is opened. */
const FEW = 8

type Push = Shown['days'][number]['pushes'][number]

const Seen = ({ day, push, close }: { day: string; push: Push; close: () => void }) => {
  const { today } = useMe()
  const card = useQuery({
    queryKey: ['pushes', 'preview', day, push.id],
    queryFn: () => bodyOf<{ card: Card | null }>(client.pushes.preview.$get({ query: { day, id: push.id } })),
  })
  return (
    <Modal open title={`${dayWords(day, today)}${push.at} ${push.place}`} footer={null} onCancel={close}>
      {card.error ? <Fault error={card.error} /> : null}
      {card.isPending && <Spin />}
      {card.data &&
        (card.data.card ? (
          <CardView card={card.data.card} />
        ) : (
          <Empty description="按现在的台账没有要说的，到时仍没有就不发" />
        ))}
    </Modal>
  )
}

/** The week to come, day by day; what each message would say is made when it is asked for. */
export const Ahead = () => {
  const me = useMe()
  const [seen, setSeen] = useState<{ day: string; push: Push }>()
  const shown = useQuery({
    queryKey: ['pushes', 'ahead'],
    queryFn: () => bodyOf<Shown>(client.pushes.ahead.$get()),
  })
  if (shown.error) return <Fault error={shown.error} again={() => void shown.refetch()} />
  if (!shown.data) return <Spin />
  return (
    <>
      <Typography.Paragraph type="secondary">
        按 {momentWords(shown.data.asOf, me.zone)} 的台账推算；到时没有内容的不发，期间办了的不再列。
      </Typography.Paragraph>
      {shown.data.days.map(({ day, rest, pushes }) => (
        <details key={day} open={day === me.today || pushes.length <= FEW} style={{ marginBottom: 12 }}>
          <summary>
            <Typography.Title level={2} style={{ fontSize: 16, display: 'inline' }}>
              {dayWords(day, me.today)}
              {day === me.today ? '（今天）' : ''}
              {rest ? '（休息日）' : ''} · {pushes.length}条
            </Typography.Title>
          </summary>
          <ul style={{ paddingLeft: 18 }}>
            {pushes.map((push) => (
              <li key={push.id} style={{ marginBottom: 4 }}>
                {push.at} {push.place}：{push.words}{' '}
                <Button
                  size="small"
                  aria-label={`看内容：${dayWords(day, me.today)} ${push.place}`}
                  onClick={() => setSeen({ day, push })}
                >
                  看内容
                </Button>
              </li>
            ))}
          </ul>
        </details>
      ))}
      {seen && <Seen {...seen} close={() => setSeen(undefined)} />}
    </>
  )
}
