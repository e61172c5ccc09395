import { describe } from 'vitest'
import { hasBrowser } from './browser.ts'
import { roles, useEveryPage } from './everywhere.ts'

// The office's stand in a file of their own, beside this one.
describe.skipIf(!hasBrowser)('every page', () => {
  const { itOpens } = useEveryPage()
  for (const role of roles.filter((one) => one !== 'office')) itOpens(role)
})
