import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal, Select, Typography } from 'antd'
import { useState } from 'react'
import type { SuccessionForm, SuccessionSeen, UnitRow } from '../../../../src/http/shapes/roster.ts'
import { useMe } from '../../lib/me.tsx'
import { Refused, useChange } from './change.tsx'
import { bodyOf, client } from './client.ts'

/** 更名、合并、拆分: what moves is shown before it moves. */
export const Succession = ({ units }: { units: readonly UnitRow[] }) => {
  const me = useMe()
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm<SuccessionForm>()
  const look = useMutation({
    mutationFn: (json: SuccessionForm) => bodyOf<SuccessionSeen>(client.roster.successions.preview.$post({ json })),
  })
  const close = () => {
    setOpen(false)
    look.reset()
    change.reset()
    form.resetFields()
  }
  const change = useChange(
    (json: SuccessionForm & { version: number }) => bodyOf<{ text: string }>(client.roster.successions.$post({ json })),
    close,
  )
  const seen = look.data
  const options = units.map(({ name }) => ({ value: name, label: name }))
  return (
    <>
      <Button onClick={() => setOpen(true)}>登记承接</Button>
      <Modal
        open={open}
        title="登记承接（更名、合并、拆分）"
        okText={seen ? '确认登记' : '看会移动什么'}
        okButtonProps={{ danger: seen !== undefined, disabled: seen?.pending === false }}
        confirmLoading={look.isPending || change.isPending}
        onCancel={close}
        onOk={() => form.submit()}
      >
        <Refused error={look.error ?? change.error} />
        <Form
          form={form}
          layout="vertical"
          initialValues={{ olds: [], heirs: [], from: me.today, reason: '' }}
          onValuesChange={() => {
            look.reset()
            change.reset()
          }}
          onFinish={(fields) => (seen ? change.mutate({ ...fields, version: seen.version }) : look.mutate(fields))}
        >
          <Form.Item name="olds" label="原单位" rules={[{ required: true, message: '请选择原单位' }]}>
            <Select mode="multiple" options={options} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
          <Form.Item
            name="heirs"
            label="承接单位"
            rules={[{ required: true, message: '请选择或填写承接单位' }]}
            extra="通讯录上没有的，写全称后回车，会一并录入"
          >
            <Select mode="tags" options={options} />
          </Form.Item>
          <Form.Item name="from" label="从哪一天起" rules={[{ required: true, message: '请填写日期' }]}>
            <Input type="date" max={me.today} />
          </Form.Item>
          <Form.Item name="reason" label="依据（文号或说明）">
            <Input maxLength={200} />
          </Form.Item>
        </Form>
        {seen && (
          <Alert
            type={seen.unsaid.length > 0 ? 'warning' : 'info'}
            title={
              <>
                {seen.pending ? null : <div>承接已登记，没有要移的</div>}
                {[...seen.lines, ...seen.unsaid].map((line) => (
                  <div key={line}>{line}</div>
                ))}
              </>
            }
          />
        )}
        <Typography.Paragraph type="secondary" style={{ marginTop: 12 }}>
          拆分时要逐条分给不同单位的，请用命令 roster succeed（可写 --duties、--people、--rooms）。
        </Typography.Paragraph>
      </Modal>
    </>
  )
}
