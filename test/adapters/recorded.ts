import { readdirSync, readFileSync } from 'node:fs'

/** A callback in the shape that the platform documents; the test encrypts and signs it with a test key. */
export interface Recorded {
  why: string
  headers: Record<string, string>
  /** The body before encryption, byte for byte. */
  plain: string
  expect: unknown
}

/** The `*.http.json` of a folder, by name. */
export function recorded(folder: URL): [name: string, recorded: Recorded][] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.http.json'))
    .map((name) => [name.replace('.http.json', ''), JSON.parse(readFileSync(new URL(name, folder), 'utf8'))])
}

/** As it would be stored: dates as text, nothing undefined. */
export const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))
