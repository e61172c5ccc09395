import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, InputNumber, Spin, Typography } from 'antd'
import type { RetentionShown } from '../../../../src/http/shapes/pushes.ts'
import { Fault } from '../../shell/Fault.tsx'
import { Refused } from '../roster/change.tsx'
import { bodyOf } from '../roster/client.ts'
import { client } from './client.ts'

type Fields = RetentionShown['retention'] & { version: number }

const fieldsOf = ({ version, retention }: RetentionShown): Fields => ({ ...retention, version })

const terms = [
  ['receipts', '收到过的消息编号（天）'],
  ['cards', '已办完的消息卡片（天）'],
  ['notices', '推送记录（天）'],
  ['sessions', '到期的登录（天）'],
] as const

const RetentionForm = ({ shown }: { shown: RetentionShown }) => {
  const [form] = Form.useForm<Fields>()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const save = useMutation({
    mutationFn: ({ version, evidence, ...rest }: Fields) =>
      bodyOf<RetentionShown>(
        client.pushes.retention.$put({ json: { version, retention: { ...rest, evidence: evidence ?? null } } }),
      ),
    onSuccess: async (now) => {
      form.setFieldsValue(fieldsOf(now))
      void message.success('已保存')
      await queries.invalidateQueries({ queryKey: ['pushes'] })
    },
  })
  const take = (now: unknown) => {
    form.setFieldsValue(fieldsOf(now as RetentionShown))
    save.reset()
  }
  return (
    <Form
      name="retention"
      form={form}
      layout="vertical"
      style={{ maxWidth: 520 }}
      initialValues={fieldsOf(shown)}
      onFinish={(fields) => save.mutate(fields)}
    >
      <Refused error={save.error} take={take} />
      <Typography.Paragraph type="secondary">
        过了期限的每天夜里清除。台账记录和方案原件不清除；没有对机器人说的话从来不保存。
      </Typography.Paragraph>
      <Form.Item name="version" hidden>
        <Input />
      </Form.Item>
      {terms.map(([name, label]) => (
        <Form.Item key={name} name={name} label={label} rules={[{ required: true, message: '请填写天数' }]}>
          <InputNumber min={1} precision={0} />
        </Form.Item>
      ))}
      <Form.Item name="evidence" label="佐证，方案办结以后（年）" extra="不填：与台账一样长期保留">
        <InputNumber min={1} precision={0} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        更新期限
      </Button>
    </Form>
  )
}

/** How long things are kept. */
export const Retention = () => {
  const shown = useQuery({
    queryKey: ['pushes', 'retention'],
    queryFn: () => bodyOf<RetentionShown>(client.pushes.retention.$get()),
  })
  if (shown.error) return <Fault error={shown.error} again={() => void shown.refetch()} />
  return shown.data ? <RetentionForm shown={shown.data} /> : <Spin />
}
