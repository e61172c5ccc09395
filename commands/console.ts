import type { Card } from '../src/model/card.ts'
import type { Command, Context } from './command.ts'
import { problem } from './problem.ts'

/** Said where the console itself is: whoever has a session may not make a new one out of it. */
const isInside = ({ place: { address } }: Context): boolean => address.platform === 'console' && address.route === 'web'

const linkCard = (url: string): Card => ({
  title: '网页版链接',
  tone: 'good',
  blocks: [
    { kind: 'link', label: '打开网页版', url },
    { kind: 'note', text: '十分钟内有效，只能用一次，只给您本人：请不要转发。过期了再说一次“网页版”。' },
  ],
})

/** Said to a role, as which the terminal speaks: no link lets in somebody who is not on the register. */
const forNobody = ({ publicUrl = '', office }: Context): Card =>
  office.demo
    ? {
        title: '网页版',
        tone: 'good',
        blocks: [
          { kind: 'link', label: '打开网页版', url: `${publicUrl}/signin` },
          { kind: 'note', text: '演示不用链接登录：在打开的页面上选一个身份进入。要先启动演示（npm start）。' },
        ],
      }
    : problem('链接只给通讯录上的人', '在命令行里请写明给谁。', 'duban people link 姓名')

const sentAlone: Card = {
  title: '已私聊发给您',
  tone: 'good',
  blocks: [{ kind: 'text', text: '网页版链接只给您本人，请到与我的单聊里打开，十分钟内有效。' }],
}

/** A one-time link into the console: only ever into the speaker's own chat, never where others read along. */
export const webConsole: Command<'console'> = {
  intent: 'console',
  title: '网页版',
  usage: '网页版 / 打开网页版',
  example: '网页版',
  roles: ['liaison', 'head', 'leader', 'office', 'admin'],
  run: async (c) => {
    if (isInside(c))
      return { reply: problem('您已经在网页版里', '要在另一台电脑上打开，请在聊天里对机器人说“网页版”。') }
    if (c.publicUrl !== undefined && !c.newLink) return { reply: forNobody(c) }
    if (!c.newLink)
      return {
        reply: problem(
          '还没有网页版地址',
          '请管理员设置 PUBLIC_URL（网页版的访问地址，如 https://duban.example.gov.cn）后重新启动。',
        ),
      }
    if (!c.alone)
      return {
        reply: problem(
          '请单聊我',
          '链接只给本人，不能发在群里，这里又不能主动给您发消息。',
          '请打开与我的单聊，说：网页版',
        ),
      }
    const { url, ...link } = c.newLink()
    if (c.place.scope === 'private') return { reply: linkCard(url), link }
    const told = { cause: `link:${c.message.key}`, to: { address: c.alone }, tasks: [], card: linkCard(url) }
    return { reply: sentAlone, notices: [{ ...told, until: link.expiresAt }], link }
  },
}
