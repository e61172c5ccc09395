import type { Adapter } from '../adapters/adapter.ts'
import { createDingtalkAdapter } from '../adapters/dingtalk/index.ts'
import { createLarkAdapter } from '../adapters/lark/index.ts'
import { createWecomAppAdapter } from '../adapters/wecom/app/index.ts'
import { createWecomBotAdapter } from '../adapters/wecom/bot/index.ts'
import { createFakeDingtalk, dingtalkConfig, dingtalkWire } from '../test/fakes/dingtalk.ts'
import { createFakeLark, larkConfig, larkWire } from '../test/fakes/lark.ts'
import { createFakeWecomBot, wecomBotConfig, wecomWire } from '../test/fakes/wecom.ts'
import { createFakeWecomApp, wecomAppConfig, wecomAppWire, xmlOf } from '../test/fakes/wecom-app.ts'
import type { Wire } from '../test/fakes/wire.ts'

/** A platform's door as whoever knocks sees it, and as only the platform can. */
export interface FuzzDoor {
  adapter: Adapter
  /** What the platform really sends: to be spoilt. */
  proven(): Wire[]
  /** Any text under the platform's own proof. */
  seal(plain: string): Wire
  /** What is under the proof when it is right. */
  plains: string[]
  /** Who speaks in all of these: they are the office's, so that what only the office may send is fuzzed too. */
  speakers: string[]
  /** The platform proves the headers alone: a changed body is another message of whoever could sign it. */
  bodyUnsigned?: true
}

const button = { v: 1, intent: { intent: 'help' } }
/** A press and a form that rest on a report as it was shown. */
const review = { v: 1, intent: { intent: 'approve', tasks: ['1-2'], reports: ['01H@3'] } }
const form = { v: 1, intent: { intent: 'report', tasks: ['1-2'], reports: ['01H@3'] }, in: 'person' }
const filled = { period: '2017-08', links: 'http://a.gov.cn/1 http://a.gov.cn/2', reviewer: '王敏' }

const larkEvent = (type: string, event: unknown): string =>
  JSON.stringify({
    schema: '2.0',
    header: {
      event_id: 'e1',
      event_type: type,
      create_time: '1700000000000',
      token: larkConfig.verificationToken,
      app_id: larkConfig.appId,
      tenant_key: 't',
    },
    event,
  })

const larkMessage = (content: unknown, type: string): string =>
  larkEvent('im.message.receive_v1', {
    sender: { sender_id: { open_id: 'ou_1', union_id: 'on_1' }, sender_type: 'user', tenant_key: 't' },
    message: {
      message_id: 'om_1',
      parent_id: 'om_0',
      create_time: '1700000000000',
      chat_id: 'oc_1',
      thread_id: 'omt_1',
      chat_type: 'group',
      message_type: type,
      content: JSON.stringify(content),
      mentions: [{ key: '@_user_1', id: { open_id: 'ou_bot_itself' }, name: '督办', mentioned_type: 'bot' }],
    },
  })

const lark = (now: () => Date): FuzzDoor => {
  const fake = createFakeLark(larkConfig, now)
  const seal = (plain: string) => larkWire(larkConfig, plain, now())
  const post = {
    title: '题',
    content: [
      [
        { tag: 'text', text: '已公开' },
        { tag: 'at', user_id: '@_user_1' },
      ],
    ],
  }
  return {
    adapter: createLarkAdapter(larkConfig, { fetch: fake.fetch, now }),
    proven: () => [fake.says({ from: 'ou_1', text: '收到', id: 'om_fuzz' }), fake.challenge('c')],
    seal,
    speakers: ['ou_1'],
    plains: [
      larkMessage({ text: '@_user_1 1-2 已公开 http://a.gov.cn/1' }, 'text'),
      larkMessage(post, 'post'),
      larkMessage({ file_key: 'f', file_name: '方案.docx' }, 'file'),
      larkMessage({ image_key: 'i' }, 'image'),
      larkMessage({ file_key: 'f', image_key: 'i', file_name: '情况.mp4', duration: 2000 }, 'media'),
      larkMessage({ file_key: 'f', duration: 2000 }, 'audio'),
      larkMessage(
        {
          title: '',
          content: [
            [
              { tag: 'img', image_key: 'i' },
              { tag: 'media', file_key: 'f' },
            ],
          ],
        },
        'post',
      ),
      larkEvent('card.action.trigger', {
        operator: { open_id: 'ou_1' },
        token: 'c-1',
        action: { tag: 'button', value: button, form_value: { period: '2017-08', links: 'http://a.gov.cn' } },
        context: { open_message_id: 'om_9', open_chat_id: 'oc_1' },
      }),
      larkEvent('card.action.trigger', {
        operator: { open_id: 'ou_1' },
        token: 'c-2',
        action: { tag: 'button', value: form, form_value: { ...filled, form_submit: '' } },
        context: { open_message_id: 'om_9', open_chat_id: 'oc_1' },
      }),
      larkEvent('im.chat.member.bot.added_v1', { chat_id: 'oc_1', operator_id: { open_id: 'ou_1' }, name: '群' }),
      larkEvent('im.chat.member.bot.deleted_v1', { chat_id: 'oc_1', operator_id: { open_id: 'ou_1' }, name: '群' }),
      larkEvent('im.chat.disbanded_v1', { chat_id: 'oc_1', operator_id: { open_id: 'ou_1' }, name: '群' }),
      larkEvent('im.chat.access_event.bot_p2p_chat_entered_v1', { chat_id: 'oc_2', operator_id: { open_id: 'ou_1' } }),
      larkEvent('application.bot.menu_v6', { operator: { operator_id: { open_id: 'ou_1' } }, event_key: '帮助' }),
    ],
  }
}

/** What was chosen in one list of a card. */
const chosen = (question: string, ...options: string[]): string =>
  `<SelectedItem><QuestionKey><![CDATA[${question}]]></QuestionKey><OptionIds>${options
    .map((option) => `<OptionId><![CDATA[${option}]]></OptionId>`)
    .join('')}</OptionIds></SelectedItem>`

const wecomApp = (now: () => Date): FuzzDoor => {
  const fake = createFakeWecomApp(wecomAppConfig, now)
  const common = { ToUserName: wecomAppConfig.corpId, FromUserName: 'zhangsan', CreateTime: 1_700_000_000 }
  const agent = { AgentID: Number(wecomAppConfig.agentId) }
  const pressed = { Event: 'template_card_event', EventKey: JSON.stringify(button), TaskId: 't1', ResponseCode: 'r1' }
  return {
    adapter: createWecomAppAdapter(wecomAppConfig, { fetch: fake.fetch, now }),
    proven: () => [fake.says({ from: 'zhangsan', text: '收到', id: '1' })],
    seal: (plain) => wecomAppWire(wecomAppConfig, plain, now()),
    speakers: ['zhangsan'],
    plains: [
      xmlOf({ ...common, MsgType: 'text', Content: '1-2 已公开', MsgId: '4561255354251345929', ...agent }),
      xmlOf({ ...common, MsgType: 'image', PicUrl: 'http://p', MediaId: 'm', MsgId: '2', ...agent }),
      xmlOf({ ...common, MsgType: 'file', MediaId: 'm', FileName: '方案.docx', MsgId: '3', ...agent }),
      xmlOf({ ...common, MsgType: 'voice', MediaId: 'm', Format: 'amr', MsgId: '4', ...agent }),
      xmlOf({ ...common, MsgType: 'event', Event: 'click', EventKey: '帮助', ...agent }),
      xmlOf({ ...common, MsgType: 'event', Event: 'subscribe', ...agent }),
      xmlOf({ ...common, MsgType: 'event', ...pressed, ...agent }),
      xmlOf({ ...common, MsgType: 'event', ...pressed, EventKey: JSON.stringify(form), ...agent }).replace(
        '</xml>',
        `<SelectedItems>${chosen('period', '2017-08')}${chosen('reviewer', '王敏', '李冰')}</SelectedItems></xml>`,
      ),
    ],
  }
}

const wecomBot = (now: () => Date): FuzzDoor => {
  const fake = createFakeWecomBot(wecomBotConfig, now)
  const common = {
    msgid: 'MSG1',
    aibotid: 'AIB001',
    chatid: 'wrGROUP1',
    chattype: 'group',
    from: { userid: 'zhangsan' },
    response_url: 'https://qyapi.weixin.test/cgi-bin/aibot/response?response_code=RC1',
  }
  const text = { content: `@${wecomBotConfig.botName} 1-2 已公开` }
  const mixed = {
    msg_item: [
      { msgtype: 'text', text },
      { msgtype: 'image', image: { url: 'https://i' } },
    ],
  }
  const press = { card_type: 'button_interaction', event_key: JSON.stringify(review), task_id: 't1' }
  const media = { url: 'https://f.weixin.test/1', aeskey: wecomBotConfig.aesKey }
  return {
    adapter: createWecomBotAdapter(wecomBotConfig, { fetch: fake.fetch, now }),
    proven: () => [fake.says({ from: 'zhangsan', text: '收到', id: 'MSG1' }), fake.challenge('echo')],
    seal: (plain) => wecomWire(wecomBotConfig, plain, now()),
    speakers: ['zhangsan'],
    plains: [
      JSON.stringify({ ...common, msgtype: 'text', text, quote: { msgtype: 'text', text: { content: '公开17-4' } } }),
      JSON.stringify({ ...common, msgtype: 'mixed', mixed }),
      JSON.stringify({ ...common, msgtype: 'text', text, quote: { msgtype: 'file', file: media } }),
      JSON.stringify({ ...common, msgtype: 'voice', voice: { content: '已公开' } }),
      JSON.stringify({ ...common, chatid: undefined, chattype: 'single', msgtype: 'file', file: media }),
      JSON.stringify({ ...common, chatid: undefined, chattype: 'single', msgtype: 'video', video: media }),
      JSON.stringify({ ...common, msgtype: 'stream', stream: { id: 's1' } }),
      JSON.stringify({
        ...common,
        msgtype: 'event',
        event: { eventtype: 'template_card_event', template_card_event: press },
      }),
      JSON.stringify({ ...common, msgtype: 'event', event: { eventtype: 'template_card_event', ...press } }),
      JSON.stringify({
        ...common,
        msgtype: 'event',
        event: { eventtype: 'feedback_event', feedback_event: { id: 'f' } },
      }),
      JSON.stringify({ ...common, msgtype: 'event', event: { eventtype: 'enter_chat', enter_chat: {} } }),
    ],
  }
}

const dingtalk = (now: () => Date): FuzzDoor => {
  const fake = createFakeDingtalk(dingtalkConfig, now)
  const says = (msgtype: string, content: object, more: object = {}) =>
    JSON.stringify(
      fake.payload({ from: 'user1', chat: 'cid1==', text: '', id: msgtype, more: { msgtype, content, ...more } }),
    )
  const said = { from: 'user1', chat: 'cid1==', text: '1-2 已公开 http://a.gov.cn/1' }
  const single = { conversationType: '1', conversationId: 'cid2==' }
  const quoted = { content: '收到', isReplyMsg: true, repliedMsg: { content: { text: '公开17-4' } } }
  const richText = [{ text: '@督办 已公开' }, { type: 'picture', downloadCode: 'p' }]
  return {
    adapter: createDingtalkAdapter(dingtalkConfig, { fetch: fake.fetch, now }),
    proven: () => [fake.says({ ...said, id: 'm0' })],
    seal: (plain) => dingtalkWire(dingtalkConfig, plain, now()),
    bodyUnsigned: true,
    speakers: ['user1'],
    plains: [
      JSON.stringify(fake.payload({ ...said, id: 'm1' })),
      JSON.stringify(fake.payload({ ...said, id: 'm2', more: { text: quoted, originalProcessQueryKey: 'pqk1' } })),
      JSON.stringify(fake.payload({ ...said, id: 'm3', more: { senderStaffId: undefined, senderCorpId: 'ding9' } })),
      says('richText', { richText }),
      says('picture', { downloadCode: 'p' }),
      says('audio', { downloadCode: 'a', recognition: '已公开', duration: 3000 }),
      says('file', { downloadCode: 'f', fileName: '方案.docx', spaceId: '1', fileId: '2' }, single),
    ],
  }
}

/** By the last part of their path. */
export const fuzzDoors: Record<string, (now: () => Date) => FuzzDoor> = {
  lark,
  wecom: wecomApp,
  'wecom-bot': wecomBot,
  dingtalk,
}
