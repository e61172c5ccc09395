import { useEffect } from 'react'

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-waiting]')]

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input:not([type=checkbox]), textarea, select, [role=dialog]') !== null

/** j and k (or the arrows, once a row has the focus) go from row to row, x chooses; Enter is the row's own. */
export const useKeys = (choose: (id: string) => void) => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const all = rows()
      const at = all.indexOf(document.activeElement as HTMLElement)
      const step = { j: 1, k: -1, ...(at >= 0 && { ArrowDown: 1, ArrowUp: -1 }) }[event.key]
      const id = at >= 0 ? all[at]?.dataset.waiting : undefined
      if (step !== undefined) {
        event.preventDefault()
        all[Math.min(all.length - 1, Math.max(0, at + step))]?.focus()
      } else if (event.key === 'x' && id !== undefined) choose(id)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [choose])
}
