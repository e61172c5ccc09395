import { Alert, Button, Flex, Form, Input, Modal, Progress, Tag, Typography } from 'antd'
import { useState } from 'react'
import type { ReviewRow } from '../../../../src/http/shapes/review.ts'
import { useMe } from '../../lib/me.tsx'
import { type Many as Answer, type Result, useMany } from './client.ts'

const outcomes: Record<Result['outcome'], { word: string; color: string }> = {
  done: { word: '已办理', color: 'success' },
  overtaken: { word: '已被别人办理', color: 'warning' },
  refused: { word: '没有办理', color: 'error' },
}

interface Shown extends Result {
  name: string
}

/** What became of each: partly done is told row by row. */
const Results = ({ results, onClose }: { results: Shown[]; onClose: () => void }) => {
  const count = (outcome: Result['outcome']) => results.filter((one) => one.outcome === outcome).length
  const done = count('done')
  return (
    <Alert
      type={done === results.length ? 'success' : 'warning'}
      role="status"
      closable={{ onClose, 'aria-label': '关闭' }}
      title={`办理${done}项，已被别人办理${count('overtaken')}项，没有办理${count('refused')}项`}
      description={
        <ul className="plain" style={{ maxHeight: 240, overflowY: 'auto' }}>
          {results.map(({ duty, name, outcome, words }) => (
            <li key={duty}>
              <Tag color={outcomes[outcome].color}>{outcomes[outcome].word}</Tag>
              {name} <Typography.Text type="secondary">{words}</Typography.Text>
            </li>
          ))}
        </ul>
      }
    />
  )
}

const ReturnDialog = ({ n, onSend, onClose }: { n: number; onSend: (a: Back) => void; onClose: () => void }) => {
  const { today } = useMe()
  return (
    <Modal open title={`退回选中的${n}项`} footer={null} onCancel={onClose} destroyOnHidden>
      <Form<Back> layout="vertical" onFinish={onSend}>
        <Form.Item
          name="text"
          label="退回原因"
          rules={[{ required: true, whitespace: true, message: '请填写退回原因' }]}
        >
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
        <Form.Item name="until" label="重报期限" extra="不填：3个工作日后">
          <Input type="date" min={today} />
        </Form.Item>
        <Flex gap={8} justify="end">
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" danger htmlType="submit">
            确定退回
          </Button>
        </Flex>
      </Form>
    </Modal>
  )
}

type Back = Pick<Answer, 'text' | 'until'>

/** One answer to all reports that were chosen. */
export const Many = ({ chosen, onDone }: { chosen: readonly ReviewRow[]; onDone: () => void }) => {
  const [results, setResults] = useState<Result[]>([])
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const [returning, setReturning] = useState(false)
  const many = useMany((some) => setResults((before) => [...before, ...some]))
  const send = (act: Answer['act'], back: Back) => {
    setReturning(false)
    setResults([])
    setNames(new Map(chosen.map((row) => [row.id, `${row.code} ${row.unit}`])))
    many.mutate({ act, rows: chosen, ...back }, { onSettled: onDone })
  }
  return (
    <Flex vertical gap={8} className="no-print" style={{ marginBottom: 12 }}>
      <Flex wrap gap={8} align="center">
        <Typography.Text aria-live="polite">已选{chosen.length}项</Typography.Text>
        <Button
          type="primary"
          disabled={chosen.length === 0}
          loading={many.isPending}
          onClick={() => send('approve', { text: '' })}
        >
          通过选中的
        </Button>
        <Button danger disabled={chosen.length === 0 || many.isPending} onClick={() => setReturning(true)}>
          退回选中的
        </Button>
      </Flex>
      {many.isPending && (
        <Progress percent={Math.round((100 * results.length) / Math.max(1, names.size))} aria-label="办理进度" />
      )}
      {many.error && <Alert type="error" role="alert" title={many.error.message} />}
      {results.length > 0 && (
        <Results
          results={results.map((one) => ({ ...one, name: names.get(one.duty) ?? '' }))}
          onClose={() => setResults([])}
        />
      )}
      {returning && (
        <ReturnDialog n={chosen.length} onSend={(back) => send('return', back)} onClose={() => setReturning(false)} />
      )}
    </Flex>
  )
}
