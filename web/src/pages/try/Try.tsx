import { BulbOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Drawer, Flex, Grid, Result, Select, Spin, Typography } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { type DragEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { FILE_MB } from '../../../../src/http/shapes/shared.ts'
import type { TryHint, TryPerson, TryRoom, TryState } from '../../../../src/http/shapes/try.ts'
import type { Intent } from '../../../../src/model/intent.ts'
import { roleWords } from '../../../../src/model/person.ts'
import { ApiError } from '../../lib/api.ts'
import { newId } from '../../lib/id.ts'
import { ClockBar } from './ClockBar.tsx'
import { Composer } from './Composer.tsx'
import { tryClient, useNews } from './client.ts'
import { Hints } from './Hints.tsx'
import { Messages } from './Messages.tsx'
import './try.css'

const Absent = () => (
  <Result
    status="404"
    title={<h1 style={{ fontSize: 20 }}>这里没有模拟群</h1>}
    subTitle="它只在演示里有（npm start），并且要在运行它的那台电脑上打开。"
  />
)

/** `孟予安（市财政局 联络员）`. */
const personWords = ({ name, role, units }: TryPerson): string => `${name}（${[...units, roleWords[role]].join(' ')}）`

/** How far each room was read, and of which demo. */
const useUnread = (epoch: string, newest: ReadonlyMap<string, number>, here: string) => {
  const read = useRef<{ epoch: string; rooms: Map<string, number> }>({ epoch: '', rooms: new Map() })
  if (read.current.epoch !== epoch) read.current = { epoch, rooms: new Map(newest) }
  read.current.rooms.set(here, newest.get(here) ?? 0)
  return (room: string): boolean => (newest.get(room) ?? 0) > (read.current.rooms.get(room) ?? 0)
}

const Chat = ({ state, again }: { state: TryState; again: () => void }) => {
  const { message, modal } = App.useApp()
  const wide = Grid.useBreakpoint().lg ?? true
  const [query, setQuery] = useSearchParams()
  const { epoch, clock, messages, fault, refresh } = useNews()
  const [text, setText] = useState('')
  const [mention, setMention] = useState(true)
  const [hinting, setHinting] = useState(false)
  const [over, setOver] = useState(false)
  const input = useRef<TextAreaRef>(null)
  const { people, botName } = state

  const me = people.find(({ account }) => account === query.get('as')) ?? (people[0] as TryPerson)
  const single: TryRoom = { key: me.room, name: '与机器人单聊', about: '只有您和机器人' }
  const rooms = [...state.rooms, single]
  const here = rooms.find(({ key }) => key === query.get('room')) ?? (rooms[0] as TryRoom)
  const alone = here.key === me.room
  const go = (account: string, room: string) => {
    const own = people.find((one) => one.account === account)
    const kept = state.rooms.some(({ key }) => key === room)
    setQuery({ as: account, room: kept ? room : (own?.room ?? room) }, { replace: true })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: another epoch is another demo, with numbers of its own
  useEffect(() => {
    if (epoch !== '' && epoch !== state.epoch) again()
  }, [epoch, state.epoch])

  const newest = useMemo(
    () => new Map(messages.map(({ room, ref }) => [room, Number(ref.split('-').pop())])),
    [messages],
  )
  const isUnread = useUnread(epoch, newest, here.key)
  const failed = (error: Error) => void message.error(error.message)
  const place = () => ({ id: newId(), account: me.account, room: here.key })

  const say = useMutation({
    mutationFn: (words: string) => tryClient.try.messages.$post({ json: { ...place(), text: words, mention } }),
    onSuccess: () => {
      setText('')
      // Who is bound has a name from then on, and what there is to try is something else.
      again()
    },
    onError: failed,
  })
  const press = useMutation({
    mutationFn: ({ button, filled }: { button: Intent; filled?: Record<string, unknown> }) =>
      tryClient.try.presses.$post({ json: { ...place(), button, ...(filled && { filled }) } }),
    onError: failed,
  })
  const drop = useMutation({
    mutationFn: (file: File) =>
      tryClient.try.files.$post({ form: { ...place(), mention: alone || mention ? 'yes' : 'no', file } }),
    onError: failed,
  })
  const restart = useMutation({ mutationFn: () => tryClient.try.again.$post(), onError: failed })

  const send = () => {
    if (text.trim() !== '' && !say.isPending) say.mutate(text)
  }
  const sendFile = (file: File) => {
    if (file.size > FILE_MB << 20) void message.error(`文件太大：不超过 ${FILE_MB} MB`)
    else drop.mutate(file)
  }
  const dropped = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) sendFile(file)
  }
  const tryHint = (hint: TryHint) => {
    go(hint.account, hint.room)
    setText(hint.text)
    setMention(true)
    setHinting(false)
    input.current?.focus()
  }
  /** What there is to try depends on the day. */
  const moved = () => {
    again()
    refresh().catch(failed)
  }
  const askAnew = () =>
    modal.confirm({
      title: '重新开始？',
      content: '演示的台账、消息和时钟都回到最初，您做过的不保留。',
      okText: '重新开始',
      onOk: () => restart.mutateAsync(),
    })

  const hints = <Hints hints={state.hints} people={people} rooms={state.rooms} onTry={tryHint} />
  const roomName = (room: TryRoom) => (isUnread(room.key) ? `${room.name} · 新消息` : room.name)
  return (
    <div className={wide ? 'try' : 'try narrow'}>
      <header className="try-head">
        <Typography.Title level={1} style={{ fontSize: 18, margin: 0 }}>
          模拟群 · {state.office}督办演示
        </Typography.Title>
        {clock && <ClockBar clock={clock} onMoved={moved} />}
        <span style={{ flex: 1 }} />
        {!wide && (
          <Button size="small" icon={<BulbOutlined />} onClick={() => setHinting(true)}>
            试试看
          </Button>
        )}
        <Button size="small" onClick={askAnew}>
          重新开始
        </Button>
        <Button size="small" href="/signin">
          网页版
        </Button>
      </header>
      {fault !== undefined && <Alert type="warning" showIcon title="正在连接服务器……" banner />}
      <div className="try-body">
        {wide && (
          <nav aria-label="群" className="try-rooms">
            {rooms.map((room) => (
              <button
                key={room.key}
                type="button"
                aria-current={room.key === here.key ? 'true' : undefined}
                onClick={() => go(me.account, room.key)}
              >
                <b>{roomName(room)}</b>
                <span>{room.about}</span>
              </button>
            ))}
            <p>消息只存在内存里，服务重启就没有了；台账在数据库里。</p>
          </nav>
        )}
        <main
          className={over ? 'try-chat over' : 'try-chat'}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={dropped}
        >
          <Flex gap={8} wrap align="center" className="try-who">
            {!wide && (
              <Select
                aria-label="群"
                value={here.key}
                onChange={(room) => go(me.account, room)}
                options={rooms.map((room) => ({ value: room.key, label: roomName(room) }))}
                style={{ flex: 1, minWidth: 150 }}
              />
            )}
            {wide && (
              <Typography.Title level={2} style={{ fontSize: 16, margin: 0, flex: 1 }}>
                {here.name}
              </Typography.Title>
            )}
            {wide && <span>以谁的身份说话</span>}
            <Select
              aria-label="以谁的身份说话"
              value={me.account}
              onChange={(account) => go(account, alone ? '' : here.key)}
              options={people.map((one) => ({
                value: one.account,
                label: one !== me && isUnread(one.room) ? `${personWords(one)} · 新消息` : personWords(one),
              }))}
              popupMatchSelectWidth={false}
              style={wide ? { width: 260 } : { flex: 1, minWidth: 150 }}
            />
          </Flex>
          <Messages
            messages={messages.filter(({ room }) => room === here.key)}
            people={people}
            account={me.account}
            botName={botName}
            label={here.name}
            actions={{
              press: ({ intent }) => press.mutate({ button: intent }),
              fill: ({ intent }, filled) => press.mutate({ button: intent, filled }),
              busy: press.isPending,
            }}
          />
          <Composer
            {...{ text, mention, alone, botName, input }}
            onText={setText}
            onSend={send}
            onFile={sendFile}
            onMention={setMention}
            busy={say.isPending || drop.isPending}
          />
        </main>
        {wide ? (
          <aside className="try-side">{hints}</aside>
        ) : (
          <Drawer open={hinting} onClose={() => setHinting(false)} size={330} title="可以试的">
            {hints}
          </Drawer>
        )}
      </div>
    </div>
  )
}

/** The simulated group: speak as anybody of the demo, and see what the bot says. */
export default function Try() {
  const state = useQuery({
    queryKey: ['try', 'state'],
    queryFn: async () => (await (await tryClient.try.state.$get()).json()) as TryState,
    staleTime: Number.POSITIVE_INFINITY,
  })
  useEffect(() => {
    document.title = '模拟群 · 督办'
  }, [])
  if (state.error instanceof ApiError && state.error.status === 404) return <Absent />
  if (state.error)
    return (
      <Result
        status="warning"
        title={state.error.message}
        extra={<Button onClick={() => void state.refetch()}>再试一次</Button>}
      />
    )
  if (!state.data) return <Spin style={{ display: 'block', marginTop: 96 }} />
  return <Chat state={state.data} again={() => void state.refetch()} />
}
