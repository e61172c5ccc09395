import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import Client from 'better-sqlite3'
import { Hono } from 'hono'
import { larkConfig } from '../../test/fakes/lark.ts'

const sha256 = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const key = sha256(larkConfig.encryptKey)

const opened = (body: Buffer): unknown => {
  const sealed = Buffer.from((JSON.parse(body.toString()) as { encrypt: string }).encrypt, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, sealed.subarray(0, 16))
  return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()]).toString())
}

const openDatabase = (path: string) => {
  const client = new Client(path)
  client.pragma('journal_mode = WAL')
  client.pragma('synchronous = NORMAL')
  client.exec(`create table messages (id text primary key, chat text, person text, text text, at integer);
    create index by_chat on messages (chat, at)`)
  return {
    put: client.prepare('insert into messages values (?, ?, ?, ?, ?)'),
    last: client.prepare('select id, text from messages where chat = ? order by at desc limit 10'),
  }
}

interface Said {
  event: {
    sender: { sender_id: { open_id: string } }
    message: { message_id: string; chat_id: string; content: string; create_time: string; mentions?: unknown[] }
  }
}

/**
 * What any bot must do, and nothing besides: verify, decrypt, one insert, one select, a card of ten lines through a
 * kept-alive connection. A process of the bench's own.
 */
export const run = async ([path = '', domain = '']: string[]): Promise<void> => {
  const { put, last } = openDatabase(path)
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const reply = (id: string, lines: string[]): void => {
    const card = { schema: '2.0', body: { elements: lines.map((content) => ({ tag: 'markdown', content })) } }
    const body = Buffer.from(JSON.stringify({ msg_type: 'interactive', content: JSON.stringify(card), uuid: id }))
    const headers = {
      authorization: 'Bearer t-bench',
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
    }
    const url = `${domain}/open-apis/im/v1/messages/${id}/reply`
    request(url, { method: 'POST', agent, headers }, (response) => response.resume()).end(body)
  }
  const hono = new Hono()
  hono.post('/webhooks/lark', async (c) => {
    const raw = Buffer.from(await c.req.arrayBuffer())
    const stamp = (c.req.header('x-lark-request-timestamp') ?? '') + (c.req.header('x-lark-request-nonce') ?? '')
    const signature = Buffer.from(c.req.header('x-lark-signature') ?? '', 'hex')
    const right = sha256(stamp, larkConfig.encryptKey, raw)
    if (signature.length !== right.length || !timingSafeEqual(signature, right)) return c.body('', 401)
    const body = opened(raw)
    if (typeof body === 'object' && body !== null && 'challenge' in body) return c.json({ challenge: body.challenge })
    const { sender, message } = (body as Said).event
    const { text } = JSON.parse(message.content) as { text: string }
    const at = Number(message.create_time)
    put.run(message.message_id, message.chat_id, sender.sender_id.open_id, text, at)
    const rows = last.all(message.chat_id) as { id: string; text: string }[]
    if (message.mentions)
      reply(
        message.message_id,
        rows.map((row, i) => `${i + 1}. ${row.text}`),
      )
    return c.json({})
  })
  const server = createAdaptorServer({ fetch: hono.fetch }) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}
