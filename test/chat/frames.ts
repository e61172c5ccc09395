import type { Speaker } from './office.ts'
import type { Phrasing } from './phrasings.ts'

/** Frames and windows that the tables of phrasings share. */

export type Frame = Record<string, unknown>
export const reports = (tasks: string[], more: Frame = {}): Frame => ({ intent: 'report', tasks, ...more })
export const going = (...tasks: string[]): Frame => ({ intent: 'progress', tasks })
export const list = (more: Frame = {}): Frame => ({ intent: 'list', state: 'open', ...more })
export const none: Frame = { intent: 'none' }
export const own = { units: ['市财政局'] }
export const may = { from: '2018-05-01', to: '2018-05-31' }
export const april = { from: '2018-04-01', to: '2018-04-30' }
export const june = { from: '2018-06-01', to: '2018-06-30' }
export const counties = ['青石县政府', '白水县政府', '南屏区政府']
export const all = (as: Speaker, frame: Frame, ...texts: string[]): Phrasing[] => texts.map((text) => [as, text, frame])
export const q2 = { from: '2018-04-01', to: '2018-06-30' }
export const q1 = { from: '2018-01-01', to: '2018-03-31' }
export const year = { from: '2018-01-01', to: '2018-12-31' }
