import { expect, it } from 'vitest'
import { renderText } from '../../adapters/console/index.ts'
import { render } from '../../adapters/wecom/bot/render.ts'
import type { Card } from '../../src/model/card.ts'
import { goldenCards } from '../contract/cards.ts'

const card = goldenCards['a chart'] as Card

it('a chart in a terminal is bars of text', () => {
  expect(renderText(card)).toMatchInlineSnapshot(`
    "全部单位 每周完成情况
    完成率：40.0%（已办结2 ÷ 应完成5）
    【各单位应完成任务办理情况】
    █░░ 市住房和城乡建设局（市人民防空办公室） 已办结1 逾期2 33.3%（1/3）
    █▓ 市财政局 已办结1 待审核1 50.0%（1/2）
    （截至8月21日09:00，应完成指已到期的。）"
  `)
})

it('a chart where a platform takes no image leaves nothing behind', () => {
  const words = { ...card, blocks: card.blocks.filter(({ kind }) => kind !== 'chart') }
  expect(render(card)).toBe(render(words))
})
