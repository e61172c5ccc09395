import { Alert, Button, Checkbox, Flex, Form, Input, Modal, Radio, Select, Typography } from 'antd'
import type { DutyDeed } from '../../../../src/http/shapes/duty.ts'
import { Answer } from '../../card/Answer.tsx'
import { type Deed, useAct } from '../../lib/act.ts'
import { useFocusBack } from '../../lib/focus.ts'
import { useMe } from '../../lib/me.tsx'
import { type Ask, deedOf, type Filled, lookOf } from './deeds.ts'

/** What the forms have to know of the duty. */
export interface Around {
  standing: boolean
  /** The day that an extension was asked for. */
  until?: string | undefined
  units: readonly string[]
}

const told = [
  { value: 'phone', label: '电话' },
  { value: 'paper', label: '纸质' },
  { value: 'oa', label: 'OA' },
  { value: 'mail', label: '邮件' },
]

const options = (all: readonly string[]) => all.map((value) => ({ value, label: value }))

/** Between names that are written in one go. */
const separators = ['、', '，', ',', ' ', '；']

const Field = ({ ask, deed, around }: { ask: Ask; deed: DutyDeed; around: Around }) => {
  const { today } = useMe()
  const { name, label, required = false, hint } = ask
  const input = {
    reason: <Input.TextArea rows={3} maxLength={1000} placeholder={hint} />,
    words: <Input.TextArea rows={4} maxLength={2000} placeholder={hint} />,
    until: <Input type="date" min={today} />,
    unit: <Select showSearch allowClear options={options(around.units)} placeholder="选择单位" />,
    links: <Input.TextArea rows={3} maxLength={4000} placeholder={hint} />,
    reviewer: <Input maxLength={20} placeholder={hint} />,
    zero: <Checkbox>{label}</Checkbox>,
    option: <Select options={options(deed.options)} placeholder="选择一项" />,
    grant: (
      <Radio.Group
        options={[
          { value: true, label: '同意' },
          { value: false, label: '不同意' },
        ]}
      />
    ),
    via: <Radio.Group options={told} />,
    parts: <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={separators} placeholder={hint} />,
    on: <Input type="date" max={today} />,
  }[name]
  return (
    <Form.Item
      name={name}
      label={name === 'zero' ? undefined : label}
      valuePropName={name === 'zero' ? 'checked' : 'value'}
      rules={required ? [{ required: true, message: `请填写${label}` }] : []}
      extra={name === 'until' ? hint : undefined}
    >
      {input}
    </Form.Item>
  )
}

/** The form of one deed, and then what the bot answers. */
export const DeedDialog = ({ deed, around, onClose }: Acting & { onClose: () => void }) => {
  useFocusBack()
  const act = useAct()
  const look = lookOf(deed, around.standing)
  const send = (what: Deed) => act.mutate(what)
  const initial: Filled = { grant: true, via: 'phone', ...(around.until && { until: around.until }) }
  const named = (name: Ask['name']) => look.asks.some((ask) => ask.name === name)
  const own = Object.fromEntries(
    Object.entries(initial).filter(([name]) => named(name as Ask['name']) && (name !== 'until' || named('grant'))),
  )
  return (
    <Modal open title={look.label} footer={null} onCancel={onClose} destroyOnHidden>
      {act.isSuccess ? (
        <Flex vertical gap={12}>
          <Answer answer={act.data} send={send} busy={act.isPending} />
          <Button onClick={onClose}>关闭</Button>
        </Flex>
      ) : (
        <Form<Filled>
          layout="vertical"
          initialValues={own}
          onFinish={(filled) => send(deedOf(deed, look, filled))}
          disabled={act.isPending}
        >
          {look.note && <Typography.Paragraph type="secondary">{look.note}</Typography.Paragraph>}
          {look.asks.map((ask) => (
            <Field key={ask.name} ask={ask} deed={deed} around={around} />
          ))}
          {act.error && <Alert type="error" title={act.error.message} role="alert" style={{ marginBottom: 12 }} />}
          <Flex gap={8} justify="end">
            <Button onClick={onClose}>取消</Button>
            <Button type="primary" danger={look.style === 'danger'} htmlType="submit" loading={act.isPending}>
              确定{look.label}
            </Button>
          </Flex>
        </Form>
      )}
    </Modal>
  )
}

/** A deed that was pressed, with what its form has to know. */
export interface Acting {
  deed: DutyDeed
  around: Around
}

/** What can be done to a duty, a button each; whoever shows them opens the form, which outlives the buttons. */
export const Deeds = (props: {
  deeds: readonly DutyDeed[]
  around: Around
  onPress: (acting: Acting) => void
  size?: 'small'
}) => {
  const { deeds, around, onPress, size = 'middle' } = props
  return (
    <Flex wrap gap={8} className="no-print">
      {deeds.map((deed) => {
        const { label, style } = lookOf(deed, around.standing)
        return (
          <Button
            key={deed.name}
            size={size}
            type={style === 'primary' && !deed.onBehalf ? 'primary' : 'default'}
            danger={style === 'danger'}
            onClick={() => onPress({ deed, around })}
          >
            {label}
          </Button>
        )
      })}
    </Flex>
  )
}
