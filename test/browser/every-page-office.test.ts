import { describe } from 'vitest'
import { hasBrowser } from './browser.ts'
import { useEveryPage } from './everywhere.ts'

describe.skipIf(!hasBrowser)('every page', () => useEveryPage().itOpens('office'))
