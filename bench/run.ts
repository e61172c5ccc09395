/** `npm run bench [-- NAME] [options]`: each prints what it measured, and fails when a promise was broken. Without a name: what an installation costs, in one table. */
const benches: Record<string, () => Promise<{ run(argv: string[]): Promise<void> }>> = {
  clock: () => import('./clock.ts'),
  'console-ledger': () => import('./console-ledger.ts'),
  disk: () => import('./disk.ts'),
  faults: () => import('./faults.ts'),
  fuzz: () => import('./fuzz.ts'),
  hostile: () => import('./hostile.ts'),
  kills: () => import('./kills.ts'),
  list: () => import('./list.ts'),
  messages: () => import('./messages.ts'),
  oversight: () => import('./oversight.ts'),
  overview: () => import('./console-overview.ts'),
  paint: () => import('./console-paint.ts'),
  plans: () => import('./plans.ts'),
  push: () => import('./push.ts'),
  'push-kills': () => import('./push-kills.ts'),
  replicas: () => import('./replicas.ts'),
  size: () => import('./size.ts'),
  restore: () => import('./restore.ts'),
  soak: () => import('./soak.ts'),
  sockets: () => import('./sockets.ts'),
  start: () => import('./start.ts'),
  understand: () => import('./understand.ts'),
  webhook: () => import('./webhook.ts'),
  workerd: () => import('./workerd.ts'),
  year: () => import('./year.ts'),
}

/** Processes that a bench starts of its own. */
const parts: typeof benches = {
  'own-listener': () => import('./own-listener.ts'),
  'own-server': () => import('./own-server.ts'),
  'webhook-ceiling': () => import('./webhook/ceiling.ts'),
  'webhook-other-side': () => import('./webhook/other-side.ts'),
}

const [first, ...rest] = process.argv.slice(2)
const known = { ...benches, ...parts }
// Without a name the table of all costs; what begins with a hyphen is its option.
const unnamed = first === undefined || first.startsWith('-')
const argv = unnamed ? process.argv.slice(2) : rest
const load = unnamed ? () => import('./cost.ts') : Object.hasOwn(known, first) ? known[first] : undefined
if (!load) {
  process.stderr.write(`npm run bench -- ${Object.keys(benches).join('|')}\n`)
  process.exitCode = 2
} else {
  const failed = (error: unknown): void => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
  load()
    .then(({ run }) => run(argv))
    .catch(failed)
}

export {}
