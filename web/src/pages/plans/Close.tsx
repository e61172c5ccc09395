import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Input, Modal, Segmented, Select, Spin, Table, Typography } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { PlanClosed, PlanEnding } from '../../../../src/http/shapes/yearend.ts'
import { ApiError } from '../../lib/api.ts'
import { useMe } from '../../lib/me.tsx'
import { dayWords } from '../../lib/moments.ts'
import { rereadAll } from '../../lib/query.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { yearendClient } from './yearend-client.ts'

type Open = PlanEnding['open'][number]
type Fate = Open['fate']

const fates = [
  { value: 'carry', label: '结转' },
  { value: 'archive', label: '归档' },
]

/** What became of it, once it is closed. */
const Done = ({ done }: { done: PlanClosed }) => (
  <Flex vertical gap={12}>
    <Alert
      type="success"
      showIcon
      title={`${done.code} 已办结：结转${done.carried.length}项，归档${done.archived}项`}
      description="台账记录都保留；它的数字在总览以外仍可按简称或年份查到。"
    />
    {done.carried.length > 0 && (
      <Table
        rowKey={({ from, unit, to }) => `${from} ${unit} ${to}`}
        size="small"
        pagination={false}
        dataSource={done.carried}
        columns={[
          { title: '原编号', dataIndex: 'from', key: 'from' },
          { title: '转入', dataIndex: 'to', key: 'to' },
          { title: '责任单位', dataIndex: 'unit', key: 'unit' },
        ]}
      />
    )}
    <Link to="/plans">回到方案</Link>
  </Flex>
)

interface Choosing {
  fateOf(row: Open): Fate
  choose(rows: readonly Open[], fate: Fate): void
}

const OpenRows = ({ open, fateOf, choose }: { open: Open[] } & Choosing) => {
  const { today } = useMe()
  const [picked, setPicked] = useState<string[]>([])
  const rows = open.filter(({ id }) => picked.includes(id))
  const all = (fate: Fate) => {
    choose(rows, fate)
    setPicked([])
  }
  return (
    <>
      <Flex gap={8} align="center" wrap className="no-print" style={{ marginBottom: 8 }}>
        <Typography.Text type="secondary">
          {rows.length > 0 ? `已选${rows.length}项` : '勾选后可以成批改'}
        </Typography.Text>
        <Button size="small" disabled={rows.length === 0} onClick={() => all('carry')}>
          所选结转
        </Button>
        <Button size="small" disabled={rows.length === 0} onClick={() => all('archive')}>
          所选归档
        </Button>
      </Flex>
      {/* Not the table's own scrolling: its measuring row would hold a second, hidden box to tick. */}
      <div className="sideways">
        <Table
          rowKey="id"
          size="small"
          dataSource={open}
          pagination={{ pageSize: 100, hideOnSinglePage: true, showSizeChanger: false }}
          rowSelection={{
            selectedRowKeys: picked,
            onChange: (keys) => setPicked(keys.map(String)),
            getCheckboxProps: ({ code, unit, round }) => ({ 'aria-label': `选择 ${code} ${unit} ${round}` }),
          }}
          columns={[
            {
              title: '状态',
              key: 'state',
              filters: [...new Set(open.map(({ state }) => state))].map((state) => ({ text: state, value: state })),
              onFilter: (value, { state }) => state === value,
              render: (_, { state }) => state,
            },
            {
              title: '事项',
              key: 'code',
              render: (_, { code, text }) => (
                <>
                  {code}
                  <div style={{ minWidth: 180, maxWidth: 420, whiteSpace: 'normal' }}>
                    {text.length > 40 ? `${text.slice(0, 40)}……` : text || '（请到办公室领取）'}
                  </div>
                </>
              ),
            },
            {
              title: '责任单位',
              key: 'unit',
              render: (_, { unit, role }) => (role === 'support' ? `${unit}（配合）` : unit),
            },
            { title: '期次', dataIndex: 'round', key: 'round' },
            { title: '到期日', key: 'due', render: (_, { dueOn }) => (dueOn ? dayWords(dueOn, today) : '—') },
            {
              title: '办结时',
              key: 'fate',
              render: (_, row) =>
                row.group === 'review' ? (
                  <Link to="/review">先审核</Link>
                ) : (
                  <>
                    <Segmented
                      size="small"
                      options={fates}
                      value={fateOf(row)}
                      aria-label={`${row.code} ${row.unit} ${row.round}`}
                      onChange={(fate) => choose([row], fate as Fate)}
                    />
                    <div>
                      <Typography.Text type="secondary">{fateOf(row) === row.fate ? row.why : '已改'}</Typography.Text>
                    </div>
                  </>
                ),
            },
          ]}
        />
      </div>
    </>
  )
}

/** 年终结转: what is open of a plan, what becomes of each, and the close, which is final. */
export default function Close() {
  const { id = '' } = useParams()
  const me = useMe()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<Record<string, Fate>>({})
  const [reason, setReason] = useState('')
  const [to, setTo] = useState<string>()
  const [asking, setAsking] = useState(false)
  const ending = useQuery({
    queryKey: ['plans', 'ending', id],
    queryFn: async () => (await (await yearendClient.plans[':id'].ending.$get({ param: { id } })).json()) as PlanEnding,
    retry: false,
  })
  const fateOf = (row: Open): Fate => chosen[row.id] ?? row.fate
  const close = useMutation({
    mutationFn: async (open: Open[]) => {
      const json = {
        chosen: open.map((row) => ({ id: row.id, version: row.version, fate: fateOf(row) })),
        reason: reason.trim(),
        ...(to !== undefined && to !== '' && { to }),
      }
      return (await (await yearendClient.plans[':id'].close.$post({ param: { id }, json })).json()) as PlanClosed
    },
    onSuccess: () => rereadAll(queries),
    onError: (error) => {
      // Somebody reported meanwhile: the list as it now stands, with what was chosen kept.
      if (error instanceof ApiError && error.status === 409 && error.now)
        queries.setQueryData(['plans', 'ending', id], error.now)
    },
    onSettled: () => setAsking(false),
  })
  if (close.data) return <Done done={close.data} />
  if (ending.error)
    return (
      <>
        <PageTitle title="办结方案" />
        <Fault error={ending.error} again={() => void ending.refetch()} />
      </>
    )
  if (!ending.data) return <Spin style={{ display: 'block', marginTop: 96 }} />
  const { code, title, open, targets, target, lastDay, early } = ending.data
  const waits = open.filter(({ group }) => group === 'review')
  const carried = open.filter((row) => row.group !== 'review' && fateOf(row) === 'carry')
  const archived = open.filter((row) => row.group !== 'review' && fateOf(row) === 'archive')
  const unsaid = archived.some((row) => row.reason) && reason.trim() === ''
  const into = targets.find((one) => one.id === (to ?? target))
  return (
    <>
      <PageTitle title={`办结 ${code}`}>
        <Link to={`/plans/${id}`}>
          <Button>返回方案</Button>
        </Link>
      </PageTitle>
      <Typography.Paragraph type="secondary">
        {`${title} · 年度到${dayWords(lastDay, me.today)}为止 · ${open.length === 0 ? '没有未完成的事项' : `还有${open.length}项没有完成`}`}
      </Typography.Paragraph>
      <Flex vertical gap={12}>
        {early && <Alert type="warning" showIcon title="本年的临时交办台账年内还会新增，过完年再办结" />}
        {waits.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={`有${waits.length}项反馈待审核，审核完才能办结`}
            action={<Link to="/review">去审核</Link>}
          />
        )}
        {close.error && <Alert type="error" showIcon title={close.error.message} />}
        {open.length > 0 && (
          <OpenRows
            open={open}
            fateOf={fateOf}
            choose={(rows, fate) =>
              setChosen({
                ...chosen,
                ...Object.fromEntries(rows.filter(({ group }) => group !== 'review').map((row) => [row.id, fate])),
              })
            }
          />
        )}
        {carried.length > 0 && (
          <div className="plan-field">
            <Typography.Text>{`结转的${carried.length}项转入`}</Typography.Text>
            <Select
              aria-label="转入的方案"
              style={{ width: '100%', maxWidth: 420 }}
              value={to ?? target}
              onChange={setTo}
              options={[
                { value: '', label: '下一年的交办台账' },
                ...targets.map((one) => ({ value: one.id, label: `${one.code} ${one.title}` })),
              ]}
            />
            <Typography.Text type="secondary">
              {into
                ? `在${into.code}里有对应任务的并入那项任务，没有对应的转入下一年的交办台账`
                : '各项任务连同记录转入，编号换新，原编号仍能查到'}
            </Typography.Text>
          </div>
        )}
        {archived.some((row) => row.reason) && (
          <div className="plan-field">
            <Typography.Text>{`归档的${archived.length}项没有完成的理由`}</Typography.Text>
            <Input.TextArea
              aria-label="归档的理由"
              rows={2}
              maxLength={500}
              value={reason}
              placeholder="例如：年度结束，列入下一年整改；机构改革，职责已划出"
              onChange={({ target: field }) => setReason(field.value)}
            />
          </div>
        )}
        <Flex gap={8} align="center" wrap>
          <Button type="primary" disabled={early || waits.length > 0 || unsaid} onClick={() => setAsking(true)}>
            {`办结 ${code}…`}
          </Button>
          <Typography.Text type="secondary">
            {unsaid ? '先写明归档的理由' : `结转${carried.length}项，归档${archived.length}项`}
          </Typography.Text>
        </Flex>
      </Flex>
      <Modal
        open={asking}
        title={`办结 ${code}，不能撤回`}
        okText="确认办结"
        cancelText="再看看"
        okButtonProps={{ loading: close.isPending }}
        onCancel={() => setAsking(false)}
        onOk={() => close.mutate(open)}
      >
        <p>{`结转${carried.length}项，归档${archived.length}项。办结以后方案不再收反馈，也不能恢复；台账记录都保留。`}</p>
      </Modal>
    </>
  )
}
