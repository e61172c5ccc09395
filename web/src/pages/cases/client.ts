import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { hc } from 'hono/client'
import { useRef } from 'react'
import type { CasesApi } from '../../../../src/http/api/cases.ts'
import { CASES_PAGE, CaseDone, CaseList, CasePage, RegisterList } from '../../../../src/http/shapes/cases.ts'
import type { CaseKind } from '../../../../src/model/case.ts'
import { type ApiError, options } from '../../lib/api.ts'
import { newId } from '../../lib/id.ts'
import { rereadAll } from '../../lib/query.ts'

const client = hc<CasesApi>('/api', options)
const one = client.cases[':id']

/** The look as it stands in the address, without the page. */
export type Look = Record<string, string>

export const useRegisters = () =>
  useQuery({
    queryKey: ['cases', 'registers'],
    queryFn: async () => RegisterList.parse(await (await client.registers.$get()).json()),
  })

/** One page of the list, from 1. */
export const useCases = (look: Look, page: number) =>
  useQuery({
    queryKey: ['cases', 'list', look, page],
    queryFn: async () => {
      const query = { ...look, offset: String((page - 1) * CASES_PAGE), limit: String(CASES_PAGE) }
      return CaseList.parse(await (await client.cases.$get({ query })).json())
    },
    placeholderData: keepPreviousData,
  })

export const useCase = (id: string) =>
  useQuery({
    queryKey: ['cases', 'one', id],
    queryFn: async () => CasePage.parse(await (await one.$get({ param: { id } })).json()),
  })

/** The workbook of what is seen. */
export const readWorkbook = (query: Look): Promise<Response> => client.cases.export.$get({ query })

/** A document made of a case as it stands. @throws ApiError */
export const readNotice = async (id: string, kind: string): Promise<Response> =>
  options.fetch(`/api/cases/${encodeURIComponent(id)}/notices/${encodeURIComponent(kind)}`)

/** What was put into a form, by the names of its fields. */
export type Input = Record<string, unknown>

const useSend = <T>(send: (asked: T) => Promise<{ json(): Promise<unknown> }>) => {
  const queries = useQueryClient()
  return useMutation<CaseDone, ApiError, T>({
    mutationFn: async (asked) => CaseDone.parse(await (await send(asked)).json()),
    onSettled: () => rereadAll(queries),
  })
}

/** One form is entered once: what is sent again after its answer was lost bears the same key. */
export const useEnter = (kind: CaseKind) => {
  const key = useRef(newId())
  return useSend(async (input: Input) => {
    const answer = await client.cases.$post({ json: { kind, input, key: key.current } })
    key.current = newId()
    return answer
  })
}

export const useDeed = (id: string, version: number, deed: string) =>
  useSend((input: Input) => one.deeds.$post({ param: { id }, json: { version, deed, input } }))
