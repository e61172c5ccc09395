import { Alert, Button, Flex, Form, Input, Modal, Switch } from 'antd'
import type { AssessmentPage } from '../../../../src/http/shapes/assess.ts'
import type { RuleName, ScoreRules } from '../../../../src/model/assessment.ts'
import { hundredths, points, useRules } from './client.ts'

interface Field {
  name: Exclude<RuleName, 'othersShown'>
  label: string
  unit: '分' | '%' | '个工作日'
  open?: true
}

const fields: Field[] = [
  { name: 'full', label: '满分', unit: '分' },
  { name: 'onTime', label: '按时报送每项加', unit: '分' },
  { name: 'late', label: '逾期报送每项扣', unit: '分' },
  { name: 'overdue', label: '逾期未报每项扣', unit: '分' },
  { name: 'day', label: '每超过一个工作日再扣', unit: '分' },
  { name: 'daysMost', label: '按天最多扣', unit: '分' },
  { name: 'returned', label: '退回每次扣', unit: '分' },
  { name: 'extended', label: '到期前申请延期每次扣', unit: '分' },
  { name: 'extendedLate', label: '逾期后申请延期每次扣', unit: '分' },
  { name: 'lead', label: '牵头事项权重', unit: '%' },
  { name: 'support', label: '配合事项权重', unit: '%' },
  { name: 'share', label: '占绩效考核的分值权重', unit: '%', open: true },
  { name: 'shareLeast', label: '分值权重不低于', unit: '%', open: true },
  { name: 'third', label: '第三方评估权重', unit: '%' },
  { name: 'objectDays', label: '异议期', unit: '个工作日' },
]

const textOf = ({ name, unit }: Field, rules: ScoreRules): string => {
  const value = rules[name]
  return value === null ? '' : unit === '个工作日' ? String(value) : points(value)
}

const readValue = ({ unit }: Field, text: string): number | null | undefined => {
  if (text.trim() === '') return null
  return unit === '个工作日' ? (/^\d{1,2}$/.test(text.trim()) ? Number(text) : undefined) : hundredths(text)
}

type Filled = Record<string, string> & { othersShown?: never }

/** The table of rules as the office edits it; once the result was told it can only be read. */
export const RulesDialog = ({ page, onClose }: { page: AssessmentPage; onClose: () => void }) => {
  const save = useRules(page.id)
  const [form] = Form.useForm()
  const fixed = page.state === 'told' || page.state === 'closed'
  const send = ({ othersShown, ...texts }: Filled) => {
    const own = Object.fromEntries(fields.map((field) => [field.name, readValue(field, texts[field.name] ?? '')]))
    const rules = { ...page.rules, ...own, othersShown: Boolean(othersShown) } as ScoreRules
    save.mutate({ version: page.version, rules }, { onSuccess: onClose })
  }
  return (
    <Modal open title="评分规则" footer={null} onCancel={onClose} width={640} destroyOnHidden>
      {fixed && <Alert type="info" showIcon title="结果已经公示，评分规则不能再改" style={{ marginBottom: 12 }} />}
      <Form
        form={form}
        layout="vertical"
        disabled={fixed}
        initialValues={{
          ...Object.fromEntries(fields.map((field) => [field.name, textOf(field, page.rules)])),
          othersShown: page.rules.othersShown,
        }}
        onFinish={send}
      >
        <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))', columnGap: 16 }}>
          {fields.map((field) => (
            <Form.Item
              key={field.name}
              name={field.name}
              label={field.label}
              rules={[
                {
                  validator: async (_: unknown, text: string) => {
                    const value = readValue(field, text ?? '')
                    if (value === undefined) throw new Error('应是不小于0、最多两位小数的数')
                    if (value === null && !field.open) throw new Error('不能空着')
                  },
                },
              ]}
            >
              <Input inputMode="decimal" suffix={field.unit} placeholder={field.open ? '未设' : ''} />
            </Form.Item>
          ))}
          <Form.Item name="othersShown" label="公示后各单位互看总分" valuePropName="checked">
            <Switch checkedChildren="可以" unCheckedChildren="不可以" />
          </Form.Item>
        </div>
        {save.error && (
          <Alert type="error" role="alert" showIcon title={save.error.message} style={{ marginBottom: 12 }} />
        )}
        <Flex gap={8} justify="end">
          <Button onClick={onClose} disabled={false}>
            关闭
          </Button>
          {!fixed && (
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              保存
            </Button>
          )}
        </Flex>
      </Form>
    </Modal>
  )
}
