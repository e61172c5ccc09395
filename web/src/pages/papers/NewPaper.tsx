import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Form, Input, Modal, Select } from 'antd'
import { useNavigate } from 'react-router'
import type { PaperDone, PaperList } from '../../../../src/http/shapes/papers.ts'
import { type PaperKind, paperWords } from '../../../../src/model/paper.ts'
import { rereadAll } from '../../lib/query.ts'
import { Refused } from '../roster/change.tsx'
import { bodyOf } from '../roster/client.ts'
import { papersClient } from './client.ts'

interface Fields {
  kind: PaperKind
  from?: string
  to?: string
  plan?: string
  unit?: string
}

const ofUnit = (kind: PaperKind | undefined): boolean => kind === 'list' || kind === 'summary' || kind === 'notice'

/** What is to be drafted; the days may stay empty, then it is the usual stretch. */
export const NewPaper = ({ list, onClose }: { list: PaperList; onClose(): void }) => {
  const [form] = Form.useForm<Fields>()
  const kind = Form.useWatch('kind', form)
  const go = useNavigate()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const make = useMutation({
    mutationFn: ({ kind, from, to, plan, unit }: Fields) =>
      bodyOf<PaperDone>(
        papersClient.papers.$post({
          json: {
            ...{ kind, plan: plan ?? '', units: unit && ofUnit(kind) ? [unit] : [] },
            ...(from && to && { window: { from, to } }),
          },
        }),
      ),
    onSuccess: async ({ id, notes }) => {
      for (const note of notes) void message.info(note)
      await rereadAll(queries)
      go(`/papers/${id}`)
    },
  })
  const both = {
    validator: async () => {
      const { from, to } = form.getFieldsValue()
      if (Boolean(from) !== Boolean(to)) throw new Error('两天都填，或都不填')
    },
  }
  return (
    <Modal
      open
      title="起草文书"
      okText="起草"
      cancelText="取消"
      onCancel={onClose}
      okButtonProps={{ loading: make.isPending }}
      onOk={() => form.submit()}
    >
      <Refused error={make.error} />
      <Form form={form} layout="vertical" onFinish={(fields) => make.mutate(fields)}>
        <Form.Item name="kind" label="种类" rules={[{ required: true, message: '请选种类' }]}>
          <Select options={list.may.map((value) => ({ value, label: paperWords[value] }))} />
        </Form.Item>
        {ofUnit(kind) && (
          <Form.Item name="unit" label="责任单位" rules={[{ required: true, message: '请选责任单位' }]}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={list.units.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
        )}
        <Form.Item name="plan" label="方案">
          <Select
            allowClear
            placeholder="全部"
            options={list.plans.map(({ id, code }) => ({ value: id, label: code }))}
          />
        </Form.Item>
        <Form.Item name="from" label="时段从" extra="不填：通报为本季度，调度情况、一页纸为本月，其他为全年">
          <Input type="date" />
        </Form.Item>
        <Form.Item name="to" label="到" dependencies={['from']} rules={[both]}>
          <Input type="date" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
