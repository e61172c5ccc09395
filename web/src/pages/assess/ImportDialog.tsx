import { Alert, Button, Flex, Form, Input, Modal, Select, Table, Upload } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { TableShown } from '../../../../src/http/shapes/assess.ts'
import { useMe } from '../../lib/me.tsx'
import { points, readTable, useImport } from './client.ts'

type Line = TableShown['lines'][number]

const isLedger = ({ by }: Line): boolean => by === 'rules'

/** The table as it was read, each indicator with by what it is given. */
const Lines = ({ lines, onChange }: { lines: Line[]; onChange: (lines: Line[]) => void }) => (
  <Table<Line>
    size="small"
    rowKey="number"
    pagination={false}
    scroll={{ x: 'max-content', y: 260 }}
    dataSource={lines}
    columns={[
      { title: '编号', dataIndex: 'number' },
      { title: '指标', render: (_: unknown, { theme, name }: Line) => [theme, name].filter(Boolean).join('：') },
      { title: '分值', align: 'right', render: (_: unknown, line: Line) => points(line.points) },
      { title: '责任单位', render: (_: unknown, { units }: Line) => units || '各单位' },
      {
        title: '计分',
        render: (_: unknown, line: Line) => (
          <Select
            size="small"
            aria-label={`${line.number} 计分方式`}
            value={line.by}
            style={{ width: 110 }}
            options={[
              { value: 'people', label: '人评' },
              { value: 'rules', label: '台账计分' },
            ]}
            onChange={(by: Line['by']) => onChange(lines.map((one) => (one === line ? { ...one, by } : one)))}
          />
        ),
      },
    ]}
  />
)

interface Filled {
  title: string
  from: string
  to: string
}

/** Begins an assessment: a table of indicators that is read first and stored as it was looked at, or the ledger alone. */
export const ImportDialog = ({ reads, onClose }: { reads: boolean; onClose: () => void }) => {
  const { today } = useMe()
  const navigate = useNavigate()
  const [table, setTable] = useState<TableShown>()
  const [lines, setLines] = useState<Line[]>([])
  const [means, setMeans] = useState<Record<string, string>>({})
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const made = useImport()
  const year = today.slice(0, 4)
  const take = async (file: File) => {
    setBusy(true)
    setFault(undefined)
    try {
      const read = await readTable(file)
      setTable(read)
      setLines(read.lines)
      setMeans({})
    } catch (error) {
      setTable(undefined)
      setFault(error instanceof Error ? error.message : String(error))
    }
    setBusy(false)
  }
  const send = ({ title, from, to }: Filled) => {
    const told = Object.fromEntries(Object.entries(means).filter(([, name]) => name.trim() !== ''))
    made.mutate(
      { title, from, to, means: told, ...(table && { lines }) },
      { onSuccess: ({ id }) => void navigate(`/assess/${id}`) },
    )
  }
  return (
    <Modal open title="新建考核" footer={null} onCancel={onClose} width={860} destroyOnHidden>
      <Form<Filled>
        layout="vertical"
        initialValues={{ title: `${year}年政务公开考核`, from: `${year}-01-01`, to: `${year}-12-31` }}
        onFinish={send}
      >
        <Form.Item name="title" label="名称" rules={[{ required: true, whitespace: true, message: '请填写名称' }]}>
          <Input maxLength={100} />
        </Form.Item>
        <Flex gap={12} wrap>
          <Form.Item name="from" label="考核期开始" rules={[{ required: true, message: '请选日期' }]}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="to" label="考核期结束" rules={[{ required: true, message: '请选日期' }]}>
            <Input type="date" />
          </Form.Item>
        </Flex>
        {reads && (
          <Form.Item
            label="指标表"
            extra="Word、Excel、csv，有“指标”“分值”“评分标准”“责任单位”几列；不选文件则只按台账计分"
          >
            <Upload
              accept=".xlsx,.docx,.csv"
              maxCount={1}
              showUploadList={false}
              beforeUpload={(file) => {
                void take(file)
                return false
              }}
            >
              <Button loading={busy}>选择文件</Button>
            </Upload>
          </Form.Item>
        )}
        {fault && <Alert type="error" role="alert" showIcon title={fault} style={{ marginBottom: 12 }} />}
        {table && (
          <Flex vertical gap={8} style={{ marginBottom: 12 }}>
            <span role="status">
              读出{lines.length}项指标，共{points(table.sum)}分，其中台账计分{lines.filter(isLedger).length}项。请核对：
            </span>
            <Lines lines={lines} onChange={setLines} />
            {table.unknown.map(({ name, lines: at, options }) => (
              <Form.Item key={name} required label={`第${at.join('、')}行的“${name}”是通讯录里的哪个单位`}>
                {options.length > 0 ? (
                  <Select
                    aria-label={name}
                    options={options.map((one) => ({ value: one, label: one }))}
                    onChange={(unit: string) => setMeans({ ...means, [name]: unit })}
                  />
                ) : (
                  <Input
                    aria-label={name}
                    placeholder="单位名称"
                    onChange={({ target }) => setMeans({ ...means, [name]: target.value })}
                  />
                )}
              </Form.Item>
            ))}
          </Flex>
        )}
        {made.error && (
          <Alert type="error" role="alert" showIcon title={made.error.message} style={{ marginBottom: 12 }} />
        )}
        <Flex gap={8} justify="end">
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" htmlType="submit" loading={made.isPending}>
            存为草稿
          </Button>
        </Flex>
      </Form>
    </Modal>
  )
}
