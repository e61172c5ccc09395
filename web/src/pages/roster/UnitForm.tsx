import { Checkbox, Form, Input, Modal, Select } from 'antd'
import type { ClassRow, UnitRow } from '../../../../src/http/shapes/roster.ts'
import { Refused, useChange } from './change.tsx'
import { bodyOf, client } from './client.ts'

interface Fields {
  name: string
  short: string[]
  leader: string
  head: string
  members: string[]
  apart: boolean
}

const fieldsOf = (row: UnitRow | ClassRow | undefined): Fields => ({
  name: row?.name ?? '',
  short: row?.short ?? [],
  leader: row && 'leader' in row ? row.leader : '',
  head: row && 'head' in row ? row.head : '',
  members: row && 'members' in row ? (row.members ?? []).map(({ id }) => id) : [],
  apart: false,
})

/** A select that finds a unit by any part of its name. */
export const unitOptions = (units: readonly { id: string; name: string }[]) =>
  units.map(({ id, name }) => ({ value: id, label: name }))

/** A new unit or class, or one that is changed; a name is given once, for another name is a succession. */
export const UnitForm = ({
  kind,
  row,
  units,
  close,
}: {
  kind: 'unit' | 'class'
  row?: UnitRow | ClassRow
  units: readonly UnitRow[]
  close: () => void
}) => {
  const [form] = Form.useForm<Fields & { version: number }>()
  const word = kind === 'unit' ? '单位' : '单位组'
  const change = useChange(
    ({ name, apart, ...fields }: Fields) =>
      row
        ? bodyOf<{ text: string }>(
            client.roster.units[':id'].$put({
              param: { id: row.id },
              json: { ...fields, version: form.getFieldValue('version') as number },
            }),
          )
        : bodyOf<{ text: string }>(client.roster.units.$post({ json: { ...fields, name, apart, kind } })),
    close,
  )
  const take = (now: unknown) => {
    const fresh = now as UnitRow | ClassRow
    form.setFieldsValue({ ...fieldsOf(fresh), version: fresh.version })
    change.reset()
  }
  return (
    <Modal
      open
      title={row ? `修改${row.name}` : `新增${word}`}
      okText="保存"
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={change.isPending}
    >
      <Refused error={change.error} take={take} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ ...fieldsOf(row), version: row?.version ?? 0 }}
        onFinish={(fields) => change.mutate({ ...fieldsOf(row), ...fields })}
      >
        <Form.Item name="version" hidden>
          <Input />
        </Form.Item>
        {!row && (
          <Form.Item name="name" label="名称" rules={[{ required: true, message: '请填写名称' }]}>
            <Input maxLength={60} />
          </Form.Item>
        )}
        <Form.Item name="short" label="简称、别名" extra="一个说法只能指一个单位；输入后回车">
          <Select mode="tags" tokenSeparators={['、', '，', ',', ' ']} open={false} suffixIcon={null} />
        </Form.Item>
        {kind === 'unit' ? (
          <>
            <Form.Item
              name="leader"
              label="分管市领导"
              extra="同名的领导已在人员里的，这个单位归其分管；没有的会新登记"
            >
              <Input maxLength={60} />
            </Form.Item>
            <Form.Item name="head" label="单位分管领导">
              <Input maxLength={60} />
            </Form.Item>
            {!row && (
              <Form.Item name="apart" valuePropName="checked">
                <Checkbox>是另一个单位（名称和通讯录上的相近时勾选）</Checkbox>
              </Form.Item>
            )}
          </>
        ) : (
          <Form.Item name="members" label="成员">
            <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={unitOptions(units)} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}
