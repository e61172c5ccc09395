import { clean } from './parts.ts'

/** 64 bits of two FNV-like lanes over the text; for ids, not for secrets. */
function digest(text: string): string {
  let a = 0x811c9dc5
  let b = 0x9e3779b1
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ (code + i), 0x85ebca6b)
  }
  a ^= a >>> 15
  b ^= b >>> 13
  return (a >>> 0).toString(36).padStart(7, '0') + (b >>> 0).toString(36).padStart(7, '0')
}

/** The id of a new unit: opaque, the same for the same name on every machine. */
export const unitId = (name: string): string => `u${digest(clean(name))}`

/** The id of a class that the roster does not define: its own name, cleaned. */
export const classId = (name: string): string => `class:${clean(name).replace(/[、，,]/g, '')}`
