import { expect, it } from 'vitest'
import { pictureFont } from '../../src/draw/draw.ts'
import { pngOf } from '../../src/draw/png.ts'

const font = await pictureFont('/nowhere')
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'

it.skipIf(!font)('a picture that takes too long, or cannot be painted, ends and holds up no other', async () => {
  const path = font ?? ''
  await expect(pngOf(svg, path, 1)).rejects.toThrow(/too long/)
  await expect(pngOf('<svg', path)).rejects.toThrow()
  await expect(pngOf(svg, '/nowhere/none.ttf')).rejects.toThrow(/ENOENT/)
  expect((await pngOf(svg, path)).length).toBeGreaterThan(50)
})
