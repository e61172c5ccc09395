import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Where a Chinese font lies: Debian and Ubuntu, Fedora and openEuler, Arch, Alpine; then other fonts that have the characters. */
const USUAL = [
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc',
  '/usr/share/fonts/wqy-microhei/wqy-microhei.ttc',
  '/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc',
  '/System/Library/Fonts/Hiragino Sans GB.ttc',
  'C:\\Windows\\Fonts\\msyh.ttc',
]

const isFont = (name: string) => /\.(?:ttf|otf|ttc)$/i.test(name)

/** Paths of fonts that may hold Chinese, the best first: what an office put into `DIR/fonts`, then what the system has. */
export const fontPaths = async (dataDir: string): Promise<string[]> => {
  const own = join(dataDir, 'fonts')
  const names = await readdir(own).catch(() => [])
  return [
    ...names
      .filter(isFont)
      .sort()
      .map((name) => join(own, name)),
    ...USUAL,
  ]
}
