import { Alert, Button, Flex, Input, Space } from 'antd'
import { useState } from 'react'
import type { Card } from '../../../src/model/card.ts'
import type { Deed } from '../lib/act.ts'
import { CardView } from './CardView.tsx'

/** Words to the bot, where it asked back: the number of an option, or what it wants to know. */
const Reply = ({ send, busy }: { send: (deed: Deed) => void; busy: boolean }) => {
  const [text, setText] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim()) send({ text: text.trim() })
      }}
    >
      <Space.Compact style={{ width: '100%', maxWidth: 360 }}>
        <Input
          aria-label="回答"
          placeholder="写序号，或直接写答复"
          maxLength={1000}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Button htmlType="submit" type="primary" loading={busy} disabled={!text.trim()}>
          回答
        </Button>
      </Space.Compact>
    </form>
  )
}

/** What the bot answered to something that was done on a page, and what goes on from there: its buttons, or an answer to it. */
export const Answer = (props: {
  answer: { card?: Card; asks: boolean }
  send: (deed: Deed) => void
  busy: boolean
}) => {
  const { answer, send, busy } = props
  if (!answer.card) return <Alert type="success" title="已登记" role="status" />
  return (
    <Flex vertical gap={8} role="status">
      <CardView
        card={answer.card}
        actions={{
          busy,
          press: ({ intent }) => send({ intent }),
          fill: ({ intent }, filled) => send({ intent, filled }),
        }}
      />
      {answer.asks && <Reply send={send} busy={busy} />}
    </Flex>
  )
}
