import { FileOutlined } from '@ant-design/icons'
import { Empty } from 'antd'
import { useEffect, useRef } from 'react'
import type { TryMessage, TryPerson } from '../../../../src/http/shapes/try.ts'
import type { Card } from '../../../../src/model/card.ts'
import { roleWords } from '../../../../src/model/person.ts'
import { type CardActions, CardView } from '../../card/CardView.tsx'
import { Words } from './Words.tsx'

const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`

interface Props {
  messages: readonly TryMessage[]
  people: readonly TryPerson[]
  account: string
  botName: string
  label: string
  actions: CardActions
}

/** One room's messages, the newest last and in sight. */
export const Messages = ({ messages, people, account, botName, label, actions }: Props) => {
  const box = useRef<HTMLDivElement>(null)
  const last = messages[messages.length - 1]?.ref
  // biome-ignore lint/correctness/useExhaustiveDependencies: it moves when something new has come or another room is shown
  useEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight
  }, [last, label])
  const names = [botName, ...people.map(({ name }) => name)]
  const roleOf = (who: string) => {
    const person = people.find((one) => one.account === who)
    return person ? [...person.units, roleWords[person.role]].join(' ') : ''
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to be reached with the keyboard
    <div ref={box} className="try-messages" role="log" aria-label={`${label}的消息`} tabIndex={0}>
      {messages.length === 0 && <Empty description="这里还没有消息" image={Empty.PRESENTED_IMAGE_SIMPLE} />}
      {messages.map(({ ref, from, at, text, card, file, mention, turned }) => {
        const own = from?.account === account
        return (
          <article key={ref} className={`try-message ${from ? (own ? 'own' : 'other') : 'bot'}`}>
            <header>
              <b>{from ? from.name : botName}</b> <span>{from ? roleOf(from.account) : '机器人'}</span>{' '}
              <time>{at}</time>
              {turned && <span> · 已更新</span>}
            </header>
            {mention.length > 0 && (
              <p className="try-bubble">
                <Words text={mention.map((name) => `@${name}`).join(' ')} names={mention} />
              </p>
            )}
            {file && (
              <p className="try-bubble">
                <FileOutlined aria-label="文件" /> {file.name}（{sizeOf(file.size)}）
              </p>
            )}
            {text !== '' && (
              <p className="try-bubble">
                <Words text={text} names={names} />
              </p>
            )}
            {card !== undefined && <CardView card={card as Card} actions={actions} />}
          </article>
        )
      })}
    </div>
  )
}
