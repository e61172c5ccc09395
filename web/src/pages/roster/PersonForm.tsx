import { Checkbox, Form, Input, Modal, Radio, Select } from 'antd'
import type { PersonForm as Fields, PersonRow } from '../../../../src/http/shapes/roster.ts'
import { Role, roleWords } from '../../../../src/model/person.ts'
import { Refused, useChange } from './change.tsx'
import { bodyOf, client } from './client.ts'
import { unitOptions } from './UnitForm.tsx'
import { useUnits } from './Units.tsx'

type Filled = Omit<Fields, 'mobile'> & { mobile: string; noMobile: boolean; version: number }

const fieldsOf = (row: PersonRow | undefined): Filled => ({
  name: row?.name ?? '',
  role: row && row.role !== 'unknown' ? row.role : 'liaison',
  units: (row?.units ?? []).map(({ id }) => id),
  charge: (row?.charge ?? []).map(({ id }) => id),
  post: row?.post === 'A' || row?.post === 'B' ? row.post : '',
  ...{ mobile: '', noMobile: false, version: row?.version ?? 0 },
})

const roles = Role.exclude(['unknown']).options.map((role) => ({ value: role, label: roleWords[role] }))

/** Somebody new, or what is said of somebody who is there. */
export const PersonForm = ({ row, close }: { row?: PersonRow; close: () => void }) => {
  const [form] = Form.useForm<Filled>()
  const units = useUnits()
  const change = useChange(({ noMobile, mobile, version, ...fields }: Filled) => {
    const number = noMobile ? { mobile: '' } : mobile.trim() === '' ? {} : { mobile }
    return bodyOf<{ text: string }>(
      row
        ? client.roster.people[':id'].$put({ param: { id: row.id }, json: { ...fields, ...number, version } })
        : client.roster.people.$post({ json: { ...fields, ...number } }),
    )
  }, close)
  const role = Form.useWatch('role', form) ?? fieldsOf(row).role
  const options = unitOptions((units.data?.units ?? []).filter(({ succession }) => !succession))
  const take = (now: unknown) => {
    form.setFieldsValue(fieldsOf(now as PersonRow))
    change.reset()
  }
  return (
    <Modal
      open
      title={row ? `修改${row.name}` : '新增人员'}
      okText="保存"
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={change.isPending}
    >
      <Refused error={change.error} take={take} />
      <Form
        form={form}
        layout="vertical"
        initialValues={fieldsOf(row)}
        onFinish={(fields) => change.mutate({ ...fieldsOf(row), ...fields })}
      >
        <Form.Item name="version" hidden>
          <Input />
        </Form.Item>
        <Form.Item name="name" label="姓名" rules={[{ required: true, message: '请填写姓名' }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="role" label="身份">
          <Select options={roles} />
        </Form.Item>
        {(role === 'liaison' || role === 'head') && (
          <Form.Item name="units" label="单位" rules={[{ required: true, message: '请选择单位' }]}>
            <Select mode="multiple" options={options} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
        )}
        {role === 'leader' && (
          <Form.Item name="charge" label="分管的单位">
            <Select mode="multiple" options={options} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
        )}
        {role === 'liaison' && (
          <Form.Item name="post" label="A/B 岗">
            <Radio.Group
              options={[
                { value: 'A', label: 'A岗' },
                { value: 'B', label: 'B岗' },
                { value: '', label: '未分岗' },
              ]}
            />
          </Form.Item>
        )}
        <Form.Item
          name="mobile"
          label="手机号码"
          extra={row?.mobile ? '已登记。留空不改；填写则换成新的' : '只用来认出平台验证过的号码，登记后不再显示'}
        >
          <Input inputMode="tel" autoComplete="off" maxLength={20} />
        </Form.Item>
        {row?.mobile && (
          <Form.Item name="noMobile" valuePropName="checked">
            <Checkbox>删去已登记的手机号码</Checkbox>
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}
