import { zipSync } from 'fflate'

export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** Parts as a zip file; every part bears one fixed day, so that the same parts give the same bytes. */
export function zip(parts: Record<string, string>): Uint8Array {
  const encoder = new TextEncoder()
  const files = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, encoder.encode(text)]))
  return zipSync(files, { level: 9, mtime: '2026-01-01T00:00:00' })
}

/** Words as they stand in XML and HTML. */
export const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
