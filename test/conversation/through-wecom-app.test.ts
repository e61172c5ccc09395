import { expect, it } from 'vitest'
import { createWecomAppAdapter } from '../../adapters/wecom/app/index.ts'
import { createFakeWecomApp, type SentToMember, wecomAppConfig } from '../fakes/wecom-app.ts'
import type { Wire } from '../fakes/wire.ts'
import { accounts, type Who } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { openTownOn, webhookOf } from '../town/platform.ts'

const nextOffice = officesOf('wecom-app')

/** The app among members of the town; what each of them gets after a callback. */
async function open() {
  const opened = await openTownOn(nextOffice(), 'wecom', (now) => {
    const fake = createFakeWecomApp(wecomAppConfig, now)
    return { fake, adapter: createWecomAppAdapter(wecomAppConfig, { fetch: fake.fetch, now }) }
  })
  const { fake, town } = opened
  town.on('2017-08-15')
  const post = webhookOf(opened)
  const hears = async (wire: Wire): Promise<SentToMember[]> => {
    const before = fake.sent.length
    const response = await post(wire)
    expect([response.status, await response.text()]).toEqual([200, ''])
    return fake.sent.slice(before)
  }
  const says = (who: Who, text: string) => hears(fake.says({ from: accounts[who], text }))
  const presses = (who: Who, sent: SentToMember | undefined, label: string) => {
    const button = sent?.card?.button_list.find(({ text }) => text === label)
    if (!button) throw new Error(`no button ${label}`)
    return hears(fake.presses(accounts[who], button.key, sent?.card?.task_id))
  }
  return { fake, says, presses }
}

it('a button of the app does what it says, and the card shows what came of it', async () => {
  const { fake, says, presses } = await open()
  const report = await says('finance', '1-2 7月的已公开 http://czj.example.gov.cn/201708/1.html')
  const card = report.find((sent) => sent.card)
  const told = await presses('finance', card, '已经保密审查')
  const [changed] = fake.changed
  expect(changed?.to).toBe(accounts.finance)
  expect([...told, ...fake.changed].map(({ words }) => words).join('\n')).toMatch(/已注明保密审查/)
  // What fits into the card's place is there and nowhere else.
  expect(told.length > 0).toBe(changed?.greyed !== undefined)
  const queue = (await says('office', '待审核的反馈')).map(({ words }) => words).join('\n')
  expect(queue).toMatch(/1-2[\s\S]*保密审查/)
})
