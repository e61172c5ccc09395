import type { Card, Chart } from '../../src/model/card.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import type { AdapterDeps } from '../deps.ts'
import type { LarkClient } from './client.ts'

type Given = Pick<AdapterDeps, 'draw' | 'log'>

const keyOf = async (chart: Chart, client: LarkClient, { draw, log }: Given): Promise<string | undefined> => {
  const without = (outcome: string) => log?.({ event: 'picture', platform: 'lark', outcome })
  try {
    const png = await draw?.(chart)
    if (png) return await client.upload(png)
    without('no-font')
  } catch (error) {
    without(error instanceof DeliveryError ? error.message : 'failed')
  }
  return undefined
}

/** A card's charts drawn and uploaded, with their keys. One that fails is only missing: the words stand without it. */
export const uploadCharts = async (card: Card, client: LarkClient, deps: Given): Promise<Map<Chart, string>> => {
  const keys = new Map<Chart, string>()
  if (!deps.draw) return keys
  for (const block of card.blocks) {
    const key = block.kind === 'chart' ? await keyOf(block.chart, client, deps) : undefined
    if (block.kind === 'chart' && key) keys.set(block.chart, key)
  }
  return keys
}
