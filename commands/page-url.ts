import type { Context } from './command.ts'

/** The address of a page of the console, with the office's name where there are several; undefined where there is no console. */
export const pageUrl = (
  { publicUrl, named }: Pick<Context, 'publicUrl' | 'named'>,
  path: string,
): string | undefined => {
  if (publicUrl === undefined) return undefined
  const [page = '', query] = path.split('?')
  const asked = new URLSearchParams(query)
  if (named !== undefined) asked.set('office', named)
  return `${publicUrl.replace(/\/+$/, '')}${page}${asked.size > 0 ? `?${asked}` : ''}`
}
