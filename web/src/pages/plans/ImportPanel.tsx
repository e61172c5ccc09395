import { InboxOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Input, Progress, Steps, Upload } from 'antd'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import type { ImportJob } from '../../../../src/http/shapes/plans.ts'
import { plansClient, sendFile } from './client.ts'
import { Reissue } from './Reissue.tsx'

const TAKEN = '.docx,.doc,.xlsx,.csv,.pdf,.ofd,.html,.htm,.txt'
const steps = ['上传', '读文件', '识别任务', '存草稿']
const stepOf: Record<ImportJob['stage'], number> = {
  ...{ waiting: 1, reading: 1, recognising: 2, storing: 3, done: 4, failed: 1 },
}

/** What became of a file, with the way on. */
const Outcome = ({ job }: { job: ImportJob }) => {
  if (job.stage === 'failed')
    return <Alert type="error" showIcon title={`没有导入“${job.name}”`} description={job.error} />
  const { result } = job
  if (!result) return null
  const link = (
    <Link to={`/plans/${result.plan}`} className="plan-link">
      {result.code}
    </Link>
  )
  if (result.status === 'differs') return <Reissue job={job.id} />
  if (result.status === 'same')
    return <Alert type="info" showIcon title={<span>这份方案已经导入过，没有变化：{link}</span>} />
  return (
    <Alert
      type="success"
      showIcon
      title={
        <span>
          {result.status === 'replaced' ? '替换了原来的草稿' : '已存为草稿'} {link}：{result.tasks}项任务，
          {result.questions}个问题要确认
        </span>
      }
      action={
        <Link to={`/plans/${result.plan}`}>
          <Button type="primary">去核对</Button>
        </Link>
      }
    />
  )
}

/** A file on its way: how much has gone, then how far reading has come. */
const Progressing = ({ sent, job }: { sent: number; job: ImportJob | undefined }) => (
  <div role="status" aria-live="polite">
    <Steps
      size="small"
      current={job ? stepOf[job.stage] : 0}
      items={steps.map((title) => ({ title }))}
      style={{ marginBottom: 12 }}
    />
    {!job && <Progress percent={Math.round(sent * 100)} aria-label="上传进度" />}
    {job?.stage === 'waiting' && '前面还有文件在读，请稍候'}
  </div>
)

/** Hands a plan in: a file dropped or chosen, or its text pasted. */
export const ImportPanel = () => {
  const queries = useQueryClient()
  const [sent, setSent] = useState<number>()
  const [id, setId] = useState<string>()
  const [fault, setFault] = useState<string>()
  const [pasted, setPasted] = useState('')
  const [pasting, setPasting] = useState(false)
  const job = useQuery({
    queryKey: ['plans', 'job', id],
    enabled: id !== undefined,
    queryFn: async () =>
      (await (await plansClient.plans.jobs[':id'].$get({ param: { id: id ?? '' } })).json()) as ImportJob,
    refetchInterval: ({ state }) => (state.data?.stage === 'done' || state.data?.stage === 'failed' ? false : 400),
    retry: false,
  })
  const stage = job.data?.stage
  useEffect(() => {
    if (stage === 'done') void queries.invalidateQueries({ queryKey: ['plans', 'list'] })
  }, [stage, queries])
  const take = async (file: Blob, name: string) => {
    setFault(undefined)
    setId(undefined)
    setSent(0)
    try {
      setId(await sendFile(file, name, setSent))
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
      setSent(undefined)
    }
  }
  const busy = sent !== undefined && !fault && !job.error && stage !== 'done' && stage !== 'failed'
  return (
    <section aria-label="导入方案" style={{ marginBottom: 24 }} className="no-print">
      <Upload.Dragger
        accept={TAKEN}
        multiple={false}
        showUploadList={false}
        disabled={busy}
        beforeUpload={(file) => {
          void take(file, file.name)
          return false
        }}
      >
        <Flex vertical align="center" gap={4} style={{ padding: 8 }}>
          <InboxOutlined style={{ fontSize: 32, color: '#0b5cab' }} aria-hidden />
          <span>把方案文件拖到这里，或点这里选择</span>
          <span style={{ color: 'rgba(0,0,0,.65)', fontSize: 13 }}>
            Word、Excel、PDF、OFD、网页、文本，不超过20MB；涉密文件不能放到这里
          </span>
        </Flex>
      </Upload.Dragger>
      <Flex vertical gap={8} style={{ marginTop: 8 }}>
        {!pasting && (
          <Button type="link" style={{ alignSelf: 'flex-start', padding: 0 }} onClick={() => setPasting(true)}>
            或者粘贴方案全文
          </Button>
        )}
        {pasting && (
          <>
            <Input.TextArea
              aria-label="方案全文"
              rows={6}
              value={pasted}
              placeholder="从标题到落款，整篇粘贴"
              onChange={({ target }) => setPasted(target.value)}
            />
            <Button
              style={{ alignSelf: 'flex-start' }}
              disabled={busy || pasted.trim() === ''}
              onClick={() => void take(new Blob([pasted]), '粘贴的文字.txt')}
            >
              导入这段文字
            </Button>
          </>
        )}
        {busy && <Progressing sent={sent ?? 0} job={job.data} />}
        {fault && <Alert type="error" showIcon title={fault} />}
        {job.error && <Alert type="error" showIcon title={job.error.message} />}
        {job.data && !busy && <Outcome job={job.data} />}
      </Flex>
    </section>
  )
}
