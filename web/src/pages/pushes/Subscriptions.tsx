import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Flex, Form, Input, Modal, Popconfirm, Select, Spin, Table, Typography } from 'antd'
import { useState } from 'react'
import type { PushSubscription, Subscriptions as Shown } from '../../../../src/http/shapes/pushes.ts'
import type { Card } from '../../../../src/model/card.ts'
import type { Intent } from '../../../../src/model/intent.ts'
import { Answer } from '../../card/Answer.tsx'
import { type Deed, useAct } from '../../lib/act.ts'
import { useMe } from '../../lib/me.tsx'
import { momentStamp } from '../../lib/moments.ts'
import { Fault } from '../../shell/Fault.tsx'
import { bodyOf } from '../roster/client.ts'
import { nothing } from '../roster/nothing.tsx'
import { useActionsInSight } from '../roster/wide.ts'
import { client } from './client.ts'

const contents = [
  { value: 'due', label: '本期到期清单' },
  { value: 'next', label: '下期到期清单' },
  { value: 'overdue', label: '逾期清单' },
  { value: 'figures', label: '完成情况' },
  { value: 'review', label: '待审核清单' },
]
const rhythms = [
  { value: 'workday', label: '每个工作日' },
  { value: 'week', label: '每周' },
  { value: 'month', label: '每月' },
]
const weekdays = [...'一二三四五六日'].map((word, i) => ({ value: i + 1, label: `周${word}` }))
const dates = Array.from({ length: 31 }, (_, i) => ({ value: i + 1, label: i === 30 ? '最后一天' : `${i + 1}日` }))

type Fields = Pick<PushSubscription, 'content' | 'every' | 'at' | 'room'> & { on: number }

const fieldsOf = (row: PushSubscription | undefined): Partial<Fields> =>
  row
    ? {
        content: row.content,
        every: row.every === 'day' ? 'workday' : row.every,
        at: row.at,
        room: row.room,
        on: row.on ?? 1,
      }
    : { content: 'overdue', every: 'week', on: 5, at: '16:00' }

const frameOf = ({ content, every, at, room, on }: Fields, row: PushSubscription | undefined): Intent => ({
  ...{ intent: 'subscribe', content, every, at, room },
  ...(every === 'week' || every === 'month' ? { on } : {}),
  ...(row && { replaces: row.id }),
})

const PushForm = ({
  row,
  places,
  send,
  busy,
  close,
}: {
  row?: PushSubscription
  places: Shown['places']
  send: (intent: Intent) => void
  busy: boolean
  close: () => void
}) => {
  const [form] = Form.useForm<Fields>()
  const every = Form.useWatch('every', form) ?? fieldsOf(row).every
  return (
    <Modal
      open
      title={row ? '修改推送' : '设置推送'}
      okText="保存"
      confirmLoading={busy}
      onCancel={close}
      onOk={() => form.submit()}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={fieldsOf(row)}
        onFinish={(fields) => send(frameOf({ ...(fieldsOf(row) as Fields), ...fields }, row))}
      >
        <Form.Item name="room" label="推送到" rules={[{ required: true, message: '请选择群或个人' }]}>
          <Select
            disabled={row !== undefined}
            showSearch={{ optionFilterProp: 'label' }}
            options={places.map(({ room, words }) => ({ value: room, label: words }))}
          />
        </Form.Item>
        <Form.Item name="content" label="内容">
          <Select options={contents} />
        </Form.Item>
        <Form.Item name="every" label="多久一次">
          <Select options={rhythms} />
        </Form.Item>
        {(every === 'week' || every === 'month') && (
          <Form.Item name="on" label="哪一天">
            <Select options={every === 'week' ? weekdays : dates} />
          </Form.Item>
        )}
        <Form.Item name="at" label="几点" rules={[{ required: true, message: '请填写时间' }]}>
          <Input type="time" />
        </Form.Item>
      </Form>
    </Modal>
  )
}

/** Standing pushes, begun, changed and stopped by the same words as in a chat; the bot's answer is shown. */
export const Subscriptions = () => {
  const inSight = useActionsInSight()
  const me = useMe()
  const act = useAct()
  const [opened, setOpened] = useState<{ row?: PushSubscription }>()
  const [answer, setAnswer] = useState<{ card?: Card; asks: boolean }>()
  const shown = useQuery({
    queryKey: ['pushes', 'subscriptions'],
    queryFn: () => bodyOf<Shown>(client.pushes.subscriptions.$get()),
  })
  if (shown.error) return <Fault error={shown.error} again={() => void shown.refetch()} />
  if (!shown.data) return <Spin />
  const { rows, usual, places, asOf } = shown.data
  const send = (intent: Intent | undefined, more: Omit<Deed, 'intent'> = {}) =>
    act.mutate(
      { ...(intent && { intent }), ...more },
      {
        onSuccess: (answered) => {
          setOpened(undefined)
          setAnswer(answered)
        },
      },
    )
  return (
    <>
      <Flex gap={8} style={{ marginBottom: 12 }} className="no-print">
        <Button type="primary" onClick={() => setOpened({})}>
          设置推送
        </Button>
      </Flex>
      <Typography.Paragraph>{usual}</Typography.Paragraph>
      {act.error && <Alert type="error" role="alert" showIcon title={act.error.message} style={{ marginBottom: 12 }} />}
      {answer && (
        <div role="status" style={{ marginBottom: 12 }}>
          <Answer answer={answer} send={({ intent, ...more }) => send(intent, more)} busy={act.isPending} />
        </div>
      )}
      <Typography.Paragraph type="secondary">
        另设的 {rows.length}条，截至 {momentStamp(asOf, me.zone)}
      </Typography.Paragraph>
      <Table<PushSubscription>
        rowKey="id"
        size="small"
        dataSource={rows}
        scroll={{ x: 'max-content' }}
        locale={nothing('没有另设的推送')}
        pagination={false}
        columns={[
          { title: '推送到', dataIndex: 'place' },
          { title: '时间', dataIndex: 'rhythm' },
          { title: '内容', dataIndex: 'says' },
          { title: '下次', key: 'next', render: (_, { next }) => momentStamp(next, me.zone) },
          { title: '谁设的', dataIndex: 'person' },
          {
            title: '操作',
            ...inSight,
            key: 'do',
            render: (_, row) => (
              <Flex gap={4}>
                <Button
                  size="small"
                  autoInsertSpace={false}
                  aria-label={`修改${row.place}${row.says}`}
                  onClick={() => setOpened({ row })}
                >
                  修改
                </Button>
                <Popconfirm
                  title="停止这条推送？"
                  okText="停止"
                  onConfirm={() => send({ intent: 'unsubscribe', ids: [row.id] })}
                >
                  <Button size="small" autoInsertSpace={false} danger aria-label={`停止${row.place}${row.says}`}>
                    停止
                  </Button>
                </Popconfirm>
              </Flex>
            ),
          },
        ]}
      />
      {opened && (
        <PushForm
          {...(opened.row && { row: opened.row })}
          places={places}
          busy={act.isPending}
          send={send}
          close={() => setOpened(undefined)}
        />
      )}
    </>
  )
}
