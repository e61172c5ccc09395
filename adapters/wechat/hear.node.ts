import { setTimeout as pause } from 'node:timers/promises'
import type { Wechaty } from 'wechaty'
import type { Incoming } from '../../src/model/message.ts'
import type { Sink } from '../adapter.ts'
import { messageOf, metOf, movedOf, renamedOf } from './events.ts'
import type { Rooms } from './rooms.ts'

export interface Hearing {
  sink: Sink
  signal: AbortSignal
  rooms: Rooms
  now(): Date
  /** One word of what happened. */
  log(outcome: string): void
  /** For the operator's eyes, no log. */
  tell(line: string): void
  /** Something came, whatever it was: the other side is there. */
  alive(): void
  /** Milliseconds before a message that could not be stored is handed in again; four times as long each time. */
  againMs: number
}

/** Nobody sends again what we could not store. */
const TRIES = 4
/** A friendship that has begun. */
const CONFIRMED = 1

const take = async ({ sink, signal, log, againMs }: Hearing, message: Incoming | undefined): Promise<void> => {
  if (!message) return
  for (let tries = 1; ; tries++) {
    try {
      await sink(message)
      return
    } catch {
      if (tries === TRIES || signal.aborted) return log('lost')
      await pause(againMs * 4 ** (tries - 1), undefined, { signal })
    }
  }
}

/**
 * Hears whatever a bot tells, before it starts. wechaty hands what a listener throws to nobody, or to the process: nothing
 * of ours leaves one.
 */
export function hear(bot: Wechaty, hearing: Hearing): void {
  const { rooms, now, log, tell, alive } = hearing
  const wrapped =
    <A extends unknown[]>(what: (...args: A) => unknown) =>
    (...args: A): void => {
      alive()
      void (async () => what(...args))().catch(() => log('failed'))
    }
  const takes = <A extends unknown[]>(what: (...args: A) => Promise<Incoming | undefined>) =>
    wrapped(async (...args: A) => take(hearing, await what(...args)))
  let code = ''

  bot.on(
    'error',
    wrapped(() => log('error')),
  )
  bot.on(
    'heartbeat',
    wrapped(() => undefined),
  )
  bot.on(
    'dong',
    wrapped(() => undefined),
  )
  bot.on(
    'scan',
    wrapped((qrcode: string) => {
      if (qrcode === '' || qrcode === code) return
      code = qrcode
      log('scan')
      tell(`微信待登录：把下一行做成二维码（例如 qrencode -t ansiutf8），用专门的微信号扫码\n${qrcode}`)
    }),
  )
  bot.on(
    'login',
    wrapped(() => {
      rooms.forget()
      log('ready')
    }),
  )
  bot.on(
    'logout',
    wrapped(() => {
      log('needs-person')
      tell('微信已退出登录（可能在别处登录了），推送已停：请重新扫码登录')
    }),
  )
  bot.on(
    'message',
    takes((message) => messageOf(bot, rooms, message)),
  )
  bot.on(
    'room-join',
    takes((room, who, by, at) => movedOf('joined', rooms, room, who, by, at ?? now())),
  )
  bot.on(
    'room-leave',
    takes((room, who, by, at) => movedOf('left', rooms, room, who, by ?? bot.currentUser, at ?? now())),
  )
  bot.on(
    'room-topic',
    wrapped(async (room, _, old, by, at) => {
      for (const event of await renamedOf(rooms, room, old, by, at ?? now())) await take(hearing, event)
    }),
  )
  bot.on(
    'friendship',
    takes(async (friendship) =>
      Number(friendship.type()) === CONFIRMED ? metOf(friendship.contact(), now()) : undefined,
    ),
  )
}
