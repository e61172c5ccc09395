import type { ReactNode } from 'react'
import { webAddress } from './address.ts'

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
