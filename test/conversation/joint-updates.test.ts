import { afterEach, describe, expect, it } from 'vitest'
import { type FakeLarkCard, larkWords } from '../fakes/lark-card.ts'
import { accounts, type Who } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { type JointOffice, openOffice } from './joint-office.ts'

const office = officesOf('joint-updates')
const DESK = 'oc_desk'
let t: JointOffice
afterEach(() => t.close())

const edits = async () => (await t.rows()).filter(({ edits: of }) => of !== null)

describe('a notice in the office’s Lark room', () => {
  const says = async (who: Who, text: string, chat?: string) => {
    await t.hands(t.lark.says({ from: accounts[who], text, ...(chat && { chat, at: true }) }))
    await t.delivers()
  }
  /** The finance bureau asks for more time: the card at the office's desk. */
  const asked = async () => {
    t = await openOffice(office(), '2017-08-21', ['lark'])
    await t.binds({ address: { platform: 'lark', route: '*', kind: 'room', id: DESK }, scope: 'office', units: [] })
    await says('finance', 'R-2申请延期到8月30日，因系统升级', 'oc_finance')
    const [card, ...more] = t.lark.sent.filter(({ to }) => to === DESK)
    if (!card) throw new Error('no notice')
    expect(more).toEqual([])
    return card
  }
  const face = (ref: string) => larkWords(t.lark.sent.find((each) => each.ref === ref)?.card as never)
  const patched = () => t.lark.world.patched.map(({ ref }) => ref)

  it('shows how it stands as soon as the office has decided elsewhere: one PATCH', async () => {
    const card = await asked()
    const before = t.lark.sent.filter(({ to }) => to === DESK).length
    t.town.on('2017-08-21', '10:05')
    await says('office', '同意市财政局R-2延期到8月30日')
    expect(patched()).toEqual([card.ref])
    expect(face(card.ref)).toMatch(/已办理：同意延期到8月30日/)
    expect(t.lark.sent.filter(({ to }) => to === DESK)).toHaveLength(before)
    for (let runs = 0; runs < 3; runs++) await t.delivers()
    expect(patched()).toEqual([card.ref])
    expect((await edits()).map(({ state }) => state)).toEqual(['sent'])
  })

  it('pressed, it gets its face in the answer and is not patched besides', async () => {
    const card = await asked()
    t.town.on('2017-08-21', '10:05')
    const wire = t.lark.presses(accounts.office, card, '同意')
    const answer = (await (await t.hands(wire)).json()) as { card: { data: FakeLarkCard }; toast: object }
    await t.delivers()
    expect(answer.toast).toEqual({ type: 'success', content: '已同意延期' })
    expect(larkWords(answer.card.data)).toMatch(/8月30日到期/)
    expect(await edits()).toEqual([])
    expect(patched()).toEqual([])
  })

  it.each([
    ['that was recalled', /^gone/],
    ['of an app that lost its permission', /^forbidden/],
  ] as const)('%s is let go quietly', async (what, why) => {
    const card = await asked()
    if (what === 'that was recalled') t.lark.world.recalled.add(card.ref)
    else t.lark.fail(`/im/v1/messages/${card.ref}`, { status: 400, body: { code: 99991672, msg: 'scope' } })
    t.town.on('2017-08-21', '10:05')
    await says('office', '同意市财政局R-2延期到8月30日')
    expect((await edits()).map(({ state, error }) => [state, error])).toEqual([['dropped', expect.stringMatching(why)]])
    expect(patched()).toEqual([])
  })

  it('older than fourteen days is not touched at all', async () => {
    await asked()
    t.town.on('2017-09-05')
    await says('office', '同意市财政局R-2延期到9月30日')
    expect([await edits(), patched()]).toEqual([[], []])
  })
})

describe('a card of WeCom’s app', () => {
  const says = async (who: Who, text: string) => {
    const before = t.app.sent.length
    await t.hands(t.app.says({ from: accounts[who], text }))
    await t.delivers()
    return t.app.sent.slice(before)
  }
  /** A liaison has reported; the card says that it waits, and offers to note who looked at it for secrecy. */
  const reported = async () => {
    t = await openOffice(office(), '2017-08-21', ['wecom'])
    const sent = await says('finance', '1-2 7月的已公开 http://czj.example.gov.cn/201708/1.html')
    const [found, ...more] = sent.filter(({ card }) => card)
    if (!found?.card || !found.code) throw new Error('no card')
    expect(more).toEqual([])
    return { ...found, card: found.card }
  }

  it('shows how it stands by its response code, once', async () => {
    const { code } = await reported()
    t.town.on('2017-08-21', '10:05')
    await says('office', '通过 1-2')
    expect(t.app.changed.map((each) => each.code)).toEqual([code])
    expect(t.app.changed[0]?.words).toMatch(/已办理：已办结 8月21日（.*沈清）/)
    expect(t.app.changed[0]?.card?.replace_text).toBe('已办理')
    t.town.on('2017-08-21', '10:10')
    await says('office', '退回 1-2，链接打不开')
    await t.delivers()
    expect(t.app.changed.map((each) => each.code)).toEqual([code])
  })

  it('pressed, it is changed by the code of the press and not a second time', async () => {
    const { card, code } = await reported()
    t.town.on('2017-08-21', '10:05')
    const [button] = card.button_list
    await t.hands(t.app.presses(accounts.finance, button?.key ?? '', card.task_id))
    await t.delivers()
    expect(t.app.changed).toHaveLength(1)
    expect(t.app.changed[0]?.code).not.toBe(code)
  })

  it('older than 72 hours is let go quietly', async () => {
    await reported()
    t.town.on('2017-08-25')
    await says('office', '通过 1-2')
    expect([t.app.changed, await edits()]).toEqual([[], []])
  })
})
