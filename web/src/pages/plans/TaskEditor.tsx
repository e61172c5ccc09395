import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Flex, Input, Popconfirm, Select, Typography } from 'antd'
import { useEffect, useState } from 'react'
import type { LimitRounds, PlanTask } from '../../../../src/http/shapes/plans.ts'
import { type DutyState, stateWords } from '../../../../src/model/duty.ts'
import { ApiError } from '../../lib/api.ts'
import { plansClient } from './client.ts'

interface Limit {
  was?: number
  words: string
}

/** What stands in the form. */
interface Values {
  number: string
  text: string
  lead: string[]
  support: string[]
  divided: boolean
  openEnded: boolean
  limits: Limit[]
}

const valuesOf = (task: PlanTask): Values => ({
  number: task.number,
  text: task.text,
  lead: task.lead,
  support: task.support,
  divided: task.divided,
  openEnded: task.openEnded,
  limits: task.limits.map(({ words }, was) => ({ was, words })),
})

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
const fieldNames: Record<keyof Values, string> = {
  ...{ number: '编号', text: '任务内容', lead: '牵头单位', support: '配合单位' },
  ...{ divided: '按职责分工', openEnded: '名单未列全', limits: '时限' },
}

const wordsOf = (value: Values[keyof Values]): string => {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return value
  return value.map((one) => (typeof one === 'string' ? one : one.words)).join('、') || '（无）'
}

/** What was being written when the page went away (a session over, a tab closed) is there again. */
const keyOf = (plan: string, task: PlanTask) => `duban.plan.${plan}.${task.number}`
const kept = (plan: string, task: PlanTask): Values | undefined => {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(plan, task)) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** The rounds that the written time limits come to, as the server counts them while one writes. */
const Rounds = ({ plan, task, limits }: { plan: string; task: string; limits: Limit[] }) => {
  const [asked, setAsked] = useState(limits)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(limits), 300)
    return () => clearTimeout(timer)
  }, [limits])
  const written = asked.filter(({ words }) => words.trim() !== '')
  const preview = useQuery({
    queryKey: ['plans', 'limits', plan, task, written],
    queryFn: async () => {
      const found = await plansClient.plans[':id'].deadline.$post({
        param: { id: plan },
        json: { task, limits: written },
      })
      return (await found.json()) as LimitRounds
    },
    placeholderData: (before) => before,
  })
  if (!preview.data) return null
  const { wrong, rules, rounds } = preview.data
  if (wrong) return <Alert type="warning" showIcon title={wrong} />
  return (
    <div aria-live="polite" className="plan-rounds">
      <Typography.Text type="secondary">
        {rules.length > 0 ? `读作：${rules.join('；')}` : '没有时限：持续推进'}
      </Typography.Text>
      <ul>
        {rounds.map(({ round, dueOn, provisional, state }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rounds may be alike
          <li key={i}>
            {dueOn ? `${round}期 ${dueOn}到期${provisional ? '（暂定）' : ''}` : stateWords[state as DutyState]}
          </li>
        ))}
      </ul>
    </div>
  )
}

const Names = (props: {
  label: string
  value: string[]
  units: readonly string[]
  onChange(names: string[]): void
}) => (
  <div>
    <Typography.Text>{props.label}</Typography.Text>
    <Select
      mode="tags"
      aria-label={props.label}
      style={{ width: '100%' }}
      value={props.value}
      options={props.units.map((value) => ({ value, label: value }))}
      onChange={props.onChange}
      tokenSeparators={['、', '，', ',']}
    />
  </div>
)

/** What somebody else made of the task meanwhile, beside one's own; which stands is chosen. */
const Conflict = ({ mine, now, keep, take }: { mine: Values; now: PlanTask; keep(): void; take(): void }) => {
  const theirs = valuesOf(now)
  const moved = (Object.keys(fieldNames) as (keyof Values)[]).filter((field) => !same(mine[field], theirs[field]))
  return (
    <Alert
      type="warning"
      showIcon
      title="别人刚改过这项任务，您的修改还没有保存"
      description={
        <>
          <table className="card-table">
            <thead>
              <tr>
                <th scope="col" />
                <th scope="col">您写的</th>
                <th scope="col">现在是</th>
              </tr>
            </thead>
            <tbody>
              {moved.map((field) => (
                <tr key={field}>
                  <th scope="row">{fieldNames[field]}</th>
                  <td>{wordsOf(mine[field])}</td>
                  <td>{wordsOf(theirs[field])}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Flex gap={8} style={{ marginTop: 8 }} wrap>
            <Button type="primary" onClick={keep}>
              用我写的
            </Button>
            <Button onClick={take}>用现在的</Button>
          </Flex>
        </>
      }
    />
  )
}

interface Editing {
  plan: string
  task: PlanTask
  units: readonly string[]
  onDone(number: string): void
  onClose(): void
}

/** What a new task begins with: no version of it is stored. */
export const blankTask: PlanTask = {
  ...{ number: '', version: 0, kind: 'demand', section: [], text: '', lead: [], support: [] },
  ...{ openEnded: false, divided: false, limits: [], note: '', source: { line: 0, raw: '' }, lines: [] },
}

/** A task of a draft corrected in place, or written anew. */
export const TaskEditor = ({ plan, task, units, onDone, onClose }: Editing) => {
  const [base, setBase] = useState(task)
  const [left] = useState(() => kept(plan, task))
  const [values, setValues] = useState(left ?? valuesOf(task))
  const [other, setOther] = useState<PlanTask>()
  const set = (part: Partial<Values>) => {
    const next = { ...values, ...part }
    setValues(next)
    sessionStorage.setItem(keyOf(plan, task), JSON.stringify(next))
  }
  const done = (number: string) => {
    sessionStorage.removeItem(keyOf(plan, task))
    onDone(number)
  }
  const isNew = task.version === 0
  const at = { param: { id: plan, number: task.number } }
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.status === 409 && error.now) setOther(error.now as PlanTask)
  }
  const save = useMutation({
    mutationFn: async () => {
      if (isNew) {
        const limits = values.limits.filter(({ words }) => words.trim() !== '')
        await plansClient.plans[':id'].tasks.$post({ param: { id: plan }, json: { ...values, limits } })
        return
      }
      const was = valuesOf(base)
      const moved = Object.entries({
        ...values,
        limits: values.limits.filter(({ words }) => words.trim() !== ''),
      }).filter(([field, value]) => !same(value, was[field as keyof Values]))
      const json = { version: base.version, ...(Object.fromEntries(moved) as Partial<Values>) }
      await plansClient.plans[':id'].tasks[':number'].$patch({ ...at, json })
    },
    onSuccess: () => done(values.number.trim()),
    onError,
  })
  const drop = useMutation({
    mutationFn: async () => {
      await plansClient.plans[':id'].tasks[':number'].drop.$post({ ...at, json: { version: base.version } })
    },
    onSuccess: () => done(''),
    onError,
  })
  const error = save.error ?? drop.error
  return (
    <form
      aria-label={isNew ? '新任务' : `修改${task.number}号任务`}
      className="plan-editor"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      {left && <Alert type="info" showIcon title="这里是您上次没有保存的修改" />}
      {other && (
        <Conflict
          mine={values}
          now={other}
          keep={() => {
            setBase(other)
            setOther(undefined)
            save.reset()
          }}
          take={() => {
            setBase(other)
            setValues(valuesOf(other))
            setOther(undefined)
            save.reset()
          }}
        />
      )}
      <Flex gap={8}>
        <Input
          addonBefore="编号"
          aria-label="编号"
          value={values.number}
          onChange={({ target }) => set({ number: target.value })}
          style={{ maxWidth: 200 }}
        />
      </Flex>
      <Input.TextArea
        aria-label="任务内容"
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={values.text}
        onChange={({ target }) => set({ text: target.value })}
      />
      <Names label="牵头单位" value={values.lead} units={units} onChange={(lead) => set({ lead })} />
      <Names label="配合单位" value={values.support} units={units} onChange={(support) => set({ support })} />
      <Flex gap={16} wrap>
        <Checkbox checked={values.divided} onChange={({ target }) => set({ divided: target.checked })}>
          按职责分工（各牵头单位先认领）
        </Checkbox>
        <Checkbox checked={values.openEnded} onChange={({ target }) => set({ openEnded: target.checked })}>
          名单未列全（“等”）
        </Checkbox>
      </Flex>
      <Typography.Text>时限</Typography.Text>
      {values.limits.map((limit, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place in the list is what it is
        <Flex key={i} gap={8}>
          <Input
            aria-label={`时限${i + 1}`}
            value={limit.words}
            placeholder="如 2026年8月25日前、每季度"
            onChange={({ target }) =>
              set({ limits: values.limits.map((one, at) => (at === i ? { ...one, words: target.value } : one)) })
            }
          />
          <Button
            aria-label={`删去时限${i + 1}`}
            icon={<DeleteOutlined />}
            onClick={() => set({ limits: values.limits.filter((_, at) => at !== i) })}
          />
        </Flex>
      ))}
      <Button
        icon={<PlusOutlined />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => set({ limits: [...values.limits, { words: '' }] })}
      >
        加一个时限
      </Button>
      {!isNew && <Rounds plan={plan} task={task.number} limits={values.limits} />}
      {error && !other && <Alert type="error" showIcon title={error.message} />}
      <Flex gap={8} wrap>
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={other !== undefined}>
          保存
        </Button>
        <Button
          onClick={() => {
            sessionStorage.removeItem(keyOf(plan, task))
            onClose()
          }}
        >
          取消
        </Button>
        <span style={{ flex: 1 }} />
        {!isNew && (
          <Popconfirm title="它不是一项任务，从草稿中删去？" okText="删去" onConfirm={() => drop.mutate()}>
            <Button danger>删去这项</Button>
          </Popconfirm>
        )}
      </Flex>
    </form>
  )
}
