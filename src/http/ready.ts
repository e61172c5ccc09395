import { expectedVersion } from '../../db/migrate.ts'

export {}
