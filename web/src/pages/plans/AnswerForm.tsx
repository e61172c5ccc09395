import { Alert, Button, Flex, Input, Select, Typography } from 'antd'
import { useState } from 'react'
import type { PlanQuestion } from '../../../../src/http/shapes/plans.ts'

const hints: Record<PlanQuestion['form'], string> = {
  units: '单位名称',
  day: '日期，如 2026-08-25',
  limit: '时限，如 2026年8月25日前、每季度',
  words: '答复',
}

interface Asked {
  question: PlanQuestion
  count: string
  units: readonly string[]
  /** Rejects with what the answer should be. */
  onAnswer(answer: string): Promise<void>
  onSkip?: () => void
}

/** One question of a plan: its proposal, what else a press answers, or words of one's own. */
export const AnswerForm = ({ question, count, units, onAnswer, onSkip }: Asked) => {
  const [words, setWords] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  const answer = async (said: string) => {
    setBusy(true)
    setWrong(undefined)
    try {
      await onAnswer(said)
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  const { form } = question
  return (
    <section aria-label="要确认的问题" className="plan-question">
      <Flex justify="space-between" wrap gap={8}>
        <Typography.Text strong>{count}</Typography.Text>
        <Typography.Text type="secondary">
          {question.kind}
          {question.place && ` · ${question.place}`}
        </Typography.Text>
      </Flex>
      <Typography.Paragraph style={{ margin: '8px 0' }}>{question.text}</Typography.Paragraph>
      <Flex gap={8} wrap>
        <Button type="primary" loading={busy} onClick={() => void answer('')}>
          按建议：{question.proposal}
        </Button>
        {question.choices.map((choice) => (
          <Button key={choice} disabled={busy} onClick={() => void answer(choice)}>
            {choice}
          </Button>
        ))}
        {onSkip && (
          <Button type="text" onClick={onSkip}>
            先跳过
          </Button>
        )}
      </Flex>
      <Flex gap={8} style={{ marginTop: 8 }}>
        {form === 'units' && units.length > 0 ? (
          <Select
            mode="multiple"
            aria-label={hints.units}
            placeholder="或者选通讯录上的单位"
            style={{ flex: 1, minWidth: 0 }}
            options={units.map((value) => ({ value, label: value }))}
            onChange={(names: string[]) => setWords(names.join('、'))}
          />
        ) : (
          <Input
            aria-label={hints[form]}
            placeholder={`或者写${hints[form]}`}
            value={words}
            onChange={({ target }) => setWords(target.value)}
            onPressEnter={() => words.trim() && void answer(words)}
          />
        )}
        <Button disabled={busy || words.trim() === ''} onClick={() => void answer(words)}>
          这样答复
        </Button>
      </Flex>
      {wrong && <Alert type="warning" showIcon title={wrong} style={{ marginTop: 8 }} />}
    </section>
  )
}
