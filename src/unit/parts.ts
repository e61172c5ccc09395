/** A name cut into what enumerations share (level), what makes it itself (stem) and what kind of body it is (suffix). */
export interface Parts {
  level: string
  stem: string
  suffix: string
}

/** Suffixes as written → the form they count as; longest first, so that 委员会 is never read as 会. */
export const SUFFIXES: readonly (readonly [written: string, counts: string])[] = [
  ['管委会', '管委会'],
  ['委员会', '委'],
  ['办公室', '办'],
  ['督查室', '督查室'],
  ['合作社', '社'],
  ['联合会', '联'],
  ['检察院', '检察院'],
  ['总工会', '工会'],
  ['中心', '中心'],
  ['学院', '学院'],
  ['大学', '大学'],
  ['支队', '队'],
  ['总队', '队'],
  ['大队', '队'],
  ['医院', '医院'],
  ['法院', '法院'],
  ['学校', '学校'],
  ['公司', '公司'],
  ['集团', '集团'],
  ['工委', '工委'],
  ['党校', '党校'],
  ['局', '局'],
  ['委', '委'],
  ['办', '办'],
  ['部', '部'],
  ['厅', '厅'],
  ['处', '处'],
  ['室', '室'],
  ['社', '社'],
  ['联', '联'],
  ['会', '会'],
  ['队', '队'],
  ['院', '院'],
  ['台', '台'],
  ['馆', '馆'],
  ['所', '所'],
  ['站', '站'],
  ['校', '校'],
]

const FILLER = /(?:行政|监督|监管|管理|服务|综合|事务|工作)+$/
const ORGAN = /^(?:人民政府|政府|委)(?=.)/

/** Brackets and blanks carry no meaning in a name: 各县（区）人民政府 → 各县区人民政府. */
export const clean = (name: string): string => name.replace(/[\s（）()【】[\]〔〕"“”'‘’·]/g, '')

/** 发展和改革 → 发展改革: the conjunctions that short forms leave out. */
export const dropConjunctions = (stem: string): string => stem.replace(/[和与及]/g, '')

/** 住房公积金管理 → 住房公积金; a stem that is nothing but such words stays. */
export function dropFiller(stem: string): string {
  const core = stem.replace(FILLER, '')
  return core.length > 1 ? core : stem
}

/** The suffix that a name ends in, as written and as it counts. */
const suffixOf = (name: string): readonly [string, string] | undefined =>
  SUFFIXES.find(([written]) => name.length > written.length && name.endsWith(written))

/** Cuts a clean name; `level` is the prefix to take off where the name begins with it. No known suffix: undefined. */
export function cut(name: string, level: string): Parts | undefined {
  const led = level !== '' && name.startsWith(level) && name.length > level.length + 1
  const rest = led ? name.slice(level.length) : name
  const suffix = suffixOf(rest)
  if (!suffix) return undefined
  const body = rest.slice(0, rest.length - suffix[0].length)
  const stem = body === '人民政府' ? '政府' : dropConjunctions(body.replace(ORGAN, ''))
  return stem === '' ? undefined : { level: led ? level : '', stem, suffix: suffix[1] }
}

/** Are the characters of `short` in `long`, in order, beginning with the same one? */
export function abbreviates(short: string, long: string): boolean {
  if (short.length < 2 || short[0] !== long[0]) return false
  let at = 0
  for (let i = 0; i < long.length && at < short.length; i += 1) if (long[i] === short[at]) at += 1
  return at === short.length
}
