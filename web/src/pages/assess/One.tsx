import { Alert, Button, Descriptions, Flex, Popconfirm, Spin, Table, Tag, Typography } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { AssessmentPage, UnitTotal } from '../../../../src/http/shapes/assess.ts'
import { assessedWords } from '../../../../src/model/assessment.ts'
import { saveFile } from '../../lib/save.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { assessClient, points, useAssessment, useStep } from './client.ts'
import { RulesDialog } from './RulesDialog.tsx'

const steps = {
  draft: { step: 'open', word: '开始评分', ask: '开始后指标和计分方式不能再改。' },
  open: { step: 'tell', word: '公示结果', ask: '公示后评分规则不能再改，得分以此刻的台账为准。' },
  told: { step: 'close', word: '办结', ask: '异议期满、异议都已答复后办结。' },
} as const

const Actions = ({ page }: { page: AssessmentPage }) => {
  const step = useStep(page.id)
  const [editing, setEditing] = useState(false)
  const [fault, setFault] = useState<string>()
  const next = page.state === 'closed' ? undefined : steps[page.state]
  const save = async (as: 'xlsx' | 'docx') => {
    setFault(undefined)
    try {
      const response = await assessClient.assessments[':id'].export.$get({ param: { id: page.id }, query: { as } })
      await saveFile(response as unknown as Response)
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <Flex vertical gap={8} className="no-print" style={{ marginBottom: 12 }}>
      <Flex gap={8} wrap>
        {next && (
          <Popconfirm
            title={`${next.word}？`}
            description={next.ask}
            okText={`确定${next.word}`}
            cancelText="取消"
            onConfirm={() => step.mutate({ version: page.version, step: next.step })}
          >
            <Button type="primary" loading={step.isPending}>
              {next.word}
            </Button>
          </Popconfirm>
        )}
        <Button onClick={() => setEditing(true)}>评分规则</Button>
        <Button onClick={() => void save('xlsx')}>导出 Excel</Button>
        <Button onClick={() => void save('docx')}>导出 Word</Button>
      </Flex>
      {(step.error || fault) && <Alert type="error" role="alert" showIcon title={step.error?.message ?? fault} />}
      {editing && <RulesDialog page={page} onClose={() => setEditing(false)} />}
    </Flex>
  )
}

const Units = ({ page }: { page: AssessmentPage }) => (
  <Table<UnitTotal>
    size="small"
    rowKey="unit"
    pagination={false}
    scroll={{ x: 'max-content' }}
    dataSource={page.units}
    columns={[
      {
        title: '责任单位',
        render: (_: unknown, { unit, name, open }: UnitTotal) =>
          open ? <Link to={`/assess/${page.id}/units/${encodeURIComponent(unit)}`}>{name}</Link> : name,
      },
      { title: '得分', align: 'right', render: (_: unknown, { total }: UnitTotal) => points(total) },
      { title: '满分', align: 'right', render: (_: unknown, { full }: UnitTotal) => (full === 0 ? '—' : points(full)) },
      { title: '折合百分', align: 'right', render: (_: unknown, { percent }: UnitTotal) => points(percent) },
      ...(page.rules.share === null
        ? []
        : [
            {
              title: `计入绩效（${points(page.rules.share)}%）`,
              align: 'right' as const,
              render: (_: unknown, { contributes }: UnitTotal) => points(contributes),
            },
          ]),
      {
        title: '说明',
        render: (_: unknown, { waiting, objections, full }: UnitTotal) =>
          [
            full === 0 && waiting === 0 ? '没有应计事项' : '',
            waiting > 0 ? `${waiting}项没有评分` : '',
            objections > 0 ? `${objections}项异议待答复` : '',
          ]
            .filter(Boolean)
            .join('，'),
      },
    ]}
  />
)

const Indicators = ({ page }: { page: AssessmentPage }) => (
  <Table<AssessmentPage['indicators'][number]>
    size="small"
    rowKey="number"
    pagination={false}
    scroll={{ x: 'max-content' }}
    dataSource={page.indicators}
    columns={[
      { title: '编号', dataIndex: 'number' },
      { title: '一级指标', dataIndex: 'theme' },
      { title: '指标', dataIndex: 'name' },
      { title: '分值', align: 'right', render: (_: unknown, one) => points(one.points) },
      { title: '评分标准', render: (_: unknown, { standard }) => <div style={{ maxWidth: 320 }}>{standard}</div> },
      { title: '责任单位', render: (_: unknown, { units }) => (units.length === 0 ? '各单位' : units.join('、')) },
      { title: '计分', render: (_: unknown, { by }) => (by === 'rules' ? '台账计分' : '人评') },
    ]}
  />
)

/** One assessment: its units with their totals, its indicators, and what the office does with it. */
const One = () => {
  const { id = '' } = useParams()
  const { data: page, error, refetch } = useAssessment(id)
  if (error) return <Fault error={error} again={() => void refetch()} />
  if (!page) return <Spin />
  return (
    <>
      <PageTitle title={page.title}>
        <Link to="/assess">全部考核</Link>
      </PageTitle>
      <Descriptions
        size="small"
        styles={{ label: { color: 'rgba(0,0,0,.65)' } }}
        column={{ xs: 1, sm: 3 }}
        style={{ marginBottom: 12 }}
      >
        <Descriptions.Item label="状态">
          <Tag>{assessedWords[page.state]}</Tag>
        </Descriptions.Item>
        <Descriptions.Item label="考核期">
          {page.from} 至 {page.to}
        </Descriptions.Item>
        {page.objectBy && <Descriptions.Item label="异议期到">{page.objectBy}</Descriptions.Item>}
      </Descriptions>
      {page.office && <Actions page={page} />}
      <Typography.Title level={2} style={{ fontSize: 18 }}>
        {page.office ? '各单位得分' : '得分'}
      </Typography.Title>
      <Units page={page} />
      <Typography.Title level={2} style={{ fontSize: 18, marginTop: 24 }}>
        指标
      </Typography.Title>
      <Indicators page={page} />
    </>
  )
}
export default One
