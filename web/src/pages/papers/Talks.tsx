import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Select, Table } from 'antd'
import { useState } from 'react'
import type { TalkList } from '../../../../src/http/shapes/papers.ts'
import { isOffice } from '../../../../src/model/person.ts'
import { useMe } from '../../lib/me.tsx'
import { Fault } from '../../shell/Fault.tsx'
import { Refused, useChange } from '../roster/change.tsx'
import { bodyOf } from '../roster/client.ts'
import { papersClient } from './client.ts'

interface Fields {
  units: string[]
  day: string
  by: string
  whom: string
  tasks?: string
  text: string
}

const NewTalk = ({ units, onClose }: { units: TalkList['units']; onClose(): void }) => {
  const [form] = Form.useForm<Fields>()
  const record = useChange(async ({ tasks = '', ...fields }: Fields) => {
    await papersClient.talks.$post({ json: { ...fields, tasks: tasks.split(/[\s、,，;；]+/).filter(Boolean) } })
    return { text: '已记录' }
  }, onClose)
  const required = (message: string) => [{ required: true, message }]
  return (
    <Modal
      open
      title="记录约谈"
      okText="记录"
      cancelText="取消"
      onCancel={onClose}
      okButtonProps={{ loading: record.isPending }}
      onOk={() => form.submit()}
    >
      <Refused error={record.error} />
      <Form form={form} layout="vertical" onFinish={(fields) => record.mutate(fields)}>
        <Form.Item name="units" label="被约谈的单位" rules={required('请选单位')}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            options={units.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item name="day" label="日期" rules={required('请写日期')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="by" label="约谈人" rules={required('请写谁约谈')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="whom" label="被约谈人" rules={required('请写约谈了谁')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="tasks" label="涉及任务" extra="编号，用顿号隔开，例如 公开17-12">
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="text" label="事由" rules={required('请写事由')}>
          <Input.TextArea maxLength={500} rows={3} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

const columns = [
  { title: '日期', dataIndex: 'day', key: 'day' },
  { title: '单位', dataIndex: 'unit', key: 'unit' },
  {
    title: '经过',
    dataIndex: 'words',
    key: 'words',
    render: (text: string) => <span className="paper-cell">{text}</span>,
  },
]

/** 约谈 on record. */
export const Talks = () => {
  const { person } = useMe()
  const [open, setOpen] = useState(false)
  const talks = useQuery({ queryKey: ['papers', 'talks'], queryFn: () => bodyOf<TalkList>(papersClient.talks.$get()) })
  if (talks.error) return <Fault error={talks.error} again={() => void talks.refetch()} />
  return (
    <>
      {isOffice(person) && talks.data && (
        <Button onClick={() => setOpen(true)} style={{ marginBottom: 12 }}>
          记录约谈
        </Button>
      )}
      {open && talks.data && <NewTalk units={talks.data.units} onClose={() => setOpen(false)} />}
      <Table
        rowKey={({ day, unit, words }) => `${day} ${unit} ${words}`}
        size="middle"
        loading={talks.isPending}
        columns={columns}
        dataSource={talks.data?.talks ?? []}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '没有约谈记录' }}
      />
    </>
  )
}
