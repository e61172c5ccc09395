import { type RefObject, useCallback, useEffect, useState } from 'react'
import { PAGE } from '../../../../src/http/shapes/ledger.ts'
import type { LedgerRow } from '../../../../src/model/ledger.ts'
import { usePage } from './client.ts'

/** Rows that are drawn above and below those in view, so that a turn of the wheel meets rows and no gap. */
const MARGIN = 12

/** Which rows of a long list of rows of one height stand in the view of the box that scrolls them. */
export const useView = (box: RefObject<HTMLElement | null>, total: number, height: number, first: number) => {
  const [view, look] = useState({ top: first, many: 30 })
  const read = useCallback(() => {
    const { scrollTop = 0, clientHeight = 0 } = box.current ?? {}
    const top = Math.floor(scrollTop / height)
    const many = Math.ceil(clientHeight / height) + 1
    look((before) => (before.top === top && before.many === many ? before : { top, many }))
  }, [box, height])
  useEffect(() => {
    window.addEventListener('resize', read)
    read()
    return () => window.removeEventListener('resize', read)
  }, [read])
  const from = Math.max(0, Math.min(view.top - MARGIN, total))
  return { top: view.top, from, to: Math.min(total, view.top + view.many + MARGIN), read }
}

/** A place in the list, from 0, and the row that stands there. */
export interface Place {
  n: number
  row: LedgerRow | undefined
}

/** Rows from `from` to `to`, page by page as they come into view; a row that is not there yet is undefined. */
export const useRows = (look: Record<string, string>, from: number, to: number): Place[] => {
  const a = Math.floor(from / PAGE)
  const b = Math.floor(Math.max(from, to - 1) / PAGE)
  // What is in view never reaches over more than two pages.
  const pages = { [a]: usePage(look, a).data, [b]: usePage(look, b).data }
  return Array.from({ length: to - from }, (_, i) => {
    const n = from + i
    return { n, row: pages[Math.floor(n / PAGE)]?.rows[n % PAGE] }
  })
}
