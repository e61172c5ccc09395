import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Flex, Input, Typography } from 'antd'
import { useState } from 'react'
import type { PlanHead } from '../../../../src/http/shapes/plans.ts'
import { plansClient } from './client.ts'

const names: Record<keyof PlanHead, string> = {
  ...{ title: '标题', number: '文号', issuer: '发文机关', issuedOn: '印发日期', year: '年度', code: '简称' },
}
const fields = Object.keys(names) as (keyof PlanHead)[]

/** The head of a draft with its short name, corrected in place. */
export const HeadForm = ({ plan, head, onDone }: { plan: string; head: PlanHead; onDone(): void }) => {
  const [values, setValues] = useState(() =>
    Object.fromEntries(fields.map((field) => [field, String(head[field] || '')])),
  )
  const save = useMutation({
    mutationFn: async () => {
      const written = { ...values, year: Number(values.year) || 0 } as unknown as PlanHead
      const moved = fields.filter((field) => written[field] !== head[field])
      const of = (from: PlanHead) => Object.fromEntries(moved.map((field) => [field, from[field]]))
      await plansClient.plans[':id'].head.$patch({ param: { id: plan }, json: { was: of(head), now: of(written) } })
    },
    onSuccess: onDone,
    onError: onDone,
  })
  return (
    <form
      aria-label="修改文件要素"
      className="plan-editor"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      {fields.map((field) => (
        <div key={field} className="plan-field">
          <Typography.Text>{names[field]}</Typography.Text>
          <Input
            aria-label={names[field]}
            value={values[field] ?? ''}
            placeholder={field === 'issuedOn' ? '如 2026-03-20' : ''}
            onChange={({ target }) => setValues({ ...values, [field]: target.value })}
          />
        </div>
      ))}
      {save.error && <Alert type="error" showIcon title={save.error.message} />}
      {save.isSuccess && <Alert type="success" showIcon title="已保存" />}
      <Flex>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          保存
        </Button>
      </Flex>
    </form>
  )
}
