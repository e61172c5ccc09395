import type { Card } from '../../../src/model/card.ts'
import { DeliveryError } from '../../../src/model/problem.ts'
import type { AdapterDeps } from '../../deps.ts'
import type { WecomClient } from './client.ts'
import type { AppMessage } from './render.ts'

/** A card's chart as a picture after its words; one that fails is only missing: the words stand without it. */
export async function sendPicture(
  { blocks }: Card,
  { upload }: Pick<WecomClient, 'upload'>,
  send: (message: AppMessage) => Promise<unknown>,
  { draw, log }: Pick<AdapterDeps, 'draw' | 'log'>,
): Promise<void> {
  const chart = blocks.find((block) => block.kind === 'chart')?.chart
  if (!chart || !draw) return
  const without = (outcome: string) => log?.({ event: 'picture', platform: 'wecom', outcome })
  try {
    const png = await draw(chart)
    if (!png) return without('no-font')
    await send({ msgtype: 'image', image: { media_id: await upload(png) } })
  } catch (error) {
    without(error instanceof DeliveryError ? error.message : 'failed')
  }
}
