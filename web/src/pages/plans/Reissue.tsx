import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Spin, Typography } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ReissueDifference } from '../../../../src/http/shapes/plans.ts'
import { AnswerForm } from './AnswerForm.tsx'
import { plansClient } from './client.ts'
import { Mark } from './Mark.tsx'

const signColour: Record<string, string> = { 新增: '#237804', 变更: '#955500', 删去: '#cf1322', 随之调整: '#595959' }

const Moved = ({ name, before, after }: { name: string; before: string; after: string }) => (
  <li>
    {name}：<del>{before || '（空）'}</del> → <ins>{after || '（空）'}</ins>
  </li>
)

const TaskMoved = ({ task }: { task: ReissueDifference['tasks'][number] }) => (
  <li style={{ marginBottom: 12 }}>
    <Mark colour={signColour[task.sign] ?? '#595959'}>{task.sign}</Mark>
    <strong>{task.number}号</strong> {task.text}
    <ul>
      {task.sign === '新增' && (
        <>
          <li>单位：{task.units}</li>
          <li>时限：{task.limits}</li>
        </>
      )}
      {task.fields.map((field) => (
        <Moved key={field.name} {...field} />
      ))}
      {task.effect && <li>责任事项：{task.effect}</li>}
    </ul>
  </li>
)

/** A new version of a released plan beside the ledger; nothing is written before it is confirmed. */
export const Reissue = ({ job }: { job: string }) => {
  const queries = useQueryClient()
  const [answers, setAnswers] = useState<{ key: string; answer: string }[]>([])
  const difference = useQuery({
    queryKey: ['plans', 'difference', job, answers],
    queryFn: async () => {
      const asked = await plansClient.plans.jobs[':id'].difference.$post({ param: { id: job }, json: { answers } })
      return (await asked.json()) as ReissueDifference
    },
    placeholderData: (before) => before,
    retry: false,
  })
  const apply = useMutation({
    mutationFn: async (version: number) => {
      const done = await plansClient.plans.jobs[':id'].apply.$post({ param: { id: job }, json: { answers, version } })
      return done.json()
    },
    onSuccess: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'difference' }),
    onError: () => void difference.refetch(),
  })
  if (difference.error) return <Alert type="error" showIcon title={difference.error.message} />
  if (!difference.data) return <Spin />
  const { code, plan, added, changed, dropped, head, commonMoved, tasks, questions, version } = difference.data
  if (apply.isSuccess)
    return (
      <Alert
        type="success"
        showIcon
        title={
          <span>
            已按新一稿修订{' '}
            <Link to={`/plans/${plan}`} className="plan-link">
              {code}
            </Link>
          </span>
        }
      />
    )
  const [question] = questions
  return (
    <section aria-label="新一稿的差异" style={{ background: '#fff', padding: 16, border: '1px solid #e4e4e4' }}>
      <Typography.Title level={2} style={{ fontSize: 17, marginTop: 0 }}>
        这是已下达的 {code} 的另一稿：新增{added}项、变更{changed}项、删去{dropped}项
      </Typography.Title>
      <Typography.Paragraph type="secondary">还没有改动台账。已经反馈、办结的事项都会保留。</Typography.Paragraph>
      {head.length > 0 && (
        <ul>
          {head.map((one) => (
            <Moved key={one.name} {...one} />
          ))}
        </ul>
      )}
      {commonMoved && <p>共性工作有变化</p>}
      <ul style={{ listStyle: 'none', padding: 0 }}>
        {tasks.map((task) => (
          <TaskMoved key={`${task.sign}${task.number}`} task={task} />
        ))}
      </ul>
      {question && (
        <AnswerForm
          key={question.key}
          question={question}
          count={`还有${questions.length}个问题，不答就按建议处理`}
          units={[]}
          onAnswer={async (answer) => setAnswers([...answers, { key: question.key, answer }])}
        />
      )}
      {apply.error && <Alert type="warning" showIcon title={apply.error.message} style={{ marginBottom: 8 }} />}
      <Flex gap={8} wrap>
        <Button type="primary" loading={apply.isPending} onClick={() => apply.mutate(version)}>
          确认，按新一稿修订台账
        </Button>
        <Link to={`/plans/${plan}`}>
          <Button>不改，看现在的方案</Button>
        </Link>
      </Flex>
    </section>
  )
}
