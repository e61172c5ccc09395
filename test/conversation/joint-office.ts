import { AESCipher } from '@larksuiteoapi/node-sdk'
import { createDingtalkAdapter } from '../../adapters/dingtalk/index.ts'
import { createLarkSocketAdapter } from '../../adapters/lark/socket.node.ts'
import type { OfficeStore } from '../../db/store.ts'
import type { Platform } from '../../src/model/message.ts'
import { openGateway } from '../adapters/lark/gateway.ts'
import { createFakeDingtalk, dingtalkConfig } from '../fakes/dingtalk.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { until } from '../fakes/until.ts'
import { createFakeWecomApp, wecomAppConfig } from '../fakes/wecom-app.ts'
import { openWecomGateway, socketConfig } from '../fakes/wecom-gateway.ts'
import type { Wire } from '../fakes/wire.ts'
import { network, openJoint, sockets, townClock } from './joint.ts'

/** One office on Lark, WeCom (its app and its smart bot) and DingTalk at once, as one environment turns them on; its people are on `platforms`. */
export const openOffice = async (
  store: OfficeStore,
  day = '2017-08-15',
  platforms: readonly Platform[] = ['lark', 'wecom', 'dingtalk'],
) => {
  const clock = townClock()
  const gateway = await openWecomGateway(clock.now, { ...socketConfig, botName: '督办' })
  const lark = createFakeLark(larkConfig, clock.now)
  const app = createFakeWecomApp(wecomAppConfig, clock.now)
  const ding = createFakeDingtalk(dingtalkConfig, clock.now)
  /** What lies behind addresses that the smart bot's platform hands out. */
  const media = new Map<string, Uint8Array>()
  const downloads: typeof fetch = async (input) => {
    const bytes = media.get(new URL(String(input)).pathname)
    return bytes ? new Response(bytes as Uint8Array<ArrayBuffer>) : new Response('', { status: 404 })
  }
  const { host: api } = new URL(dingtalkConfig.apiBase)
  const joint = await openJoint({
    ...{ store, clock, platforms },
    fetch: network({
      ...{ [new URL(larkConfig.domain).host]: lark.fetch, [new URL(wecomAppConfig.apiBase).host]: app.fetch },
      ...{ [api]: ding.fetch, [api.replace('api.', 'oapi.')]: ding.fetch, 'files.dingtalk.test': ding.fetch },
      'files.wecom.test': downloads,
    }),
    sockets: { ...sockets, dingtalk: async (config, deps) => createDingtalkAdapter(config, deps) },
    env: {
      ...{ LARK_APP_ID: larkConfig.appId, LARK_APP_SECRET: larkConfig.appSecret, LARK_DOMAIN: larkConfig.domain },
      ...{ LARK_ENCRYPT_KEY: larkConfig.encryptKey, LARK_VERIFICATION_TOKEN: larkConfig.verificationToken },
      ...{ WECOM_CORP_ID: wecomAppConfig.corpId, WECOM_AGENT_ID: wecomAppConfig.agentId },
      ...{ WECOM_SECRET: wecomAppConfig.secret, WECOM_TOKEN: wecomAppConfig.token },
      ...{ WECOM_AES_KEY: wecomAppConfig.aesKey, WECOM_API_BASE: wecomAppConfig.apiBase },
      ...{ WECOM_BOT_ID: socketConfig.botId, WECOM_BOT_SECRET: socketConfig.secret, WECOM_BOT_SOCKET: gateway.url },
      ...{ DINGTALK_CLIENT_ID: dingtalkConfig.clientId, DINGTALK_CLIENT_SECRET: dingtalkConfig.clientSecret },
      ...{ DINGTALK_ROBOT_CODE: dingtalkConfig.robotCode, DINGTALK_API_BASE: dingtalkConfig.apiBase },
    },
  })
  await joint.listen()
  joint.town.on(day)
  return {
    ...{ ...joint, gateway, lark, app, ding, media },
    close: async () => {
      await joint.close()
      await gateway.close()
    },
  }
}
export type JointOffice = Awaited<ReturnType<typeof openOffice>>

/** The office on Lark alone, by its long connection. */
export const openLarkLine = async (store: OfficeStore, day = '2017-08-15') => {
  const clock = townClock()
  const fake = createFakeLark(larkConfig, clock.now)
  const gateway = await openGateway(larkConfig)
  // What is pushed before the client has come so far is lost, though the socket is open.
  let ready = false
  const log = ({ outcome }: { outcome: string }) => {
    ready ||= outcome === 'ready'
  }
  const joint = await openJoint({
    ...{ store, clock, platforms: ['lark'], fetch: fake.fetch },
    sockets: { ...sockets, lark: async (config, deps) => createLarkSocketAdapter(config, { ...deps, log }) },
    env: {
      ...{ LARK_MODE: 'socket', LARK_APP_ID: larkConfig.appId, LARK_APP_SECRET: larkConfig.appSecret },
      LARK_DOMAIN: gateway.domain,
    },
  })
  await joint.listen()
  await until(() => ready)
  joint.town.on(day)
  /** Sealed for the webhook; the long connection carries it in the clear. */
  const plainOf = (wire: Wire): string =>
    new AESCipher(larkConfig.encryptKey).decrypt((JSON.parse(wire.body) as { encrypt: string }).encrypt)
  return {
    ...{ joint, fake },
    push: async (wire: Wire) => {
      const answer = await gateway.push(plainOf(wire))
      await joint.deps.settled()
      return answer
    },
    close: async () => {
      await joint.close()
      await gateway.close()
    },
  }
}
