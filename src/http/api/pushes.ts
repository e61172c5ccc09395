import { part } from './kit.ts'

export const pushesApi = () => part()
export type PushesApi = ReturnType<typeof pushesApi>
