import { PaperClipOutlined } from '@ant-design/icons'
import { Button, Flex, Input, Switch, Tooltip } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import type { KeyboardEvent, RefObject } from 'react'

interface Props {
  text: string
  onText: (text: string) => void
  onSend: () => void
  onFile: (file: File) => void
  mention: boolean
  onMention: (on: boolean) => void
  /** In a single chat everything is said to the bot. */
  alone: boolean
  botName: string
  busy: boolean
  input: RefObject<TextAreaRef | null>
}

/** Where one writes: Enter sends, Shift and Enter begin a new line, and what an input method composes is its own. */
export const Composer = ({ text, onText, onSend, onFile, mention, onMention, alone, botName, busy, input }: Props) => {
  const keyed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    onSend()
  }
  return (
    <form
      className="try-composer"
      onSubmit={(event) => {
        event.preventDefault()
        onSend()
      }}
    >
      <Input.TextArea
        ref={input}
        aria-label="要说的话"
        placeholder={alone || mention ? `对${botName}说，回车发送` : '说给群里的人听，机器人不一定理会'}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={4000}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={keyed}
      />
      <Flex gap={12} align="center" wrap>
        {!alone && (
          <Tooltip title="群里只有 @ 了机器人的话才算是对它说的">
            <span>
              <Switch size="small" checked={mention} onChange={onMention} aria-label={`@${botName}`} /> @{botName}
            </span>
          </Tooltip>
        )}
        <label className="try-file">
          <PaperClipOutlined /> 发文件
          <input
            type="file"
            aria-label="发文件"
            onChange={(event) => {
              const [file] = event.target.files ?? []
              if (file) onFile(file)
              event.target.value = ''
            }}
          />
        </label>
        <span style={{ flex: 1 }} />
        <Button type="primary" htmlType="submit" autoInsertSpace={false} disabled={text.trim() === ''} loading={busy}>
          发送
        </Button>
      </Flex>
    </form>
  )
}
