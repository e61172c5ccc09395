import { useEffect } from 'react'

const BOXES = '.ant-table-content[style*="overflow"]:not([tabindex]), .sideways:not([tabindex])'

const mend = () => {
  for (const box of document.querySelectorAll<HTMLElement>(BOXES)) {
    box.tabIndex = 0
    box.setAttribute('role', 'region')
    box.setAttribute('aria-label', '表格，可以左右滚动')
  }
}

/** A table that scrolls sideways is reached by the keyboard too: the component library gives its box no place in the order. */
export const useReachableTables = (): void =>
  useEffect(() => {
    const watch = new MutationObserver(mend)
    watch.observe(document.body, { childList: true, subtree: true })
    mend()
    return () => watch.disconnect()
  }, [])
