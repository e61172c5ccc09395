import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Flex, Form, Input, InputNumber, Spin, Switch } from 'antd'
import type { SettingsShown } from '../../../../src/http/shapes/pushes.ts'
import { Fault } from '../../shell/Fault.tsx'
import { Refused } from '../roster/change.tsx'
import { bodyOf } from '../roster/client.ts'
import { client } from './client.ts'

interface Fields {
  from: string
  to: string
  digestAt: string
  first: number
  second: number
  third: number
  mention: boolean
  version: number
}

const fieldsOf = ({ version, settings }: SettingsShown): Fields => {
  const [first, second, third] = settings.ladder
  const { hours, digestAt, mention } = settings
  return { ...hours, digestAt, first, second, third, mention, version }
}

const SettingsForm = ({ shown }: { shown: SettingsShown }) => {
  const [form] = Form.useForm<Fields>()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const save = useMutation({
    mutationFn: ({ from, to, digestAt, first, second, third, mention, version }: Fields) =>
      bodyOf<SettingsShown>(
        client.pushes.settings.$put({
          json: { version, settings: { hours: { from, to }, digestAt, ladder: [first, second, third], mention } },
        }),
      ),
    onSuccess: async (now) => {
      form.setFieldsValue(fieldsOf(now))
      void message.success('已保存')
      await queries.invalidateQueries({ queryKey: ['pushes'] })
    },
  })
  const take = (now: unknown) => {
    form.setFieldsValue(fieldsOf(now as SettingsShown))
    save.reset()
  }
  const clock = [{ required: true, message: '请填写时刻' }]
  const days = [{ required: true, message: '请填写工作日数' }]
  return (
    <Form
      form={form}
      layout="vertical"
      style={{ maxWidth: 520 }}
      initialValues={fieldsOf(shown)}
      onFinish={(fields) => save.mutate({ ...fieldsOf(shown), ...fields })}
    >
      <Refused error={save.error} take={take} />
      <Form.Item name="version" hidden>
        <Input />
      </Form.Item>
      <Flex wrap gap={16}>
        <Form.Item name="from" label="推送时段从" rules={clock}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="to" label="推送时段到" rules={clock}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="digestAt" label="清单和提醒的时间" rules={clock}>
          <Input type="time" />
        </Form.Item>
      </Flex>
      <Flex wrap gap={16}>
        <Form.Item name="first" label="逾期几个工作日点名联络员" rules={days}>
          <InputNumber min={1} max={99} precision={0} />
        </Form.Item>
        <Form.Item name="second" label="逾期几个工作日提醒分管领导" rules={days}>
          <InputNumber min={1} max={99} precision={0} />
        </Form.Item>
        <Form.Item name="third" label="逾期几个工作日列入主管科室清单" rules={days}>
          <InputNumber min={1} max={99} precision={0} />
        </Form.Item>
      </Flex>
      <Form.Item name="mention" label="推送进群时 @ 联络员" valuePropName="checked">
        <Switch checkedChildren="开" unCheckedChildren="关" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        保存
      </Button>
    </Form>
  )
}

/** When the bot speaks unasked, and how it goes on where somebody is late. */
export const Settings = () => {
  const shown = useQuery({
    queryKey: ['pushes', 'settings'],
    queryFn: () => bodyOf<SettingsShown>(client.pushes.settings.$get()),
  })
  if (shown.error) return <Fault error={shown.error} again={() => void shown.refetch()} />
  return shown.data ? <SettingsForm shown={shown.data} /> : <Spin />
}
