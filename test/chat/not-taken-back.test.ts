import { describe, expect, it } from 'vitest'
import { hear } from './office.ts'

describe('words of a step that is none', () => {
  it.each([
    ['L', '12号撤回不了怎么办呢', 'withdraw'],
    ['L', '12号那条微博已撤回', 'withdraw'],
    ['L', '取消12号的延期申请', 'extend'],
    ['L', '12号不申请延期了', 'extend'],
    ['O', '财政局想把12号延期到9月', 'extension'],
  ] as const)('%s: %s', (as, text, never) => {
    expect(hear(text, as).intent).not.toBe(never)
  })
})
