export { isOneBatch, succeed } from './succession/apply.ts'
export { type Foreseen, foresee, isPending, type Request, roomNames } from './succession/foresee.ts'
export { foreseenLines, nameList, unsaidLines } from './succession/lines.ts'
export { noShares, type Share, type Shares } from './succession/sharing.ts'
