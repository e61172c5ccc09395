import { describe, expect, it } from 'vitest'
import { createTokenCache } from '../../adapters/token.ts'

function open(expiresIn = 7200) {
  let asked = 0
  let time = 0
  let broken = false
  const fetchToken = async () => {
    asked++
    if (broken) throw new Error('down')
    return { value: `t${asked}`, expiresIn }
  }
  const cache = createTokenCache(fetchToken, () => new Date(time * 1000), 1800)
  return {
    cache,
    asked: () => asked,
    at: (seconds: number) => {
      time = seconds
    },
    breaks: (yes: boolean) => {
      broken = yes
    },
  }
}

describe('a cached token', () => {
  it('is fetched once for many askers at once', async () => {
    const { cache, asked } = open()
    expect(new Set(await Promise.all([cache.get(), cache.get(), cache.get()]))).toEqual(new Set(['t1']))
    expect(asked()).toBe(1)
  })

  it('lives until the spare time before its end', async () => {
    const { cache, at } = open()
    const seen = []
    for (const seconds of [0, 5399, 5400, 5401]) {
      at(seconds)
      seen.push(await cache.get())
    }
    expect(seen).toEqual(['t1', 't1', 't2', 't2'])
  })

  it('of a short life is still used for half of it', async () => {
    const { cache, at } = open(60)
    expect([await cache.get(), await cache.get()]).toEqual(['t1', 't1'])
    at(31)
    expect(await cache.get()).toBe('t2')
  })

  it('that is called dead is replaced once, for however many were told so', async () => {
    const { cache, asked } = open()
    const echo = async (token: string) => token
    const isFirst = (token: string) => token === 't1'
    expect(await Promise.all([1, 2, 3].map(() => cache.use(echo, isFirst)))).toEqual(['t2', 't2', 't2'])
    let answer = () => {}
    const slow = cache.use(
      async (token) => {
        if (token === 't2') await new Promise<void>((done) => (answer = done))
        return token
      },
      (token) => token === 't2',
    )
    await cache.use(echo, (token) => token === 't2')
    answer()
    expect(await slow).toBe('t3')
    expect(asked()).toBe(3)
  })

  it('is tried a second time, and no third', async () => {
    const { cache } = open()
    expect(
      await cache.use(
        async (token) => token,
        () => true,
      ),
    ).toBe('t2')
  })

  it('is asked for again after a failure', async () => {
    const { cache, breaks } = open()
    breaks(true)
    await expect(cache.get()).rejects.toThrow('down')
    breaks(false)
    expect(await cache.get()).toBe('t2')
  })
})
