import { Form, Input, InputNumber, Modal, Radio, Select } from 'antd'
import type { ReactNode } from 'react'
import type { DeedShown, FieldShown } from '../../../../src/http/shapes/cases.ts'
import { Refused } from '../roster/change.tsx'
import type { Input as Put } from './client.ts'

/** A few choices stand side by side; more are a list. */
const FEW = 4

const asOptions = (options: FieldShown['options'] = []) => options.map(([value, label]) => ({ value, label }))
const searched = { optionFilterProp: 'label' }

/** What a field of that type is filled with. */
const control = ({ type, options, optional }: FieldShown): ReactNode => {
  switch (type) {
    case 'text':
      return <Input maxLength={200} />
    case 'long':
      return <Input.TextArea rows={4} maxLength={5000} />
    case 'link':
      return <Input type="url" maxLength={500} placeholder="https://" />
    case 'day':
      return <Input type="date" />
    case 'time':
      return <Input type="datetime-local" />
    case 'number':
      return <InputNumber min={0} precision={0} style={{ width: '100%' }} />
    case 'yes':
      return (
        <Radio.Group
          options={[
            { value: true, label: '是' },
            { value: false, label: '否' },
          ]}
        />
      )
    case 'choice':
      return options && options.length <= FEW && !optional ? (
        <Radio.Group options={asOptions(options)} />
      ) : (
        <Select allowClear={optional} options={asOptions(options)} showSearch={searched} />
      )
    case 'units':
      return <Select mode="multiple" allowClear options={asOptions(options)} showSearch={searched} />
    case 'unit':
    case 'case':
      return <Select allowClear={optional} options={asOptions(options)} showSearch={searched} />
  }
}

const missing = ({ label, type }: FieldShown): string =>
  ['choice', 'yes', 'unit', 'units', 'case'].includes(type) ? `请选${label}` : `请填写${label}`

/** What is left empty is not said. */
const said = (filled: Put): Put =>
  Object.fromEntries(
    Object.entries(filled).filter(
      ([, value]) =>
        value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )

/** A form made from a deed's fields; why it was refused stands below what was filled in. */
export const FormDialog = ({
  deed: { name, title, fields },
  heading = title,
  error,
  busy,
  send,
  stale,
  onClose,
}: {
  deed: DeedShown
  heading?: string
  error: unknown
  busy: boolean
  send(input: Put): void
  /** Where somebody else was first: back to the page as it stands now. */
  stale?: () => void
  onClose(): void
}) => {
  const [form] = Form.useForm<Put>()
  return (
    <Modal
      open
      title={heading}
      okText={title}
      cancelText="取消"
      onCancel={onClose}
      okButtonProps={{ loading: busy }}
      onOk={() => form.submit()}
      destroyOnHidden
    >
      <Form form={form} name={name} layout="vertical" scrollToFirstError onFinish={(filled) => send(said(filled))}>
        {fields.map((field) => (
          <Form.Item
            key={field.name}
            name={field.name}
            label={field.label}
            {...(field.hint && { extra: field.hint })}
            rules={field.optional ? [] : [{ required: true, message: missing(field) }]}
          >
            {control(field)}
          </Form.Item>
        ))}
      </Form>
      {fields.length === 0 && <p>{title}：现在登记，记在您的名下。</p>}
      <Refused error={error} {...(stale && { take: stale })} />
    </Modal>
  )
}
