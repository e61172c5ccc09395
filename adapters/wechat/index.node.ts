import type * as Sdk from 'wechaty'
import type { Wechaty } from 'wechaty'
import { DeliveryError } from '../../src/model/problem.ts'
import type { Adapter } from '../adapter.ts'
import type { AdapterDeps } from '../deps.ts'
import { ROUTE } from './decode.ts'
import { hear } from './hear.node.ts'
import { memoryName } from './memory.node.ts'
import { createRooms } from './rooms.ts'
import { send } from './send.node.ts'
import { createTurns } from './turns.ts'
import { within } from './within.node.ts'

export interface WechatConfig {
  /** Package name of the puppet. */
  puppet: string
  /** Of the service puppet. */
  token?: string
  /** host:port of the service puppet's gateway. */
  endpoint?: string
  /** Where the login is kept, without its ending; absent: it is not, and a code is scanned at each start. */
  memory?: string
}

export interface WechatParts {
  /** For the operator's eyes, no log: the code to scan is as good as a key for as long as it lasts. */
  tell(line: string): void
  load?(): Promise<Pick<typeof Sdk, 'WechatyBuilder' | 'log'>>
  /** Stands for the one that the configuration names. */
  puppet?: NonNullable<NonNullable<Parameters<typeof Sdk.WechatyBuilder.build>[0]>['puppet']>
  times?: Partial<typeof TIMES>
}

/** Milliseconds. `most`: a send that would wait longer is tried later; with all its parts it ends well within its lease. */
const TIMES = { gap: 3000, most: 8000, beat: 60_000, silent: 300_000, again: 2000, start: 20_000 }

const RISK = [
  '微信通道已打开：它用 wechaty 代管一个个人微信号，不是微信官方接口。',
  '腾讯明令禁止第三方自动化，账号可能被限制或封停；该账号的全部聊天对本程序可见。请用专门的账号，重要推送不要只靠它。详见 docs/platforms/wechat.md',
]

const MISSING = '未安装 wechaty：npm install wechaty'

const isMissing = (error: unknown): boolean =>
  /(?:^|_)MODULE_NOT_FOUND$/.test(String((error as { code?: unknown } | null)?.code))

/** Ordinary WeChat through wechaty: one personal account, kept by a puppet. Words only; loaded by the first `listen`. */
export function createWechatAdapter(config: WechatConfig, deps: AdapterDeps, parts: WechatParts): Adapter {
  const times = { ...TIMES, ...parts.times }
  const load = parts.load ?? (() => import('wechaty'))
  const turns = createTurns(times.gap)
  const rooms = createRooms()
  const sending = new Set<Promise<unknown>>()
  let bot: Wechaty | undefined
  let heard = 0

  const log = (outcome: string) => deps.log?.({ event: 'wechat', platform: 'wechat', outcome })
  const told = new Set<string>()
  const tellOnce = (line: string) => {
    if (!told.has(line)) parts.tell(line)
    told.add(line)
  }
  const silent = () => performance.now() - heard > times.silent
  const standing = (): Wechaty | undefined => (bot?.isLoggedIn && !silent() ? bot : undefined)

  const opened = async (): Promise<Wechaty | undefined> => {
    try {
      const { WechatyBuilder, log: theirs } = await load()
      // It writes people's words.
      theirs.level('silent')
      const options = {
        ...(config.token && { token: config.token }),
        ...(config.endpoint && { endpoint: config.endpoint }),
      }
      return WechatyBuilder.build({
        ...(config.memory && { name: await memoryName(config.memory) }),
        puppet: parts.puppet ?? (config.puppet as 'wechaty-puppet-service'),
        puppetOptions: options,
      })
    } catch (error) {
      if (!isMissing(error)) throw error
      log('not-installed')
      tellOnce(MISSING)
      return undefined
    }
  }

  /** Whether the other side still answers, asked once a beat: a quiet account and a dead one look alike. */
  const beating = (): (() => void) => {
    let quiet = false
    const beat = setInterval(() => {
      if (silent() && !quiet) log('silent')
      quiet = silent()
      try {
        bot?.ding('duban')
      } catch {
        log('failed')
      }
    }, times.beat)
    return () => clearInterval(beat)
  }

  return {
    platform: 'wechat',
    route: ROUTE,
    perMinute: Math.max(1, Math.floor(60_000 / times.gap)),
    canStart: { room: true, person: true },
    alone: true,
    numbered: true,
    ready: () => standing() !== undefined,
    readyAt: () => {
      const wait = turns.wait(performance.now())
      return wait > 0 ? new Date(deps.now().getTime() + wait) : undefined
    },

    async listen(sink, signal) {
      if (signal.aborted) return
      for (const line of RISK) tellOnce(line)
      log('risk')
      const own = await opened()
      if (!own) return
      const alive = () => {
        heard = performance.now()
      }
      hear(own, { sink, signal, rooms, now: deps.now, log, tell: parts.tell, alive, againMs: times.again })
      heard = performance.now()
      const stopBeating = beating()
      const over = new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }))
      try {
        // It resolves where nobody can log in, and takes for ever with some puppets.
        await Promise.race([
          over,
          within(times.start, own.start(), () => new Error('late')).catch(() => {
            log('start-failed')
            tellOnce(`微信没有启动：请看 WECHATY_PUPPET（${config.puppet}）是否已安装、是否连得上`)
          }),
        ])
        bot = own
        if (!signal.aborted) await over
      } finally {
        bot = undefined
        stopBeating()
        await Promise.allSettled(sending)
        await within(times.start, own.stop(), () => new Error('late')).catch(() => log('stop-failed'))
      }
    },

    async deliver(delivery) {
      const own = standing()
      if (!own) throw new DeliveryError('later', '微信没有登录：请看服务的启动输出，用专门的微信号扫码', times.beat)
      const wait = turns.wait(performance.now())
      if (wait > times.most) throw new DeliveryError('later', '微信发送要隔几秒，排队中', wait)
      const flight = send(own, delivery, { rooms, turns, gap: times.gap, timeout: deps.timeout ?? 5000 })
      sending.add(flight)
      await flight.finally(() => sending.delete(flight))
      return {}
    },

    async probe() {
      const problems = await load().then(
        () => [],
        () => [MISSING],
      )
      // Only the process that serves is logged in.
      const own = standing()
      return { ...(own && { identity: own.currentUser.name() }), problems }
    },
  }
}
