import { PlusOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Collapse, Flex, Grid, Spin, Tabs, Typography } from 'antd'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import type { PlanPage, PlanTask } from '../../../../src/http/shapes/plans.ts'
import { isOffice } from '../../../../src/model/person.ts'
import { ApiError } from '../../lib/api.ts'
import { useMe } from '../../lib/me.tsx'
import { dayWords } from '../../lib/moments.ts'
import { rereadAll } from '../../lib/query.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { lightLook } from '../../theme.ts'
import { AnswerForm } from './AnswerForm.tsx'
import { plansClient } from './client.ts'
import { type DocumentLine, DocumentPane, linesOf } from './DocumentPane.tsx'
import { HeadForm } from './HeadForm.tsx'
import { Mark, StateMark } from './Mark.tsx'
import { ReleaseDialog } from './ReleaseDialog.tsx'
import { blankTask, TaskEditor } from './TaskEditor.tsx'

const Lights = ({ duties }: { duties: NonNullable<PlanTask['duties']> }) => (
  <Flex gap={8} wrap>
    {(['red', 'yellow', 'green'] as const).map(
      (light) =>
        duties[light] > 0 && (
          <span key={light} style={{ color: lightLook[light].colour }}>
            ● {lightLook[light].word}
            {duties[light]}
          </span>
        ),
    )}
    {duties.done > 0 && <span>已办结{duties.done}</span>}
    {duties.other > 0 && <Typography.Text type="secondary">其他{duties.other}</Typography.Text>}
  </Flex>
)

const Facts = ({ task }: { task: PlanTask }) => (
  <dl className="plan-facts">
    <dt>牵头</dt>
    <dd>
      {task.lead.join('、') || '（无）'}
      {task.openEnded && '等'}
      {task.divided && '（按职责分工）'}
    </dd>
    {task.support.length > 0 && (
      <>
        <dt>配合</dt>
        <dd>{task.support.join('、')}</dd>
      </>
    )}
    <dt>时限</dt>
    <dd>{task.limits.map(({ words }) => words).join('；') || '（没有写时限）'}</dd>
  </dl>
)

interface TaskProps {
  page: PlanPage
  task: PlanTask
  selected: boolean
  editing: boolean
  onSelect(): void
  onEdit(number: string | undefined): void
  onChanged(number: string): void
}

const Task = ({ page, task, selected, editing, onSelect, onEdit, onChanged }: TaskProps) => {
  const asked = page.questions.filter((one) => one.task === task.number).length
  const own = page.state === 'draft' && task.kind === 'demand'
  return (
    <article
      className={selected ? 'plan-task on' : 'plan-task'}
      id={`task-${task.number}`}
      aria-label={`${task.number}号`}
    >
      <Flex gap={8} align="baseline" wrap>
        <Button type={selected ? 'primary' : 'default'} size="small" aria-pressed={selected} onClick={onSelect}>
          {task.number}号
        </Button>
        {task.source.line > 0 && <Typography.Text type="secondary">第{task.source.line}行</Typography.Text>}
        {asked > 0 && <Mark colour={lightLook.yellow.colour}>{`${asked}个问题`}</Mark>}
        <span style={{ flex: 1 }} />
        {task.duties && <Lights duties={task.duties} />}
        {own && !editing && <Button size="small" onClick={() => onEdit(task.number)}>{`修改${task.number}号`}</Button>}
      </Flex>
      {editing ? (
        <TaskEditor
          plan={page.id}
          task={task}
          units={page.units}
          onClose={() => onEdit(undefined)}
          onDone={onChanged}
        />
      ) : (
        <>
          <p className="plan-text">{task.text || '（原文缺这一项的正文）'}</p>
          <Facts task={task} />
        </>
      )}
    </article>
  )
}

/** The questions of a draft one after another, each stored before the next. */
const Questions = ({
  page,
  onShow,
  onAnswered,
}: {
  page: PlanPage
  onShow(question: PlanPage['questions'][number]): void
  onAnswered(): Promise<unknown>
}) => {
  const [skipped, setSkipped] = useState<string[]>([])
  const left = page.questions.filter(({ key }) => !skipped.includes(key))
  const question = left[0]
  // biome-ignore lint/correctness/useExhaustiveDependencies: the next question is shown once, however the page was read again
  useEffect(() => {
    if (question) onShow(question)
  }, [question?.key])
  if (page.questions.length === 0) return <Alert type="success" showIcon title="问题都已确认，可以下达" />
  if (!question)
    return (
      <Alert
        type="info"
        showIcon
        title={`跳过了${page.questions.length}个问题，下达时按建议处理`}
        action={<Button onClick={() => setSkipped([])}>再看一遍</Button>}
      />
    )
  return (
    <AnswerForm
      key={question.key}
      question={question}
      count={`还有${page.questions.length}个问题要确认`}
      units={page.units}
      onSkip={() => setSkipped([...skipped, question.key])}
      onAnswer={async (answer) => {
        const at = { param: { id: page.id }, json: { key: question.key, answer } }
        try {
          const said = (await (await plansClient.plans[':id'].answer.$post(at)).json()) as { wrong?: string }
          if (said.wrong) throw new Error(said.wrong)
        } catch (error) {
          if (error instanceof ApiError && error.status === 409) await onAnswered()
          throw error
        }
        await onAnswered()
      }}
    />
  )
}

/** Document and plan side by side, or on a phone one behind the other. */
const SideBySide = ({
  document,
  plan,
  tab,
  onTab,
}: {
  document: ReactNode
  plan: ReactNode
  tab: string
  onTab(tab: string): void
}) => {
  const wide = Grid.useBreakpoint().lg ?? true
  if (wide)
    return (
      <div className="plan-sides">
        {document}
        <div style={{ minWidth: 0 }}>{plan}</div>
      </div>
    )
  return (
    <Tabs
      activeKey={tab}
      onChange={onTab}
      items={[
        { key: 'plan', label: '任务', children: plan },
        { key: 'document', label: '原文', children: document },
      ]}
    />
  )
}

/** One plan: as a draft to be checked and released, then with the lights of its duties; its document beside it. */
export default function Draft() {
  const { id = '' } = useParams()
  const me = useMe()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const [params, setParams] = useSearchParams()
  const [editing, setEditing] = useState<string>()
  const [adding, setAdding] = useState(false)
  const [releasing, setReleasing] = useState(false)
  const plan = useQuery({
    queryKey: ['plans', 'one', id],
    queryFn: async () => (await (await plansClient.plans[':id'].$get({ param: { id } })).json()) as PlanPage,
  })
  const lines = useQuery({
    queryKey: ['plans', 'lines', id],
    queryFn: async () => {
      const found = (await (await plansClient.plans[':id'].lines.$get({ param: { id } })).json()) as {
        lines: DocumentLine[]
      }
      return found.lines
    },
    staleTime: 60_000,
  })
  const changed = () => rereadAll(queries)
  const chosen = params.get('task') ?? undefined
  const line = Number(params.get('line')) || undefined
  const tab = params.get('tab') ?? (line && !chosen ? 'document' : 'plan')
  const task = plan.data?.tasks.find(({ number }) => number === chosen)
  const known = lines.data
  const marked = useMemo(() => {
    if (task && known) return linesOf(task, known)
    return line ? [line] : []
  }, [task, known, line])
  const go = (next: Record<string, string>) => setParams(next, { replace: true })

  if (plan.error) return <Fault error={plan.error} again={() => void plan.refetch()} />
  if (!plan.data) return <Spin style={{ display: 'block', marginTop: 96 }} />
  const page = plan.data
  const { head, state, tasks, questions } = page
  const office = isOffice(me.person)
  const pick = (at: number) => {
    const found = known && tasks.find((one) => linesOf(one, known).includes(at))
    go(found ? { task: found.number } : { line: String(at) })
    if (found) document.getElementById(`task-${found.number}`)?.scrollIntoView({ block: 'nearest' })
  }
  const body = (
    <Flex vertical gap={12}>
      {state === 'draft' && office && (
        <>
          <Questions
            page={page}
            onShow={({ task: number, line: at }) =>
              go({ ...(number && { task: number }), ...(!number && at > 0 && { line: String(at) }) })
            }
            onAnswered={changed}
          />
          <Collapse
            size="small"
            items={[
              {
                key: 'head',
                label: '文件要素和简称',
                children: <HeadForm key={page.version} plan={id} head={head} onDone={() => void changed()} />,
              },
            ]}
          />
        </>
      )}
      {tasks.map((one) => (
        <Task
          key={one.number}
          page={page}
          task={one}
          selected={one.number === chosen}
          editing={one.number === editing}
          onSelect={() => go({ task: one.number, ...(tab === 'plan' && { tab: 'document' }) })}
          onEdit={(number) => {
            setEditing(number)
            if (number) go({ task: number })
          }}
          onChanged={(number) => {
            setEditing(undefined)
            void message.success(number ? '已保存' : '已删去')
            void changed()
            go(number ? { task: number } : {})
          }}
        />
      ))}
      {state === 'draft' &&
        office &&
        (adding ? (
          <article className="plan-task on">
            <TaskEditor
              plan={id}
              task={blankTask}
              units={page.units}
              onClose={() => setAdding(false)}
              onDone={(number) => {
                setAdding(false)
                void message.success('已加入草稿')
                void changed()
                go({ task: number })
              }}
            />
          </article>
        ) : (
          <Button icon={<PlusOutlined />} style={{ alignSelf: 'flex-start' }} onClick={() => setAdding(true)}>
            加一项任务
          </Button>
        ))}
      {page.common.map(({ text, units, limits, line: at }) => (
        <article key={at} className="plan-task" aria-label="共性工作">
          <Mark>共性工作</Mark>
          <p className="plan-text">{text}</p>
          <dl className="plan-facts">
            <dt>单位</dt>
            <dd>{units.join('、')}</dd>
            <dt>时限</dt>
            <dd>{limits.join('；') || '（没有写时限）'}</dd>
          </dl>
        </article>
      ))}
    </Flex>
  )
  return (
    <>
      <PageTitle title={`${head.code} ${head.title}`} asOf={page.asOf}>
        <StateMark state={state} />
        {state !== 'draft' && (
          <Link to={`/ledger?plan=${id}`}>
            <Button>看台账</Button>
          </Link>
        )}
        {page.kept && (
          <Button href={`/api/plans/${encodeURIComponent(id)}/file`} download>
            下载原文件
          </Button>
        )}
        {office && state === 'draft' && (
          <Button type="primary" onClick={() => setReleasing(true)}>
            下达…
          </Button>
        )}
        {office && state !== 'closed' && (
          <Link to={`/plans/${id}/following`}>
            <Button>接续上一年</Button>
          </Link>
        )}
        {office && state === 'released' && (
          <Link to={`/plans/${id}/close`}>
            <Button>办结…</Button>
          </Link>
        )}
      </PageTitle>
      <Typography.Paragraph type="secondary">
        {[
          head.number,
          head.issuer,
          head.issuedOn && `${dayWords(head.issuedOn, me.today)}印发`,
          page.releasedOn && `${dayWords(page.releasedOn, me.today)}下达`,
          page.startOn && `自${dayWords(page.startOn, me.today)}起计算期次`,
          `${tasks.filter(({ kind }) => kind === 'demand').length}项任务`,
          state === 'draft' && `${questions.length}个问题`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography.Paragraph>
      <SideBySide
        tab={tab}
        onTab={(key) => go({ ...(chosen && { task: chosen }), tab: key })}
        document={<DocumentPane lines={known ?? []} marked={marked} onPick={pick} />}
        plan={body}
      />
      {releasing && (
        <ReleaseDialog
          plan={id}
          code={head.code}
          version={page.version}
          onClose={() => setReleasing(false)}
          onDone={() => {
            setReleasing(false)
            void message.success(`已下达 ${head.code}`)
            void changed()
          }}
        />
      )}
    </>
  )
}
