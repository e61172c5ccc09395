import type { Line } from '../src/model/card.ts'

const SIGN = { red: '🔴', yellow: '🟡', green: '🟢' }

/** `🔴 公开17-4 …`: a line of a list as every platform shows it, its text made safe for the platform. */
export const lineText = (line: Line, safe: (text: string) => string): string =>
  line.light ? `${SIGN[line.light]} ${safe(line.text)}` : safe(line.text)
