import { describe, expect, it } from 'vitest'
import { renderText } from '../../adapters/console/index.ts'
import { render as dingtalkMarkdown } from '../../adapters/dingtalk/render.ts'
import { render as larkCard } from '../../adapters/lark/render.ts'
import { render as wechatMessages } from '../../adapters/wechat/render.ts'
import { render as wecomAppMessages } from '../../adapters/wecom/app/render.ts'
import {
  renderReply as wecomBotReply,
  renderButtons as wecomButtons,
  renderNumbered as wecomNumbered,
  renderUpdate as wecomUpdate,
  renderWelcome as wecomWelcome,
} from '../../adapters/wecom/bot/render.ts'
import { render as wecomHookMessages } from '../../adapters/wecom/hook/render.ts'
import type { Card } from '../../src/model/card.ts'
import { goldenCards } from '../contract/cards.ts'

const ID = '0123456789abcdef0123456789abcdef'

/** How each platform shows a card: card → payload, pure. */
const renderers: Record<string, (card: Card) => unknown> = {
  console: (card) => renderText(card).split('\n'),
  dingtalk: (card) => {
    const { title, text } = dingtalkMarkdown(card)
    return { title, text: text.split('\n') }
  },
  lark: (card) => larkCard(card),
  wechat: (card) => wechatMessages(card),
  'wecom-app': (card) => wecomAppMessages(card, ID),
  'wecom-hook': (card) => wecomHookMessages(card, ['zhangsan'], { botName: '督办' }),
  'wecom-bot': (card) => wecomBotReply(card, ID),
  'wecom-bot-socket': (card) => ({
    group: wecomNumbered(card).split('\n'),
    buttons: wecomButtons(card, ID, 'person'),
    pressed: wecomUpdate(card, ID, 'person'),
    welcome: wecomWelcome(card),
  }),
}

/** Kept as files, so that a change of what people see is seen by whoever reviews it. `npx vitest run test/adapters/golden.test.ts -u` writes them. */
describe.each(Object.entries(renderers))('%s shows', (platform, render) => {
  // Nobody reads 20 KB of one word.
  it.each(Object.entries(goldenCards).filter(([name]) => name !== 'a long text'))('%s', async (name, card) => {
    const file = `golden/${platform}/${name.replaceAll(/[^a-z0-9]+/g, '-')}.json`
    await expect(`${JSON.stringify(render(card), null, 2)}\n`).toMatchFileSnapshot(file)
  })
})
