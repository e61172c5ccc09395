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

/** What says no, and the words that its dialog has for it. */
const noes = {
  return: { of: '退回', label: '退回原因', until: true },
  refuse: { of: '不同意', label: '理由', until: false },
} as const
type No = keyof typeof noes

const NoDialog = (props: { act: No; n: number; onSend: (a: Back) => void; onClose: () => void }) => {
  const { act, n, onSend, onClose } = props
  const { today } = useMe()
  const { of, label, until } = noes[act]
  return (
    <Modal open title={`${of}选中的${n}项`} footer={null} onCancel={onClose} destroyOnHidden>
      <Form<Back> layout="vertical" onFinish={onSend}>
        <Form.Item name="text" label={label} rules={[{ required: true, whitespace: true, message: `请填写${label}` }]}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
        {until && (
          <Form.Item name="until" label="重报期限" extra="不填：3个工作日后">
            <Input type="date" min={today} />
          </Form.Item>
        )}
        <Flex gap={8} justify="end">
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" danger htmlType="submit">
            确定{of}
          </Button>
        </Flex>
      </Form>
    </Modal>
  )
}

type Back = Pick<Answer, 'text' | 'until'>

const isExtension = ({ kind }: ReviewRow): boolean => kind === 'extension'

/** One answer to all reports that were chosen, and one to all that ask for a later day, where there are such. */
export const Many = (props: { chosen: readonly ReviewRow[]; extensions: boolean; onDone: () => void }) => {
  const { chosen, extensions, onDone } = props
  const [results, setResults] = useState<Result[]>([])
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const [no, setNo] = useState<No>()
  const many = useMany((some) => setResults((before) => [...before, ...some]))
  const asking = chosen.filter(isExtension)
  const reports = chosen.filter((row) => !isExtension(row))
  const rowsOf = (act: Answer['act']) => (act === 'grant' || act === 'refuse' ? asking : reports)
  const send = (act: Answer['act'], back: Back) => {
    const rows = rowsOf(act)
    setNo(undefined)
    setResults([])
    setNames(new Map(rows.map((row) => [row.id, `${row.code} ${row.unit}`])))
    many.mutate({ act, rows, ...back }, { onSettled: onDone })
  }
  const busy = many.isPending
  return (
    <Flex vertical gap={8} className="no-print" style={{ marginBottom: 12 }}>
      <Flex wrap gap={8} align="center">
        <Typography.Text aria-live="polite">已选{chosen.length}项</Typography.Text>
        <Button
          type="primary"
          disabled={reports.length === 0}
          loading={busy}
          onClick={() => send('approve', { text: '' })}
        >
          通过选中的
        </Button>
        <Button danger disabled={reports.length === 0 || busy} onClick={() => setNo('return')}>
          退回选中的
        </Button>
        {extensions && (
          <>
            <Button disabled={asking.length === 0 || busy} onClick={() => send('grant', { text: '' })}>
              同意选中的延期
            </Button>
            <Button danger disabled={asking.length === 0 || busy} onClick={() => setNo('refuse')}>
              不同意选中的延期
            </Button>
          </>
        )}
      </Flex>
      {busy && (
        <Progress percent={Math.round((100 * results.length) / Math.max(1, names.size))} aria-label="办理进度" />
      )}
      {many.error && <Alert type="error" role="alert" title={many.error.message} />}
      {results.length > 0 && (
        <Results
          results={results.map((one) => ({ ...one, name: names.get(one.duty) ?? '' }))}
          onClose={() => setResults([])}
        />
      )}
      {no && (
        <NoDialog act={no} n={rowsOf(no).length} onSend={(back) => send(no, back)} onClose={() => setNo(undefined)} />
      )}
    </Flex>
  )
}
