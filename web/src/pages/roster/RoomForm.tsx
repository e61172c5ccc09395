import { Checkbox, Form, Input, Modal, Radio, Select, Typography } from 'antd'
import type { RoomBind, RoomRow } from '../../../../src/http/shapes/roster.ts'
import { Refused, useChange } from './change.tsx'
import { bodyOf, client } from './client.ts'
import { unitOptions } from './UnitForm.tsx'
import { useUnits } from './Units.tsx'

type Fields = {
  id: string
  scope: RoomBind['scope']
  units: string[]
  main: boolean
  overdue: boolean
  version?: number
}

const fieldsOf = (room: RoomRow | undefined, id = ''): Fields => ({
  id: room?.id ?? id,
  scope: room?.scope ?? 'units',
  units: (room?.units ?? []).map((unit) => unit.id),
  main: room?.main ?? false,
  overdue: room?.overdue ?? false,
  ...(room && { version: room.version }),
})

const ID = /^(lark|wecom|wechat|dingtalk|console):.+/

/** Which units a room hears of, whether it is their main one, and whether its list says who is late. */
export const RoomForm = ({ room, id, close }: { room?: RoomRow; id?: string; close: () => void }) => {
  const [form] = Form.useForm<Fields>()
  const units = useUnits()
  const change = useChange(({ version, overdue, ...fields }: Fields) => {
    const shared = fields.scope === 'all' || fields.units.length > 1
    const alone = fields.scope === 'units' && fields.units.length === 1
    const json = { ...fields, main: alone && fields.main, ...(shared && { overdue }) }
    return bodyOf<{ text: string }>(
      client.roster.rooms.$put({ json: version === undefined ? json : { ...json, version } }),
    )
  }, close)
  const scope = Form.useWatch('scope', form) ?? fieldsOf(room).scope
  const chosen = Form.useWatch('units', form) ?? fieldsOf(room).units
  const take = (now: unknown) => {
    form.setFieldsValue(fieldsOf(now as RoomRow))
    change.reset()
  }
  return (
    <Modal
      open
      title={room ? `修改 ${room.id}` : '绑定一个群'}
      okText="保存"
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={change.isPending}
    >
      <Refused error={change.error} take={take} />
      <Form
        form={form}
        layout="vertical"
        initialValues={fieldsOf(room, id)}
        onFinish={(fields) => change.mutate({ ...fieldsOf(room, id), ...fields })}
      >
        <Form.Item name="version" hidden>
          <Input />
        </Form.Item>
        <Form.Item
          name="id"
          label="群的编号"
          extra="写作 平台:编号，例如 lark:oc_1；平台是 lark、wecom、wechat、dingtalk"
          rules={[{ required: true, pattern: ID, message: '应写作 平台:编号，例如 lark:oc_1' }]}
        >
          <Input disabled={room !== undefined} maxLength={200} />
        </Form.Item>
        <Form.Item name="scope" label="绑定到">
          <Radio.Group
            options={[
              { value: 'units', label: '单位' },
              { value: 'all', label: '全体工作群' },
              { value: 'office', label: '主管科室群' },
            ]}
          />
        </Form.Item>
        {scope === 'units' && (
          <Form.Item name="units" label="单位" rules={[{ required: true, message: '请选择单位' }]}>
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              options={unitOptions((units.data?.units ?? []).filter(({ succession }) => !succession))}
            />
          </Form.Item>
        )}
        {scope === 'units' && chosen.length === 1 && (
          <Form.Item name="main" valuePropName="checked">
            <Checkbox>主群（这个单位有几个群时，推送进这个群）</Checkbox>
          </Form.Item>
        )}
        {(scope === 'all' || (scope === 'units' && chosen.length > 1)) && (
          <Form.Item name="overdue" valuePropName="checked">
            <Checkbox>清单显示逾期（几个单位共用的群里会看到别家的逾期）</Checkbox>
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}

/** The key of a group robot can be set or taken away; nobody sees the one that is there. */
export const RobotForm = ({ room, close }: { room: RoomRow; close: () => void }) => {
  const [form] = Form.useForm<{ webhook: string }>()
  const change = useChange(
    ({ webhook }: { webhook: string }) =>
      bodyOf<{ text: string }>(
        client.roster.rooms.robot.$post({ json: { id: room.id, version: room.version, webhook } }),
      ),
    close,
  )
  return (
    <Modal
      open
      title={`群机器人 ${room.id}`}
      okText="保存"
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={change.isPending}
    >
      <Refused error={change.error} />
      <Typography.Paragraph type="secondary">
        {room.robot
          ? '已登记群机器人。留空保存则不再用它。'
          : '在企业微信群里添加群机器人（消息推送），把 Webhook 地址整个复制到这里。'}
        登记后不再显示。
      </Typography.Paragraph>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ webhook: '' }}
        onFinish={({ webhook }) => change.mutate({ webhook: webhook ?? '' })}
      >
        <Form.Item name="webhook" label="Webhook 地址">
          <Input.Password autoComplete="off" maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
