import { z } from 'zod'
import { Refused } from '../../src/model/problem.ts'

export interface Mention {
  name: string
  self: boolean
}

/** By placeholder: `@_user_1`. */
export type Mentions = Map<string, Mention>

const Text = z.object({ text: z.string() })
const Node = z.object({
  tag: z.string(),
  text: z.string().optional(),
  href: z.string().optional(),
  user_id: z.string().optional(),
  user_name: z.string().optional(),
})
type Node = z.infer<typeof Node>
const Post = z.object({ title: z.string().optional(), content: z.array(z.array(Node)) })

function content<T extends z.ZodType>(shape: T, json: string): z.infer<T> {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new Refused(400)
  }
  const read = shape.safeParse(value)
  if (!read.success) throw new Refused(400)
  return read.data
}

/** `@_user_1` → `@王敏`, our own → nothing; in one pass, so that a name cannot smuggle in a placeholder. */
function fillIn(text: string, mentions: Mentions): string {
  return text.replace(/@_(?:user_\d{1,4}|all)/g, (key) => {
    if (key === '@_all') return '@所有人'
    const mention = mentions.get(key)
    if (!mention) return key
    return mention.self ? '' : `@${mention.name}`
  })
}

function nodeText(node: Node, mentions: Mentions): string {
  const text = node.text ?? ''
  switch (node.tag) {
    case 'at': {
      const key = node.user_id ?? ''
      return mentions.has(key) || key === '@_all' ? fillIn(key, mentions) : `@${node.user_name ?? ''}`
    }
    case 'a':
      return node.href && node.href !== text ? `${text} ${node.href}`.trim() : text
    case 'text':
    case 'md':
    case 'code_block':
      return fillIn(text, mentions)
    default:
      return ''
  }
}

function postText(post: z.infer<typeof Post>, mentions: Mentions): string {
  const paragraphs = post.content.map((nodes) => nodes.map((node) => nodeText(node, mentions)).join(''))
  return [post.title ?? '', ...paragraphs].filter((line) => line !== '').join('\n')
}

/** The words of a text or post message; undefined for pictures, files, stickers, cards. @throws Refused 400 */
export function plainText(type: string, json: string, mentions: Mentions): string | undefined {
  if (type === 'text') return fillIn(content(Text, json).text, mentions).trim()
  if (type === 'post') return postText(content(Post, json), mentions).trim()
  return undefined
}
