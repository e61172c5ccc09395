import { Fragment } from 'react'

/** Words of a message, with those who are @-ed standing out; text only. */
export const Words = ({ text, names }: { text: string; names: readonly string[] }) => {
  const parts: { text: string; called: boolean }[] = []
  let rest = text
  while (rest !== '') {
    const found = names
      .map((name) => ({ name, at: rest.indexOf(`@${name}`) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0]
    if (!found) break
    parts.push({ text: rest.slice(0, found.at), called: false }, { text: `@${found.name}`, called: true })
    rest = rest.slice(found.at + found.name.length + 1)
  }
  parts.push({ text: rest, called: false })
  return (
    <>
      {parts.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the words of a message never move
        <Fragment key={i}>{part.called ? <span className="try-called">{part.text}</span> : part.text}</Fragment>
      ))}
    </>
  )
}
