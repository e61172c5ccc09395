import { Alert, Button, Card, Descriptions, Flex, Spin, Table, Typography } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { ScoreDeed, UnitScore } from '../../../../src/http/shapes/assess.ts'
import { assessedWords } from '../../../../src/model/assessment.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { points, useUnitScore } from './client.ts'
import { DeedDialog, deedWords } from './DeedDialog.tsx'

type Shown = UnitScore['indicators'][number]
type Kind = ScoreDeed['deed']
type Ledger = NonNullable<UnitScore['ledger']>

const ruleWords: Record<string, string> = {
  ...{ base: '基础分', onTime: '按时报送', running: '在办，没有过期', late: '逾期报送', overdue: '逾期未报' },
  ...{ returned: '退回重报', extended: '到期前申请延期', extendedLate: '逾期后申请延期' },
  ...{ floor: '扣到0分为止', ceiling: '不超过满分' },
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${points(value)}`

const dutyLink = ({ duty, code, round }: { duty: string; code: string; round: string }) =>
  duty === '' ? '' : <Link to={`/duties/${encodeURIComponent(duty)}`}>{`${code} ${round}`.trim()}</Link>

/** Every line that the ledger's score is the sum of, each with the duty and day it rests on. */
const LedgerLines = ({ ledger }: { ledger: Ledger }) => (
  <section aria-label="台账计分">
    <Typography.Title level={2} style={{ fontSize: 18, marginTop: 24 }}>
      台账计分：{points(ledger.score)}
    </Typography.Title>
    <Typography.Paragraph type="secondary">
      计{ledger.counted}项，以下各行之和就是得分；不计的{ledger.left.length}项列在后面。
    </Typography.Paragraph>
    <Table<Ledger['lines'][number] & { key: number }>
      size="small"
      pagination={ledger.lines.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      scroll={{ x: 'max-content' }}
      dataSource={ledger.lines.map((line, key) => ({ ...line, key }))}
      columns={[
        { title: '事项', render: (_: unknown, line) => dutyLink(line) },
        { title: '规则', render: (_: unknown, { rule }) => ruleWords[rule] ?? rule },
        { title: '分', align: 'right', render: (_: unknown, line) => signed(line.points) },
        {
          title: '说明',
          render: (_: unknown, { why }) => <div style={{ maxWidth: 420, whiteSpace: 'normal' }}>{why}</div>,
        },
        { title: '依据日期', render: (_: unknown, { day }) => day ?? '' },
      ]}
    />
    {ledger.left.length > 0 && (
      <details style={{ marginTop: 12 }}>
        <summary>不计的{ledger.left.length}项</summary>
        <ul>
          {ledger.left.map((one) => (
            <li key={one.duty}>
              {dutyLink(one)}：{one.why}
            </li>
          ))}
        </ul>
      </details>
    )}
  </section>
)

const deedsOf = ({ by, objection }: Shown, may: UnitScore['may'], state: string): Kind[] => [
  ...(may.self && by === 'people' ? (['self'] as const) : []),
  ...(may.office && state === 'open' && by === 'people' ? (['office'] as const) : []),
  ...(may.third && by === 'people' ? (['third'] as const) : []),
  ...(may.object && !objection ? (['object'] as const) : []),
  ...(may.office && state === 'told' && objection && objection.answer === null ? (['answer'] as const) : []),
]

const Indicator = (props: { one: Shown; score: UnitScore; onAct: (deed: Kind) => void }) => {
  const { one, score, onAct } = props
  const { objection } = one
  return (
    <Card
      size="small"
      title={
        <h3 style={{ fontSize: 15, margin: 0, whiteSpace: 'normal' }}>
          {one.number} {[one.theme, one.name].filter(Boolean).join('：')}
        </h3>
      }
      extra={
        <b>
          {points(one.result)}／{points(one.points)}
        </b>
      }
    >
      <Descriptions size="small" styles={{ label: { color: 'rgba(0,0,0,.65)' } }} column={1}>
        {one.standard !== '' && <Descriptions.Item label="标准">{one.standard}</Descriptions.Item>}
        <Descriptions.Item label="得分依据">{one.how}</Descriptions.Item>
        {one.own !== null && (
          <Descriptions.Item label="自评">
            {points(one.own)}，佐证：{one.proof}
          </Descriptions.Item>
        )}
        {one.given !== null && (
          <Descriptions.Item label="主管科室">
            {[points(one.given), one.reason].filter(Boolean).join('，')}
          </Descriptions.Item>
        )}
        {one.third !== null && <Descriptions.Item label="第三方">{points(one.third)}</Descriptions.Item>}
        {objection && (
          <Descriptions.Item label={`异议（${objection.on}）`}>
            {objection.text}
            {objection.answer === null
              ? '；待答复'
              : `；答复：${objection.changed ? '更改' : '维持'}，${objection.answer}`}
          </Descriptions.Item>
        )}
      </Descriptions>
      <Flex gap={8} wrap className="no-print">
        {deedsOf(one, score.may, score.assessment.state).map((deed) => (
          <Button
            key={deed}
            size="small"
            aria-label={`${deedWords[deed].word} ${one.number}`}
            onClick={() => onAct(deed)}
          >
            {deedWords[deed].word}
          </Button>
        ))}
      </Flex>
    </Card>
  )
}

/** One unit in an assessment, line by line: what every indicator came to, and what the ledger's score is the sum of. */
const Unit = () => {
  const { id = '', unit = '' } = useParams()
  const { data: score, error, refetch } = useUnitScore(id, unit)
  const [acting, setActing] = useState<{ one: Shown; deed: Kind }>()
  if (error) return <Fault error={error} again={() => void refetch()} />
  if (!score) return <Spin />
  const { total, assessment, indicators, ledger } = score
  return (
    <>
      <PageTitle title={`${total.name}得分`}>
        <Link to={`/assess/${assessment.id}`}>{assessment.title}</Link>
      </PageTitle>
      <Descriptions
        size="small"
        styles={{ label: { color: 'rgba(0,0,0,.65)' } }}
        column={{ xs: 1, sm: 4 }}
        style={{ marginBottom: 12 }}
      >
        <Descriptions.Item label="状态">{assessedWords[assessment.state]}</Descriptions.Item>
        <Descriptions.Item label="得分">
          {points(total.total)}／{points(total.full)}
        </Descriptions.Item>
        <Descriptions.Item label="折合百分">{points(total.percent)}</Descriptions.Item>
        {total.contributes !== null && (
          <Descriptions.Item label="计入绩效">{points(total.contributes)}</Descriptions.Item>
        )}
      </Descriptions>
      {assessment.state === 'told' && assessment.objectBy && (
        <Alert
          type="info"
          showIcon
          title={`对结果有意见的，请在${assessment.objectBy}前提出异议`}
          style={{ marginBottom: 12 }}
        />
      )}
      <Flex vertical gap={12}>
        {indicators.map((one) => (
          <Indicator key={one.number} one={one} score={score} onAct={(deed) => setActing({ one, deed })} />
        ))}
      </Flex>
      {ledger && <LedgerLines ledger={ledger} />}
      {acting && (
        <DeedDialog
          {...{ id, unit: total.unit, indicator: acting.one.number, version: acting.one.version, deed: acting.deed }}
          most={acting.one.points}
          onClose={() => setActing(undefined)}
        />
      )}
    </>
  )
}
export default Unit
