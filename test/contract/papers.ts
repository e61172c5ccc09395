import { describe, expect, it } from 'vitest'
import { paperHeads, pendingPapers } from '../../db/queries/paper-rows.ts'
import { draftPaper } from '../../src/flow/paper/draft.ts'
import { rectifications } from '../../src/flow/paper/rectify.ts'
import { signPaper, submitPaper } from '../../src/flow/paper/sign.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import type { PaperAsk } from '../../src/model/paper-life.ts'
import { openTown } from '../town/town.ts'
import type { Office } from './store.ts'

const asked: PaperAsk = { kind: 'bulletin', window: { from: '2017-07-01', to: '2017-09-30' }, plan: '', units: [] }

/** What a paper's life promises on every database: one draft of the same, one number a year, one 整改 a matter. */
export const papers = (office: Office): void => {
  describe('papers', () => {
    it('drafted by two at once are one, signed by two at once once, and no number is given twice', async () => {
      const town = await openTown(office())
      town.on('2017-09-06')
      const { deps } = town
      const stamp = () => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })
      await Promise.all([1, 2].map(() => draftPaper(deps, asked, stamp(), 'first')))
      const [head, ...more] = await paperHeads(deps.store)
      expect([head?.natural, more]).toEqual(['bulletin:2017-Q3', []])
      const id = head?.id ?? ''
      await submitPaper(deps, { id }, stamp())
      expect(await pendingPapers(deps.store)).toHaveLength(1)
      const sign = (paper: string) =>
        signPaper(deps, { id: paper, signer: '李副市长', number: '某督〔2017〕3号', on: '2017-09-06' }, stamp())
      const both = await Promise.allSettled([sign(id), sign(id)])
      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const opened = await rectifications(deps.store)
      expect(opened.length).toBeGreaterThan(0)
      expect(new Set(opened.map(({ duty }) => duty)).size).toBe(opened.length)
      const two = await draftPaper(deps, { ...asked, kind: 'bulletin' }, stamp())
      await expect(sign(two?.id ?? '')).rejects.toThrow(/已经用于/)
      expect((await verifyLedger(deps.store)).broken).toEqual([])
    }, 60_000)
  })
}
