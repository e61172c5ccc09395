import { evidenceFile } from '../../flow/console/duty/evidence-file.ts'
import { checkLinks } from '../../flow/console/duty/links.ts'
import { dutyPage } from '../../flow/console/duty.ts'
import { DutyPage, LinksChecked } from '../shapes/duty.ts'
import { asDownload, download } from './file.ts'
import { body, EVERYONE, json, part, Refusal, route, who, z } from './kit.ts'

const params = z.object({ id: z.string().min(1).max(200) })

/** One and the same answer for what is not there and what is not theirs, so that nobody learns which. */
const notTheirs = () => new Refusal(404, '没有这一项，或不是您能查看的')

/** One duty's page, and a look at the links that were handed in for it. */
export const dutyApi = () =>
  part()
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/duties/{id}',
        request: { params },
        responses: { 200: json(DutyPage, '一项责任') },
      }),
      async (c) => {
        const page = await dutyPage(c.get('deps'), who(c).actor, c.req.valid('param').id)
        if (!page) throw notTheirs()
        return c.json(page, 200)
      },
    )
    .openapi(
      route(EVERYONE, {
        method: 'post',
        path: '/duties/{id}/links/check',
        request: { params, body: body(z.object({})) },
        responses: { 200: json(LinksChecked, '反馈的链接能不能打开') },
      }),
      async (c) => {
        const checked = await checkLinks(c.get('deps'), who(c).actor, c.req.valid('param').id)
        if (checked === 'none') throw notTheirs()
        if (checked === 'not-yours') throw new Refusal(403, '链接由主管科室和本单位联络员检查')
        return c.json({ links: checked }, 200)
      },
    )
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/evidence/{id}/file',
        request: { params },
        responses: { 200: download('佐证的文件，或网页的副本') },
      }),
      async (c) => {
        const found = await evidenceFile(c.get('deps'), who(c).actor, c.req.valid('param').id)
        if (!found) throw notTheirs()
        return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, asDownload(found.name, found.type))
      },
    )
export type DutyApi = ReturnType<typeof dutyApi>
