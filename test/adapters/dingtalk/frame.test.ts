import { describe, expect, it } from 'vitest'
import { ackOf, readFrame } from '../../../adapters/dingtalk/frame.ts'

const frame = (type: string, topic: string, data: string) =>
  JSON.stringify({ specVersion: '1.0', type, headers: { topic, messageId: 'f1' }, data })

describe('what goes back for a frame at once', () => {
  it.each([
    ['a ping', 'SYSTEM', 'ping', '{"opaque":"x"}', '{"opaque":"x"}'],
    ['an event', 'EVENT', '*', '{}', '{"status":"SUCCESS"}'],
    ['what is said to the robot', 'CALLBACK', '/v1.0/im/bot/messages/get', '{}', '{"response":{}}'],
    ['a pressed card', 'CALLBACK', '/v1.0/card/instances/callback', '{}', '{"response":{}}'],
  ])('%s', (_, type, topic, data, wanted) => {
    const read = readFrame(frame(type, topic, data))
    expect(JSON.parse((read && ackOf(read)) ?? '')).toEqual({
      code: 200,
      headers: { contentType: 'application/json', messageId: 'f1' },
      message: 'OK',
      data: wanted,
    })
  })

  it.each(['disconnect', 'CONNECTED', 'REGISTERED', 'KEEPALIVE'])('nothing for %s', (topic) => {
    const read = readFrame(frame('SYSTEM', topic, ''))
    expect(read && ackOf(read)).toBeUndefined()
  })

  it.each(['', '<xml/>', 'null', '[]', '{}', '{"type":"SYSTEM"}', '{"type":1,"headers":{"topic":"ping"}}'])(
    '%j is no frame',
    (text) => {
      expect(readFrame(text)).toBeUndefined()
    },
  )
})
