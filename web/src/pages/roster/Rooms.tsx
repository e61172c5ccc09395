import { useQuery } from '@tanstack/react-query'
import { Button, Flex, Popconfirm, Spin, Table, Tag, Typography } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { RoomRow, RoomsShown } from '../../../../src/http/shapes/roster.ts'
import { useMe } from '../../lib/me.tsx'
import { momentStamp, momentWords } from '../../lib/moments.ts'
import { Fault } from '../../shell/Fault.tsx'
import { Refused, useChange } from './change.tsx'
import { bodyOf, client } from './client.ts'
import { nothing } from './nothing.tsx'
import { platformWords } from './People.tsx'
import { RobotForm, RoomForm } from './RoomForm.tsx'
import { useActionsInSight } from './wide.ts'

const useRooms = () =>
  useQuery({ queryKey: ['roster', 'rooms'], queryFn: () => bodyOf<RoomsShown>(client.roster.rooms.$get()) })

const scopeWords = { all: '全体工作群', office: '主管科室群' } as const

const boundTo = ({ scope, units }: RoomRow): string =>
  scope === 'units' ? units.map(({ name }) => name).join('、') : scopeWords[scope]

const Marks = ({ room }: { room: RoomRow }) => {
  const me = useMe()
  return (
    <Flex wrap gap={4}>
      {room.main && <Tag>主群</Tag>}
      {room.overdue && <Tag>清单显示逾期</Tag>}
      {room.robot && <Tag>群机器人推送</Tag>}
      {room.mutedUntil && <Tag color="gold">静音到 {momentWords(room.mutedUntil, me.zone)}</Tag>}
      {room.ailing && <div style={{ maxWidth: 320, whiteSpace: 'normal', color: '#a8071a' }}>留意：{room.ailing}</div>}
    </Flex>
  )
}

type Opened = { what: 'bind' | 'robot'; room?: RoomRow; id?: string }

/** Where each unit is told, and groups that the bot has heard of but nobody has bound. */
export const Rooms = () => {
  const inSight = useActionsInSight()
  const me = useMe()
  const shown = useRooms()
  const [opened, setOpened] = useState<Opened>()
  const unbind = useChange(({ id, version }: RoomRow) =>
    bodyOf<{ text: string }>(client.roster.rooms.unbind.$post({ json: { id, version } })),
  )
  if (shown.error) return <Fault error={shown.error} again={() => void shown.refetch()} />
  if (!shown.data) return <Spin />
  const { rooms, strangers, asOf } = shown.data
  const close = () => setOpened(undefined)
  return (
    <>
      <Flex wrap gap={8} style={{ marginBottom: 12 }} className="no-print">
        <Button type="primary" onClick={() => setOpened({ what: 'bind' })}>
          绑定一个群
        </Button>
      </Flex>
      <Typography.Paragraph type="secondary">
        {rooms.length}个群，截至 {momentWords(asOf, me.zone)}。最简单的绑定办法：在群里对机器人说“绑定本群 单位名称”。
      </Typography.Paragraph>
      <Refused error={unbind.error} />
      <Table<RoomRow>
        rowKey="key"
        size="small"
        dataSource={rooms}
        scroll={{ x: 'max-content' }}
        locale={nothing('还没有绑定的群')}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: '平台', key: 'platform', render: (_, { platform }) => platformWords[platform] },
          { title: '编号', dataIndex: 'id' },
          {
            title: '绑定到',
            key: 'to',
            render: (_, room) => (
              <div style={{ minWidth: 120, maxWidth: 320, whiteSpace: 'normal' }}>{boundTo(room)}</div>
            ),
          },
          { title: '情况', key: 'marks', render: (_, room) => <Marks room={room} /> },
          {
            title: '最近推送',
            key: 'last',
            render: (_, { lastPush, key }) => (
              <Link to={`/pushes?tab=accounts&room=${encodeURIComponent(key)}`}>
                {lastPush ? momentStamp(lastPush, me.zone) : '还没有'}
              </Link>
            ),
          },
          {
            title: '操作',
            ...inSight,
            key: 'do',
            render: (_, room) => (
              <Flex gap={4}>
                <Button
                  size="small"
                  autoInsertSpace={false}
                  aria-label={`修改${room.id}`}
                  onClick={() => setOpened({ what: 'bind', room })}
                >
                  修改
                </Button>
                {room.platform === 'wecom' && (
                  <Button size="small" onClick={() => setOpened({ what: 'robot', room })}>
                    群机器人
                  </Button>
                )}
                <Popconfirm title="解除后这个群不再收到推送" okText="解除绑定" onConfirm={() => unbind.mutate(room)}>
                  <Button size="small" autoInsertSpace={false} danger aria-label={`解除绑定${room.id}`}>
                    解除绑定
                  </Button>
                </Popconfirm>
              </Flex>
            ),
          },
        ]}
      />
      <Typography.Title level={2} style={{ fontSize: 16 }}>
        说过话、还没有绑定的群
      </Typography.Title>
      {strangers.length === 0 ? (
        <Typography.Paragraph type="secondary">近两个月没有。机器人只认得有人 @过它的群。</Typography.Paragraph>
      ) : (
        <ul style={{ paddingLeft: 18 }}>
          {strangers.map(({ id, platform, last }) => (
            <li key={id} style={{ marginBottom: 6, overflowWrap: 'anywhere' }}>
              {platformWords[platform]} {id}（最近 {momentStamp(last, me.zone)}）{' '}
              <Button
                size="small"
                autoInsertSpace={false}
                aria-label={`绑定${id}`}
                onClick={() => setOpened({ what: 'bind', id })}
              >
                绑定
              </Button>
            </li>
          ))}
        </ul>
      )}
      {opened?.what === 'bind' && (
        <RoomForm {...(opened.room && { room: opened.room })} {...(opened.id && { id: opened.id })} close={close} />
      )}
      {opened?.what === 'robot' && opened.room && <RobotForm room={opened.room} close={close} />}
    </>
  )
}
