import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal, Typography } from 'antd'
import { useState } from 'react'
import type { PaperDone, PaperPage } from '../../../../src/http/shapes/papers.ts'
import { useMe } from '../../lib/me.tsx'
import { rereadAll } from '../../lib/query.ts'
import { Refused } from '../roster/change.tsx'
import { bodyOf } from '../roster/client.ts'
import { papersClient } from './client.ts'

type Deed = PaperPage['deeds'][number]

interface Fields {
  signer: string
  number: string
  on: string
  until: string
  reason: string
}

const words: Record<Deed, string> = {
  redraft: '按今天的数据重新起草',
  submit: '送签',
  sign: '登记签发',
  push: '推送给点名的单位',
  void: '作废',
}

const one = papersClient.papers[':id']

/** What is sent off for a deed, resting on the version that stands on the page. */
const send = (deed: Deed, { id, version }: PaperPage, fields: Partial<Fields>) => {
  const param = { id }
  switch (deed) {
    case 'redraft':
      return one.redraft.$post({ param, json: { version } })
    case 'submit':
      return one.submit.$post({ param, json: { version } })
    case 'push':
      return one.push.$post({ param, json: { version } })
    case 'void':
      return one.void.$post({ param, json: { version, reason: fields.reason ?? '' } })
    case 'sign':
      return one.sign.$post({
        param,
        json: {
          ...{ version, signer: fields.signer ?? '', number: fields.number ?? '', on: fields.on ?? '' },
          ...(fields.until && { until: fields.until }),
        },
      })
  }
}

const required = (message: string) => [{ required: true, message }]

const SignFields = ({ page }: { page: PaperPage }) => {
  const { person } = useMe()
  const opens = page.outlook.filter(({ skip }) => skip === '')
  return (
    <>
      {person.role === 'leader' ? (
        <Typography.Paragraph>签发人：{person.name}（本人）</Typography.Paragraph>
      ) : (
        <Form.Item name="signer" label="签发人" rules={required('请写签发人')}>
          <Input maxLength={40} />
        </Form.Item>
      )}
      <Form.Item name="number" label="文号" rules={required('请写文号')}>
        <Input maxLength={40} placeholder="某督〔2017〕3号" />
      </Form.Item>
      <Form.Item name="on" label="签发日期" rules={required('请写签发日期')}>
        <Input type="date" />
      </Form.Item>
      {page.outlook.length > 0 && (
        <>
          <Form.Item name="until" label={`整改期限（开出${opens.length}项整改）`} initialValue={page.until}>
            <Input type="date" />
          </Form.Item>
          <ul style={{ paddingInlineStart: 20 }}>
            {page.outlook.map(({ code, unit, skip }) => (
              <li key={`${code} ${unit}`}>
                {code} {unit}
                {skip && `：不开整改（${skip}）`}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

const confirm: Partial<Record<Deed, string>> = {
  redraft: '内容换成今天的数据，已经送签的要重新送签。',
  submit: '转为待签发。签发以前不发给任何单位，导出的每一页都有字样。',
  push: '在推送时段告知点名的单位各自的事项，别的单位的不会告诉它。只发一次。',
}

/** What may be done to the paper as it stands: each asks once more, and tells what became of it. */
export const Deeds = ({ page }: { page: PaperPage }) => {
  const [deed, setDeed] = useState<Deed>()
  const [form] = Form.useForm<Fields>()
  const queries = useQueryClient()
  const { modal, message } = App.useApp()
  const act = useMutation({
    mutationFn: ({ deed, fields }: { deed: Deed; fields: Partial<Fields> }) =>
      bodyOf<PaperDone>(send(deed, page, fields)),
    onSuccess: ({ notes }, { deed }) => {
      setDeed(undefined)
      if (notes.length === 0) void message.success(`${words[deed]}：已完成`)
      else
        modal.success({
          title: `${words[deed]}：已完成`,
          content: notes.map((note) => <p key={note}>{note}</p>),
          okText: '知道了',
        })
    },
    onSettled: () => rereadAll(queries),
  })
  const open = (next: Deed) => {
    act.reset()
    form.resetFields()
    setDeed(next)
  }
  return (
    <>
      {page.deeds.map((name) => (
        <Button
          key={name}
          type={name === 'sign' ? 'primary' : 'default'}
          danger={name === 'void'}
          onClick={() => open(name)}
        >
          {words[name]}
        </Button>
      ))}
      <Modal
        open={deed !== undefined}
        title={deed && words[deed]}
        okText={deed && words[deed]}
        cancelText="取消"
        onCancel={() => setDeed(undefined)}
        okButtonProps={{ loading: act.isPending, danger: deed === 'void' }}
        onOk={() => form.submit()}
      >
        <Refused error={act.error} take={() => setDeed(undefined)} />
        <Form form={form} layout="vertical" onFinish={(fields) => deed && act.mutate({ deed, fields })}>
          {deed && confirm[deed] && <Typography.Paragraph>{confirm[deed]}</Typography.Paragraph>}
          {deed === 'sign' && <SignFields page={page} />}
          {deed === 'void' && (
            <Form.Item name="reason" label="作废的理由" rules={required('请写理由')}>
              <Input.TextArea maxLength={500} rows={3} />
            </Form.Item>
          )}
        </Form>
      </Modal>
    </>
  )
}
