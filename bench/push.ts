import { lists } from './push-lists.ts'
export const run = async (argv: string[]): Promise<void> => {
  await lists({ offices: Number(argv[0] ?? 200), years: 1, each: 5000, asking: 5000, units: 500, open: true })
}
