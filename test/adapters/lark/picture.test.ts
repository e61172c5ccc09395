import { describe, expect, it } from 'vitest'
import type { AdapterDeps } from '../../../adapters/deps.ts'
import { createLarkAdapter } from '../../../adapters/lark/index.ts'
import type { Card, Chart } from '../../../src/model/card.ts'
import { goldenCards, goldenChart } from '../../contract/cards.ts'
import { createFakeLark, larkConfig } from '../../fakes/lark.ts'
import { allOf, larkWords } from '../../fakes/lark-card.ts'
import type { Fault } from '../../fakes/wire.ts'

const now = () => new Date(1_700_000_000_000)
const card = goldenCards['a chart'] as Card
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const to = { platform: 'lark' as const, route: larkConfig.appId, kind: 'person' as const, id: 'ou_leader' }

const open = (draw: AdapterDeps['draw'] = async () => png) => {
  const fake = createFakeLark(larkConfig, now)
  const log: string[] = []
  const adapter = createLarkAdapter(larkConfig, {
    ...{ fetch: fake.fetch, now, timeout: 40, draw },
    log: ({ event, outcome }) => log.push(`${event} ${outcome}`),
  })
  const images = () => fake.sent.map(({ card }) => allOf(card.body.elements).filter(({ tag }) => tag === 'img'))
  return { fake, adapter, log, images }
}

describe('a chart on Lark', () => {
  it('is drawn, uploaded and stands in its place, with words for those who do not see it', async () => {
    const drawn: Chart[] = []
    const { fake, adapter, log, images } = open(async (chart) => {
      drawn.push(chart)
      return png
    })
    await adapter.deliver({ to, card, key: 'week' })
    expect(drawn).toEqual([goldenChart])
    expect([...fake.images.values()]).toEqual([png])
    expect(images()).toEqual([
      [
        {
          tag: 'img',
          img_key: [...fake.images.keys()][0],
          alt: {
            tag: 'plain_text',
            content:
              '各单位应完成任务办理情况（截至8月21日09:00）：市住房和城乡建设局（市人民防空办公室） 已办结1、逾期2，33.3%（1/3）；市财政局 已办结1、待审核1，50.0%（1/2）',
          },
          scale_type: 'fit_horizontal',
        },
      ],
    ])
    expect(fake.sent[0]?.card.body.elements.map(({ tag }) => tag)).toEqual(['div', 'img', 'markdown'])
    expect(log).toEqual([])
  })

  it('goes out as the platform documents it: a form of two fields', async () => {
    const requests: string[] = []
    const fake = createFakeLark(larkConfig, now)
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init)
      if (request.url.endsWith('/images')) {
        const raw = Buffer.from(await request.clone().arrayBuffer()).toString('latin1')
        const boundary = /boundary=(.+)$/.exec(request.headers.get('content-type') ?? '')?.[1] ?? 'none'
        const head = `${request.method} ${request.url}\n${request.headers.get('authorization')}\n`
        requests.push(
          head +
            raw
              .replaceAll(boundary, 'BOUNDARY')
              .replaceAll('\r\n', '\n')
              .replace(/\x89PNG[\s\S]*?\n--/, 'PNG\n--'),
        )
      }
      return fake.fetch(request)
    }
    await createLarkAdapter(larkConfig, { fetch, now, draw: async () => png }).deliver({ to, card, key: 'week' })
    expect(requests).toMatchInlineSnapshot(`
      [
        "POST https://open.feishu.test/open-apis/im/v1/images
      Bearer t_1
      --BOUNDARY
      Content-Disposition: form-data; name="image_type"

      message
      --BOUNDARY
      Content-Disposition: form-data; name="image"; filename="chart.png"
      Content-Type: image/png

      PNG
      --BOUNDARY--
      ",
      ]
    `)
  })

  const refusals: [what: string, faults: Fault[], logged: string][] = [
    ['the app may not upload', [{ status: 403, body: { code: 230001 } }], 'picture lark 403 code 230001'],
    ['the platform is in trouble', [{ status: 502, body: '<html>' }], 'picture lark 502'],
    ['it takes too long', ['slow'], 'picture lark timed out'],
    ['the line breaks twice', ['broken', 'broken'], 'picture lark connection broke'],
    ['the answer has no key', [{ status: 200, body: { code: 0, data: {} } }], 'picture lark 200 unreadable'],
  ]
  it.each(refusals)('where %s, the card goes without it and a line of the log says so', async (_, faults, logged) => {
    const { fake, adapter, log, images } = open()
    for (const fault of faults) fake.fail('/im/v1/images', fault)
    await adapter.deliver({ to, card, key: 'week' })
    expect([images(), log]).toEqual([[[]], [logged]])
    expect(fake.sent[0] && larkWords(fake.sent[0].card)).toContain('完成率：40.0%')
  })

  it('that the platform cannot read is left out', async () => {
    const { adapter, log, images } = open(async () => new Uint8Array([1, 2, 3]))
    await adapter.deliver({ to, card, key: 'week' })
    expect([images(), log]).toEqual([[[]], ['picture lark 400 code 234011']])
  })

  it('that cannot be drawn, or fails to be, is left out', async () => {
    for (const [draw, logged] of [
      [async () => undefined, 'picture no-font'],
      [async () => Promise.reject(new RangeError('out of memory')), 'picture failed'],
    ] as const) {
      const { fake, adapter, log, images } = open(draw)
      await adapter.deliver({ to, card, key: 'week' })
      expect([images(), log, fake.calls.upload]).toEqual([[[]], [logged], 0])
    }
  })

  it('is not asked for where nothing can draw, nor of a card that has none', async () => {
    const { fake, adapter } = open()
    await adapter.deliver({ to, card: goldenCards.buttons as Card, key: 'a' })
    const without = createLarkAdapter(larkConfig, { fetch: fake.fetch, now })
    await without.deliver({ to, card, key: 'b' })
    expect([fake.calls.upload, fake.sent.length]).toEqual([0, 2])
  })

  it('tried again is one message still', async () => {
    const { fake, adapter } = open()
    fake.fail('/im/v1/messages', { status: 429, body: { code: 99991400 } })
    await expect(adapter.deliver({ to, card, key: 'week' })).rejects.toMatchObject({ reason: 'later' })
    const [first, second] = [
      await adapter.deliver({ to, card, key: 'week' }),
      await adapter.deliver({ to, card, key: 'week' }),
    ]
    expect([second, fake.sent.length, fake.images.size]).toEqual([first, 1, 3])
  })

  it('gets through where a kept connection had just been closed, or the token died', async () => {
    const { fake, adapter, log, images } = open()
    fake.fail('/im/v1/images', 'broken')
    fake.fail('/im/v1/images', { status: 400, body: { code: 99991663 } })
    await adapter.deliver({ to, card, key: 'week' })
    expect([images()[0]?.length, fake.calls.token, log]).toEqual([1, 2, []])
  })
})
