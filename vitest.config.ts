import { defineConfig } from 'vitest/config'

/** PDF.js keeps its worker's state in the process: these files each get one of their own. */
const apart = [
  'test/plan/readers/{bad,damaged,doc,hostile,html,pdf,produced,same}.test.ts',
  'test/plan/formats.test.ts',
  'test/plan/hostile.test.ts',
]

/**
 * The program in processes of its own, real connections, conversations through every platform's door, whole runtimes, a
 * whole year, workers against each other, every command times every speaker: `npm run test:long`, and every run of CI.
 */
const long = [
  'test/worker/**/*.test.ts',
  'test/db/{d1,offices,sealing}.test.ts',
  'test/flow/{listen,year,yearend,oversight-year,workers,papers,annual,inspections}.test.ts',
  'test/{cli,node}/**/*.test.ts',
  'test/adapters/**/{line,socket,sockets,rough-server}.test.ts',
  'test/conversation/{permissions,guessing,guessing-hostile,subscriptions}.test.ts',
  'test/conversation/{joint,through}-*.test.ts',
  'test/{draw,web}/**/*.test.ts',
  'test/flow/{reissue,verify-rows,succession,calendar,cases,counted}.test.ts',
  'test/conversation/{papers,tally,incidents,public-papers}.test.ts',
  'test/docs/commands.test.ts',
  'test/conversation/evidence.test.ts',
  'test/conversation/requests*.test.ts',
  'test/http/{cases,requests,tallies}.test.ts',
  'test/clock/naive.test.ts',
]

// Two cores and three workers, because many tests wait for a connection. A test that starts PostgreSQL's tables, workerd
// or the command line takes seconds on a busy machine; one that needs more than that hangs.
export default defineConfig({
  test: {
    globals: false,
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Days are the office's, whatever zone the machine is in: a test that leans on the machine's zone fails here.
    env: { TZ: 'America/Los_Angeles' },
    projects: [
      // No test changes what another file sees (no mocks, no globals), so the modules are loaded once a worker.
      {
        extends: true,
        test: {
          name: 'all',
          include: ['test/**/*.test.ts'],
          exclude: [...apart, ...long, 'test/browser/**'],
          isolate: false,
          globalSetup: 'test/cli/scratch.ts',
        },
      },
      { extends: true, test: { name: 'files', include: apart } },
      {
        extends: true,
        test: { name: 'long', include: long, isolate: false, globalSetup: 'test/cli/scratch.ts' },
      },
    ],
  },
})
