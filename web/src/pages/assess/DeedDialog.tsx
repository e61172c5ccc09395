import { Alert, Button, Flex, Form, Input, Modal, Radio } from 'antd'
import type { ScoreDeed } from '../../../../src/http/shapes/assess.ts'
import { hundredths, points, useDeed } from './client.ts'

/** What each deed is called, what its words are, and whether it gives points. */
export const deedWords: Record<ScoreDeed['deed'], { word: string; label: string; gives: boolean }> = {
  self: { word: '自评', label: '佐证', gives: true },
  office: { word: '评分', label: '理由', gives: true },
  third: { word: '第三方评分', label: '理由', gives: true },
  object: { word: '提出异议', label: '理由', gives: false },
  answer: { word: '答复异议', label: '理由', gives: false },
}

interface Filled {
  points?: string
  text?: string
  keep?: 'keep' | 'change'
}

interface Props extends Pick<ScoreDeed, 'unit' | 'indicator' | 'version' | 'deed'> {
  id: string
  /** Full marks of the indicator. */
  most: number
  onClose: () => void
}

/** One score, objection or answer, with its words. */
export const DeedDialog = ({ id, unit, indicator, version, deed, most, onClose }: Props) => {
  const send = useDeed(id)
  const { word, label, gives } = deedWords[deed]
  const [form] = Form.useForm<Filled>()
  const keep = Form.useWatch('keep', form)
  const asks = gives || (deed === 'answer' && keep === 'change')
  const required = deed === 'self' || deed === 'object' || deed === 'answer'
  const give = (filled: Filled) => {
    const given = asks ? (hundredths(filled.points ?? '') ?? null) : null
    const json = { unit, indicator, version, deed, points: given, text: filled.text ?? '' }
    send.mutate(json, { onSuccess: onClose })
  }
  return (
    <Modal open title={`${word} ${indicator}`} footer={null} onCancel={onClose} destroyOnHidden>
      <Form<Filled> form={form} layout="vertical" initialValues={{ keep: 'keep' }} onFinish={give}>
        {deed === 'answer' && (
          <Form.Item name="keep" label="答复">
            <Radio.Group
              options={[
                { value: 'keep', label: '维持' },
                { value: 'change', label: '更改' },
              ]}
            />
          </Form.Item>
        )}
        {asks && (
          <Form.Item
            name="points"
            label={`分数（满分${points(most)}）`}
            rules={[
              {
                validator: async (_: unknown, text: string | undefined) => {
                  const value = hundredths(text ?? '')
                  if (value === undefined) throw new Error('应是最多两位小数的数，例如 4.5')
                  if (value > most) throw new Error(`不能超过满分${points(most)}`)
                },
              },
            ]}
          >
            <Input inputMode="decimal" suffix="分" />
          </Form.Item>
        )}
        <Form.Item
          name="text"
          label={label}
          rules={required ? [{ required: true, whitespace: true, message: `请填写${label}` }] : []}
          extra={deed === 'office' || deed === 'third' ? '没有给满分的要写明理由' : undefined}
        >
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
        {send.error && (
          <Alert type="error" role="alert" showIcon title={send.error.message} style={{ marginBottom: 12 }} />
        )}
        <Flex gap={8} justify="end">
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            确定
          </Button>
        </Flex>
      </Form>
    </Modal>
  )
}
