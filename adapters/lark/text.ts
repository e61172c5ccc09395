import { z } from 'zod'
import type { Attached } from '../../src/model/message.ts'
import { clip } from '../escape.ts'
import { readJson, readShape } from '../read.ts'
import { fileHandle } from './handle.ts'

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
  image_key: z.string().optional(),
  file_key: z.string().optional(),
})
type Node = z.infer<typeof Node>
const Post = z.object({ title: z.string().optional(), content: z.array(z.array(Node)) })
const Picture = z.object({ image_key: z.string().min(1) })
const File = z.object({ file_key: z.string().min(1), file_name: z.string().optional() })

const content = <T extends z.ZodType>(shape: T, json: string): z.infer<T> => readShape(shape, readJson(json))

/** Longer than any name that is one: a placeholder said a thousand times must not make a book. */
const LONGEST_NAME = 64

/** `@_user_1` → `@王敏`, our own → nothing; in one pass, so that a name cannot smuggle in a placeholder. */
function fillIn(text: string, mentions: Mentions): string {
  return text.replace(/@_(?:user_\d{1,7}|all)/g, (key) => {
    if (key === '@_all') return '@所有人'
    const mention = mentions.get(key)
    if (!mention) return key
    return mention.self ? '' : `@${clip(mention.name, LONGEST_NAME)}`
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

const held = (message: string, kind: Attached['kind'], key: string, name = ''): Attached => ({
  kind,
  name,
  handle: fileHandle(message, key, kind === 'image' ? 'image' : 'file'),
})

function postFiles(post: z.infer<typeof Post>, message: string): Attached[] {
  return post.content.flat().flatMap(({ tag, image_key, file_key }) => {
    if (tag === 'img' && image_key) return [held(message, 'image', image_key)]
    return tag === 'media' && file_key ? [held(message, 'video', file_key)] : []
  })
}

/** Words and files of a message; neither where it is a sticker, a card or whatever else cannot be read. */
export interface Content {
  text: string
  files: Attached[]
}

const KINDS = { file: 'file', audio: 'audio', media: 'video' } as const

/** What a message says and brings. @param message its id, by which its files are fetched. @throws Refused 400 */
export function contentOf(message: string, type: string, json: string, mentions: Mentions): Content {
  if (type === 'text') return { text: fillIn(content(Text, json).text, mentions).trim(), files: [] }
  if (type === 'post') {
    const post = content(Post, json)
    return { text: postText(post, mentions).trim(), files: postFiles(post, message) }
  }
  if (type === 'image') return { text: '', files: [held(message, 'image', content(Picture, json).image_key)] }
  if (type !== 'file' && type !== 'audio' && type !== 'media') return { text: '', files: [] }
  const { file_key, file_name } = content(File, json)
  return { text: '', files: [held(message, KINDS[type], file_key, file_name)] }
}
