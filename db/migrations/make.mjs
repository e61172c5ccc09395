// npm run migrations [-- --name NAME] → the migrations that db/schema.ts still lacks, for both kinds of database.
import { execFileSync } from 'node:child_process'
import { argv } from 'node:process'

const wish = argv.slice(2)
for (const dialect of ['sqlite', 'postgres'])
  execFileSync('drizzle-kit', ['generate', '--config', `db/drizzle.${dialect}.ts`, ...wish], { stdio: 'inherit' })
await import('./embed.mjs')
