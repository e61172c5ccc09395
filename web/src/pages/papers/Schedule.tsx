import { Button, Flex, Form, InputNumber, Typography } from 'antd'
import type { PaperList } from '../../../../src/http/shapes/papers.ts'
import { Refused, useChange } from '../roster/change.tsx'
import { papersClient } from './client.ts'

type Fields = NonNullable<PaperList['settings']>

/** When papers are drafted by themselves; an empty field: they are not. */
export const Schedule = ({ settings }: { settings: Fields }) => {
  const save = useChange(async ({ monthly, quarterly, rectify }: Fields) => {
    await papersClient.papers.settings.$put({
      json: { monthly: monthly ?? null, quarterly: quarterly ?? null, rectify },
    })
    return { text: '已保存' }
  })
  return (
    <Form
      layout="vertical"
      initialValues={settings}
      onFinish={(fields: Fields) => save.mutate(fields)}
      style={{ maxWidth: 640 }}
    >
      <Refused error={save.error} />
      <Typography.Paragraph type="secondary">
        到日子由机器人起草，只在主管科室当天的消息里说一次，不发给任何单位。不填就不起草。
      </Typography.Paragraph>
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
