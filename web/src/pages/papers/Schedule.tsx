import { Button, Flex, Form, Input, InputNumber, Typography } from 'antd'
import type { PaperSettings } from '../../../../src/http/shapes/papers.ts'
import { Refused, useChange } from '../roster/change.tsx'
import { bodyOf } from '../roster/client.ts'
import { papersClient } from './client.ts'

type Fields = PaperSettings['papers'] & { version: number }

const fieldsOf = ({ version, papers }: PaperSettings): Fields => ({ ...papers, version })

/** When papers are drafted by themselves; an empty field: they are not. */
export const Schedule = ({ settings }: { settings: PaperSettings }) => {
  const [form] = Form.useForm<Fields>()
  const save = useChange(async ({ version, monthly, quarterly, rectify }: Fields) => {
    const papers = { monthly: monthly ?? null, quarterly: quarterly ?? null, rectify }
    const now = await bodyOf<PaperSettings>(papersClient.papers.settings.$put({ json: { version, papers } }))
    form.setFieldsValue(fieldsOf(now))
    return { text: '已保存' }
  })
  const take = (now: unknown) => {
    form.setFieldsValue(fieldsOf(now as PaperSettings))
    save.reset()
  }
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={fieldsOf(settings)}
      onFinish={(fields) => save.mutate(fields)}
      style={{ maxWidth: 640 }}
    >
      <Refused error={save.error} take={take} />
      <Typography.Paragraph type="secondary">
        到日子由机器人起草，只在主管科室当天的消息里说一次，不发给任何单位。不填就不起草。
      </Typography.Paragraph>
      <Form.Item name="version" hidden>
        <Input />
      </Form.Item>
      <Flex wrap gap={16}>
        <Form.Item name="monthly" label="每月第几个工作日起草上月调度情况">
          <InputNumber min={1} max={10} precision={0} />
        </Form.Item>
        <Form.Item name="quarterly" label="每季第几个工作日起草上季度通报">
          <InputNumber min={1} max={10} precision={0} />
        </Form.Item>
        <Form.Item name="rectify" label="整改期限（工作日）" rules={[{ required: true, message: '请填写工作日数' }]}>
          <InputNumber min={1} max={120} precision={0} />
        </Form.Item>
      </Flex>
      <Button htmlType="submit" loading={save.isPending}>
        保存
      </Button>
    </Form>
  )
}
