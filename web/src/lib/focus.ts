import { useEffect, useState } from 'react'

/** For a dialog that is taken away when it is closed: the keyboard goes back to what opened it. */
export const useFocusBack = (): void => {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      setTimeout(() => opener instanceof HTMLElement && opener.focus())
    },
    [opener],
  )
}
