import type { ReactNode } from 'react'

/** The address as the browser reads it, where it is one of the web; undefined for `javascript:` and all else. */
export const webAddress = (text: string): string | undefined => {
  try {
    const { protocol, href } = new URL(text.trim())
    return protocol === 'http:' || protocol === 'https:' ? href : undefined
  } catch {
    return undefined
  }
}

/** A link that somebody handed in. What is no address of the web stands there as the words that it is. */
export const SafeLink = ({ href, children }: { href: string; children?: ReactNode }) => {
  const address = webAddress(href)
  return address === undefined ? (
    <span>{children ?? href}</span>
  ) : (
    <a href={address} target="_blank" rel="noopener noreferrer">
      {children ?? href}
    </a>
  )
}
