import { defineConfig } from 'vitest/config'

// Two cores: the files share two workers. A test that starts PostgreSQL's tables, workerd or the command line takes
// seconds on a busy machine; one that needs more than that hangs.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globals: false,
    maxWorkers: 2,
    // No test changes what another file sees (no mocks, no globals), so the modules are loaded once a worker.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Days are the office's, whatever zone the machine is in: a test that leans on the machine's zone fails here.
    env: { TZ: 'America/Los_Angeles' },
  },
})
