import { setTimeout as pause } from 'node:timers/promises'
import type { Wechaty } from 'wechaty'
import type { Incoming } from '../../src/model/message.ts'
import type { Sink } from '../adapter.ts'
import { messageOf, metOf, movedOf, renamedOf } from './events.ts'
import type { Rooms } from './rooms.ts'
import { within } from './within.node.ts'

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
/** So long may wechaty take to tell who said it and where. */
const READ_MS = 10_000
/** A friendship that has begun. */
const CONFIRMED = 1

const take = async ({ sink, signal, log, againMs }: Hearing, message: Incoming): Promise<void> => {
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
  const { rooms, signal, now, log, tell, alive } = hearing
  const wrapped =
    <A extends unknown[]>(what: (...args: A) => unknown) =>
    (...args: A): void => {
      alive()
      void (async () => what(...args))().catch(() => log('failed'))
    }
  /** In the order in which they came, though each is read at its own pace: a second message may build on the first. */
  let line: Promise<unknown> = Promise.resolve()
  const takes = <A extends unknown[]>(what: (...args: A) => Promise<readonly (Incoming | undefined)[]>) =>
    wrapped((...args: A) => {
      const read = within(READ_MS, what(...args), () => new Error('late'))
      const before = line
      const turn = Promise.allSettled([before, read]).then(async () => {
        for (const message of await read) if (message) await take(hearing, message)
      })
      line = turn.catch(() => undefined)
      return turn
    })
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
      // We hang up: the account stays where it is logged in.
      if (signal.aborted) return
      log('needs-person')
      tell('微信已退出登录（可能在别处登录了），推送已停：请重新扫码登录')
    }),
  )
  bot.on(
    'message',
    takes(async (message) => [await messageOf(bot, rooms, message)]),
  )
  bot.on(
    'room-join',
    takes(async (room, who, by, at) => [await movedOf('joined', rooms, room, who, by, at ?? now())]),
  )
  bot.on(
    'room-leave',
    takes(async (room, who, by, at) => [await movedOf('left', rooms, room, who, by ?? bot.currentUser, at ?? now())]),
  )
  bot.on(
    'room-topic',
    takes((room, _, old, by, at) => renamedOf(rooms, room, old, by, at ?? now())),
  )
  bot.on(
    'friendship',
    takes(async (friendship) => [
      Number(friendship.type()) === CONFIRMED ? metOf(friendship.contact(), now()) : undefined,
    ]),
  )
}
