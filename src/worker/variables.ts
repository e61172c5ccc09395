/** Cloudflare keeps at most 5 KB in one variable. */
const PART = /^OFFICES_FILE_([2-9]|[1-9]\d)$/

/**
 * A Worker's variables, with an OFFICES_FILE that is longer than one may be put together from OFFICES_FILE, OFFICES_FILE_2,
 * OFFICES_FILE_3 … in the order of their numbers; bindings, which are objects, are left out.
 */
export const variablesOf = (env: Record<string, unknown>): Record<string, string> => {
  const texts = Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const isPart = ([name]: [string, string]) => PART.test(name)
  const numberOf = ([name]: [string, string]) => Number(PART.exec(name)?.[1])
  const parts = texts.filter(isPart).sort((a, b) => numberOf(a) - numberOf(b))
  const own = Object.fromEntries(texts.filter((entry) => !isPart(entry)))
  if (parts.length === 0) return own
  return { ...own, OFFICES_FILE: [own.OFFICES_FILE ?? '', ...parts.map(([, text]) => text)].join('') }
}
