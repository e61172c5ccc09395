import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, InputNumber, Select, Spin } from 'antd'
import type { RegistersShown } from '../../../../src/http/shapes/pushes.ts'
import { roleWords } from '../../../../src/model/person.ts'
import { Fault } from '../../shell/Fault.tsx'
import { Refused } from '../roster/change.tsx'
import { bodyOf } from '../roster/client.ts'
import { client } from './client.ts'

type Fields = RegistersShown['registers'] & { version: number }

const fieldsOf = ({ version, registers }: RegistersShown): Fields => ({ ...registers, version })

const number = [{ required: true, message: '请填写数字' }]

const RegistersForm = ({ shown }: { shown: RegistersShown }) => {
  const [form] = Form.useForm<Fields>()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const save = useMutation({
    mutationFn: ({ version, interpret, tally, ...rest }: Fields) =>
      bodyOf<RegistersShown>(
        client.pushes.registers.$put({
          json: {
            version,
            registers: { ...shown.registers, ...rest, interpret: interpret ?? null, tally: tally ?? null },
          },
        }),
      ),
    onSuccess: async (now) => {
      form.setFieldsValue(fieldsOf(now))
      void message.success('已保存')
      await queries.invalidateQueries({ queryKey: ['pushes'] })
    },
  })
  const take = (now: unknown) => {
    form.setFieldsValue(fieldsOf(now as RegistersShown))
    save.reset()
  }
  return (
    <Form
      name="registers"
      form={form}
      layout="vertical"
      style={{ maxWidth: 520 }}
      initialValues={fieldsOf(shown)}
      onFinish={(fields) => save.mutate(fields)}
    >
      <Refused error={save.error} take={take} />
      <Form.Item name="version" hidden>
        <Input />
      </Form.Item>
      <Form.Item
        name="interpret"
        label="公开文件，公开后几个工作日内发布解读"
        extra="填0：与文件同时。不填：本单位没有规定"
      >
        <InputNumber min={0} max={60} precision={0} />
      </Form.Item>
      <Form.Item name="inspections" label="对同一单位一年最多督查几次" rules={number}>
        <InputNumber min={1} max={50} precision={0} />
      </Form.Item>
      <Form.Item
        name="tally"
        label="每月第几个工作日请各单位报上月的数"
        extra="只提醒还没有报的单位，只提醒一次，写在当天的清单里。不填：不提醒"
      >
        <InputNumber min={1} max={10} precision={0} />
      </Form.Item>
      <Form.Item name="feedback" label="转办的舆情几小时内反馈" extra="转办时另说的，以说的为准" rules={number}>
        <InputNumber min={1} max={168} precision={0} />
      </Form.Item>
      <Form.Item name="alarms" label="按小时计的时限超时后，每小时提醒一次，共几次" rules={number}>
        <InputNumber min={0} max={24} precision={0} />
      </Form.Item>
      <Form.Item name="escalate" label="按小时计的时限将到、超时，告知谁" extra="不选：只告知承办单位和主管科室">
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={shown.people.map(({ id, name, role }) => ({ value: id, label: `${name}（${roleWords[role]}）` }))}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        保存办件时限
      </Button>
    </Form>
  )
}

/** What the office has set of the registers' clocks. */
export const Registers = () => {
  const shown = useQuery({
    queryKey: ['pushes', 'registers'],
    queryFn: () => bodyOf<RegistersShown>(client.pushes.registers.$get()),
  })
  if (shown.error) return <Fault error={shown.error} again={() => void shown.refetch()} />
  return shown.data ? <RegistersForm shown={shown.data} /> : <Spin />
}
