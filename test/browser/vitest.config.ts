import { defineConfig } from 'vitest/config'

/** The built console in a real browser, against the real server: apart from `npm test`, since it needs Chromium. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    maxWorkers: 3,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { TZ: 'Asia/Shanghai' },
  },
})
