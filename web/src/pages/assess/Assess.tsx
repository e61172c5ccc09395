import { Button, Empty, Spin, Table, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { AssessmentHead } from '../../../../src/http/shapes/assess.ts'
import { assessedWords } from '../../../../src/model/assessment.ts'
import { isOffice } from '../../../../src/model/person.ts'
import { useMe } from '../../lib/me.tsx'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { useAssessments } from './client.ts'
import { ImportDialog } from './ImportDialog.tsx'

const columns = [
  {
    title: '名称',
    render: (_: unknown, { id, title }: AssessmentHead) => <Link to={`/assess/${id}`}>{title}</Link>,
  },
  { title: '状态', render: (_: unknown, { state }: AssessmentHead) => <Tag>{assessedWords[state]}</Tag> },
  { title: '考核期', render: (_: unknown, { from, to }: AssessmentHead) => `${from} 至 ${to}` },
  { title: '异议期到', render: (_: unknown, { objectBy }: AssessmentHead) => objectBy ?? '' },
]

/** 考核: all that there were, the newest first; the office begins one here. */
const Assess = () => {
  const { person } = useMe()
  const list = useAssessments()
  const [importing, setImporting] = useState(false)
  if (list.error) return <Fault error={list.error} again={() => void list.refetch()} />
  return (
    <>
      <PageTitle title="考核">
        {isOffice(person) && (
          <Button type="primary" onClick={() => setImporting(true)}>
            新建考核
          </Button>
        )}
      </PageTitle>
      <Spin spinning={list.isPending}>
        {list.data && list.data.rows.length === 0 && (
          <Empty description={isOffice(person) ? '还没有考核：导入指标表，或只按台账计分' : '还没有开始的考核'} />
        )}
        {list.data && list.data.rows.length > 0 && (
          <Table<AssessmentHead>
            size="small"
            rowKey="id"
            pagination={false}
            scroll={{ x: 'max-content' }}
            columns={columns}
            dataSource={list.data.rows}
          />
        )}
      </Spin>
      {importing && <ImportDialog reads={list.data?.reads ?? false} onClose={() => setImporting(false)} />}
    </>
  )
}
export default Assess
