import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { hc } from 'hono/client'
import type { AssessApi } from '../../../../src/http/api/assess.ts'
import type {
  AssessmentList,
  AssessmentPage,
  ScoreDeed,
  TableImport,
  TableShown,
  UnitScore,
} from '../../../../src/http/shapes/assess.ts'
import { FILE_MB, Problem } from '../../../../src/http/shapes/shared.ts'
import type { ScoreRules } from '../../../../src/model/assessment.ts'
import { ApiError, ifSomebodyElse, options, ownHeaders } from '../../lib/api.ts'
import { rereadAll } from '../../lib/query.ts'

export const assessClient = hc<AssessApi>('/api', options)

export const useAssessments = () =>
  useQuery({
    queryKey: ['assess', 'list'],
    queryFn: async () => (await (await assessClient.assessments.$get()).json()) as AssessmentList,
  })

export const useAssessment = (id: string) =>
  useQuery({
    queryKey: ['assess', id],
    queryFn: async () =>
      (await (await assessClient.assessments[':id'].$get({ param: { id } })).json()) as AssessmentPage,
  })

export const useUnitScore = (id: string, unit: string) =>
  useQuery({
    queryKey: ['assess', id, unit],
    queryFn: async () =>
      (await (await assessClient.assessments[':id'].units[':unit'].$get({ param: { id, unit } })).json()) as UnitScore,
  })

const useChange = <T, R>(send: (asked: T) => Promise<R>) => {
  const queries = useQueryClient()
  return useMutation({ mutationFn: send, onSettled: () => rereadAll(queries) })
}

export const useStep = (id: string) =>
  useChange((json: { version: number; step: 'open' | 'tell' | 'close' }) =>
    assessClient.assessments[':id'].step.$post({ param: { id }, json }),
  )

export const useRules = (id: string) =>
  useChange((json: { version: number; rules: ScoreRules }) =>
    assessClient.assessments[':id'].rules.$put({ param: { id }, json }),
  )

export const useDeed = (id: string) =>
  useChange((json: ScoreDeed) => assessClient.assessments[':id'].scores.$post({ param: { id }, json }))

export const useImport = () =>
  useChange(
    async (json: TableImport) => (await (await assessClient.assessments.$post({ json })).json()) as { id: string },
  )

/** Has the server read a file's table; nothing is stored. @throws ApiError */
export const readTable = async (file: File): Promise<TableShown> => {
  if (file.size > FILE_MB << 20) throw new ApiError(413, `文件超过${FILE_MB}MB：请只留指标表本身再上传`)
  const headers = {
    ...ownHeaders(),
    'content-type': 'application/octet-stream',
    'x-file-name': encodeURIComponent(file.name),
  }
  const response = await options.fetch('/api/assessments/read', { method: 'POST', headers, body: file })
  if (response.ok) return (await response.json()) as TableShown
  const problem = Problem.safeParse(await response.json().catch(() => undefined))
  ifSomebodyElse(response.status, problem.data?.now)
  throw new ApiError(response.status, problem.data?.error ?? `服务器没有收下这个文件（${response.status}）`)
}

/** 450 → 4.50 */
export const points = (hundredths: number | null): string => {
  if (hundredths === null) return '—'
  const size = Math.abs(hundredths)
  return `${hundredths < 0 ? '-' : ''}${Math.trunc(size / 100)}.${String(size % 100).padStart(2, '0')}`
}

/** “4.5” → 450; undefined for what is no number of at most two decimals. */
export const hundredths = (text: string): number | undefined => {
  const [, whole, part = ''] = /^(\d{1,4})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? []
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'))
}
