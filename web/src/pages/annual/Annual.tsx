import { Alert, Button, Flex, Popconfirm, Select, Spin, Tabs, Tag } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { AnnualPage } from '../../../../src/http/shapes/annual.ts'
import { AnnualForm, annualFormWords } from '../../../../src/model/annual.ts'
import { saveFile } from '../../lib/save.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { CellDrawer } from './CellDrawer.tsx'
import { Checks } from './Checks.tsx'
import { Compared } from './Compared.tsx'
import { annualClient, queryOf, useAnnual, useEnter } from './client.ts'
import { Tables } from './Tables.tsx'
import { Texts } from './Texts.tsx'
import './annual.css'

/** Year and form, kept in the address; the form that is looked at is the one that is kept once something is entered. */
const Choice = ({ page, choose }: { page: AnnualPage; choose: (name: string, value: string) => void }) => (
  <>
    <Select
      aria-label="年度"
      value={String(page.year)}
      onChange={(year) => choose('year', year)}
      options={page.years.map((year) => ({ value: String(year), label: `${year}年` }))}
      style={{ width: 110 }}
    />
    <Select
      aria-label="格式"
      value={page.form}
      onChange={(form) => choose('form', form)}
      options={AnnualForm.options.map((form) => ({ value: form, label: annualFormWords[form] }))}
      style={{ width: 150 }}
    />
  </>
)

const Zeros = ({ page }: { page: AnnualPage }) => {
  const enter = useEnter()
  const empty = Object.values(page.cells).filter(({ value, aside }) => value === null && !aside).length
  if (!page.may || empty === 0) return null
  return (
    <>
      <Popconfirm
        title={`把${empty}个没有数的格子填0？`}
        description="没有发生的才填0；以后可以再改。"
        okText="确定填0"
        cancelText="取消"
        onConfirm={() => enter.mutate({ year: page.year, version: page.version, form: page.form, zeros: true })}
      >
        <Button loading={enter.isPending}>其余填0</Button>
      </Popconfirm>
      {enter.error && <Alert type="error" role="alert" showIcon title={enter.error.message} />}
    </>
  )
}

const Told = ({ page }: { page: AnnualPage }) => (
  <Flex vertical gap={8} style={{ marginBottom: 12 }}>
    <Flex gap={8} wrap>
      <Tag>截至 {page.asOf}</Tag>
      {page.dues.map((due) => (
        <Tag key={due} style={{ whiteSpace: 'normal' }}>
          {due}
        </Tag>
      ))}
    </Flex>
    {page.questions.length > 0 && (
      <Alert
        type="warning"
        showIcon
        title="请先看一遍"
        description={
          <ul className="annual-questions">
            {page.questions.map((question) => (
              <li key={question}>{question}</li>
            ))}
          </ul>
        }
      />
    )}
  </Flex>
)

/** 年度报告 of a year, as it stands on any day of it. */
const Annual = () => {
  const [params, setParams] = useSearchParams()
  const [cell, setCell] = useState<string>()
  const [fault, setFault] = useState<string>()
  const form = AnnualForm.safeParse(params.get('form'))
  const asked = { year: params.get('year') ?? undefined, form: form.success ? form.data : undefined }
  const { data: page, error, refetch } = useAnnual(asked)
  if (error) return <Fault error={error} again={() => void refetch()} />
  if (!page) return <Spin />
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(params)
    next.set(name, value)
    // Another year has a form of its own.
    if (name === 'year') next.delete('form')
    setParams(next)
  }
  const download = async () => {
    setFault(undefined)
    try {
      const query = queryOf({ year: String(page.year), form: page.form })
      await saveFile((await annualClient.annual.docx.$get({ query })) as unknown as Response)
    } catch (failed) {
      setFault(failed instanceof Error ? failed.message : String(failed))
    }
  }
  const fired = page.findings.filter(({ state }) => state === 'fired').length
  return (
    <>
      <PageTitle title="年度报告">
        <Choice page={page} choose={choose} />
        <Zeros page={page} />
        <Button type="primary" onClick={() => void download()}>
          下载 Word 草稿
        </Button>
      </PageTitle>
      {fault && <Alert type="error" role="alert" showIcon title={fault} style={{ marginBottom: 12 }} />}
      <Told page={page} />
      <Tabs
        activeKey={params.get('tab') ?? 'tables'}
        onChange={(tab) => choose('tab', tab)}
        items={[
          { key: 'tables', label: '表格', children: <Tables page={page} open={setCell} /> },
          { key: 'texts', label: '文字', children: <Texts page={page} /> },
          {
            key: 'checks',
            label: fired > 0 ? `核对（${fired}项不符）` : '核对',
            children: <Checks page={page} open={setCell} />,
          },
          { key: 'compared', label: '与上年比', children: <Compared page={page} open={setCell} /> },
        ]}
      />
      {cell !== undefined && <CellDrawer page={page} cell={cell} onClose={() => setCell(undefined)} />}
    </>
  )
}
export default Annual
