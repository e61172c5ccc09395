import { createCipheriv, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { dispatch } from '../../src/flow/dispatch.ts'
import type { Platform } from '../../src/model/message.ts'
import { larkWords } from '../fakes/lark-card.ts'
import { until } from '../fakes/until.ts'
import { filesOf } from '../town/files.ts'
import { accounts, type Who } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { type JointOffice, openOffice } from './joint-office.ts'

const office = officesOf('joint-files')
const files = filesOf()
let t: JointOffice
afterEach(() => t.close())

const NAME = '分工方案.docx'
const plan = () => readFile(new URL('../../examples/table.docx', import.meta.url))
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** As WeCom encrypts what is sent to a smart bot: padded to 32 bytes, the key's beginning as IV. */
const sealed = (plain: Uint8Array, key: Buffer): Buffer => {
  const count = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(count, count)])), cipher.final()])
}

/** Somebody sends a file in the single chat of a platform; what that platform then shows there. */
type Sends = (who: Who, bytes: Uint8Array) => Promise<string>

const ways: Record<string, Sends> = {
  'Lark, by webhook': async (who, bytes) => {
    t.lark.world.files.set('om_f1/file_1', { type: 'file', bytes, mime: DOCX })
    const as = { type: 'file', content: { file_key: 'file_1', file_name: NAME } }
    await t.hands(t.lark.says({ from: accounts[who], text: '', id: 'om_f1', as }))
    await t.delivers()
    return t.lark.sent.map(({ card }) => larkWords(card)).join('\n\n')
  },
  'WeCom’s app': async (who, bytes) => {
    t.app.media.set('MEDIA_1', { name: NAME, type: DOCX, bytes })
    const file = { MsgType: 'file', MediaId: 'MEDIA_1', FileName: NAME, MsgId: '77' }
    await t.hands(t.app.callback(accounts[who], file))
    await t.delivers()
    return t.app.sent.map(({ words }) => words).join('\n\n')
  },
  'the smart bot, by long connection': async (who, bytes) => {
    const key = randomBytes(32)
    t.media.set('/f1', sealed(bytes, key))
    const file = { url: 'https://files.wecom.test/f1?sig=1', aeskey: key.toString('base64') }
    t.gateway.push({ from: accounts[who] }, 'message', { msgtype: 'file', file })
    await until(() => t.gateway.shown.length > 0)
    await t.deps.settled()
    await t.delivers()
    return t.gateway.shown.map(({ words }) => words).join('\n\n')
  },
  'DingTalk, in its private chat': async (who, bytes) => {
    t.ding.files.set('CODE_1', bytes)
    const more = { msgtype: 'file', content: { downloadCode: 'CODE_1', fileName: NAME }, text: undefined }
    await t.hands(t.ding.says({ from: accounts[who], text: '', more }))
    await t.delivers()
    return t.ding.sent.map(({ text }) => text).join('\n\n')
  },
}

const plans = async () => {
  const { q, t: tables, office: own } = t.deps.store
  return (await q.select().from(tables.plans)).filter((row) => row.office === own)
}

/** Through which app or bot that way goes. */
const routes: Record<string, [platform: Platform, nth: number]> = {
  'Lark, by webhook': ['lark', 0],
  'WeCom’s app': ['wecom', 0],
  'the smart bot, by long connection': ['wecom', 1],
  'DingTalk, in its private chat': ['dingtalk', 0],
}

it.each(Object.entries(ways))('a file after a report through %s is its evidence', async (way, sends) => {
  t = await openOffice(office())
  Object.assign(t.deps, { blobs: files(t.deps.store.office) })
  const [platform, nth] = routes[way] ?? ['lark', 0]
  const adapters = t.deps.adapters.filter((one) => one.platform === platform && one.fetchFile)
  const route = (adapters[nth] ?? adapters[0])?.route ?? 'none'
  const room = { platform, route, kind: 'person' as const, id: accounts.finance }
  await dispatch(t.deps, {
    ...{ id: 'report', platform, route, at: t.deps.now(), addressed: true, text: '1-2 7月的已公开', room },
    from: { id: accounts.finance, name: '' },
  })
  await t.delivers()
  const bytes = await plan()
  expect(await sends('finance', bytes)).toMatch(
    way.startsWith('the smart bot') ? /材料已保存[\s\S]*文件/ : /材料已保存[\s\S]*分工方案\.docx/,
  )
  const [row] = (await t.deps.store.q.select().from(t.deps.store.t.evidence)).filter(
    (one) => one.office === t.deps.store.office,
  )
  expect(row).toMatchObject({ kind: 'file', state: 'kept', source: null })
  expect(await t.deps.blobs?.get(row?.hash ?? '')).toEqual(new Uint8Array(bytes))
})

describe.each(Object.entries(ways))('a plan through %s', (_, sends) => {
  it('is fetched, read and kept as a draft, and the office is told what was read', async () => {
    t = await openOffice(office())
    const before = (await plans()).length
    const said = await sends('office', await plan())
    // In that order: what is being read is said before it is read.
    expect(said).toMatch(/收到文件[\s\S]*正在读[\s\S]*已读出[\s\S]*任务[\s\S]*台账[\s\S]*存为草稿/)
    expect((await plans()).length).toBe(before + 1)
  })

  it('that a liaison sends is kept nowhere, and that is told', async () => {
    t = await openOffice(office())
    const before = await plans()
    expect(await sends('finance', await plan())).toMatch(/图片和文件没有保存/)
    expect(await plans()).toEqual(before)
  })

  it('that is no plan is told to be none', async () => {
    t = await openOffice(office())
    const before = await plans()
    expect(await sends('office', new TextEncoder().encode('今天天气很好。'))).toMatch(/没有读成方案/)
    expect(await plans()).toEqual(before)
  })
})
