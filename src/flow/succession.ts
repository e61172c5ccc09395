export { isOneBatch, succeed } from './succession/apply.ts'
export { type Foreseen, foresee, isPending, type Request, roomNames } from './succession/foresee.ts'
export type { Passage } from './succession/joining.ts'
export { noShares, type Share, type Shares } from './succession/sharing.ts'
