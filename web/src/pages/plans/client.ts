import { hc } from 'hono/client'
import type { PlansApi } from '../../../../src/http/api/plans.ts'
import { FILE_MB, Problem } from '../../../../src/http/shapes/shared.ts'
import { ApiError, ifSomebodyElse, options, ownHeaders } from '../../lib/api.ts'

export const plansClient = hc<PlansApi>('/api', options)

/** Sends a file off, telling how much of it has gone (0 to 1): `fetch` cannot say that. Resolves to the job that reads it. */
export const sendFile = (file: Blob, name: string, onSent: (share: number) => void): Promise<string> =>
  new Promise((done, failed) => {
    if (file.size > FILE_MB << 20) {
      failed(new ApiError(413, `文件超过${FILE_MB}MB：请只留方案本身，或另存为 .docx、.txt 再上传`))
      return
    }
    const request = new XMLHttpRequest()
    request.open('POST', '/api/plans/upload')
    for (const [name, value] of Object.entries(ownHeaders())) request.setRequestHeader(name, value)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('x-file-name', encodeURIComponent(name))
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0)
    request.onerror = () => failed(new ApiError(0, '连不上服务器，文件没有传完：请检查网络，再试一次'))
    request.onload = () => {
      const { job } = (request.response ?? {}) as { job?: string }
      if (request.status === 202 && job) return done(job)
      const problem = Problem.safeParse(request.response)
      ifSomebodyElse(request.status, problem.data?.now)
      failed(new ApiError(request.status, problem.data?.error ?? `服务器没有收下这个文件（${request.status}）`))
    }
    request.send(file)
  })
