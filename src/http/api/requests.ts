import { requestLetter } from '../../flow/console/requests.ts'
import { NoticeKind, NoticeQuery } from '../shapes/requests.ts'
import { asDownload, download } from './file.ts'
import { OFFICE, part, Refusal, route, who, z } from './kit.ts'

const Params = z.object({ id: z.string().max(64), kind: NoticeKind })
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** 依申请公开: the letters that go with it. */
export const requestsApi = () =>
  part().openapi(
    route(OFFICE, {
      method: 'get',
      path: '/cases/{id}/notices/{kind}',
      request: { params: Params, query: NoticeQuery },
      responses: { 200: download('Word 文件：照登记的内容写好，只有人知道的地方留空') },
    }),
    async (c) => {
      const { result } = c.req.valid('query')
      const file = await requestLetter(c.get('deps'), who(c).actor, { ...c.req.valid('param'), result })
      if (!file) throw new Refusal(404, '没有这一件依申请公开')
      return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, asDownload(file.name, DOCX)) as never
    },
  )
