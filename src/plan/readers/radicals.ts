/** The characters that the radicals from U+2E80 on look like, in their order; a dot where there is none. */
const SUPPLEMENT =
  '冫厂乛乚乙亻冂几刀刂卜㔾小小兀尢尢尢巳幺彑彐忄心扌攵·旡日月歺母民氵水灬爪爪丬牛犭王疋目示礻竹糸纟网罒网网网羊羊羊老' +
  '聿聿月臼艹艹艹虎衤西西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食食饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟'

/**
 * Text with its radicals as the characters they look like: ⽉ (U+2F49) as 月. Browsers and some printers write them into
 * PDF files, from where they are copied on; nothing else reads them as words. Each stays one character.
 */
export const plainHan = (text: string): string =>
  RADICAL.test(text) ? text.replace(RADICALS, (c) => supplementOf(c) ?? usual(c.normalize('NFKC'))) : text

const RADICAL = /[\u2e80-\u2fd5\uf900-\ufad9]/
const RADICALS = /[\u2e80-\u2fd5\uf900-\ufad9]/g

function supplementOf(radical: string): string | undefined {
  const plain = SUPPLEMENT[radical.charCodeAt(0) - 0x2e80]
  return plain === '·' ? undefined : plain
}

/** Unicode's own counterparts of three radicals are old forms that no office writes. */
const usual = (character: string): string => ({ 戶: '户', 靑: '青', 黃: '黄' })[character] ?? character
