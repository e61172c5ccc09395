import { z } from 'zod'
import { jsonOf } from '../read.ts'

/** What the long connection brings: a JSON text whose `data` is once more JSON in a string. */
const Frame = z.object({
  type: z.string(),
  headers: z.object({ topic: z.string(), messageId: z.string().default('') }),
  data: z.string().default(''),
})
export type Frame = z.infer<typeof Frame>

/** The topic of what is said to the robot. */
export const ROBOT = '/v1.0/im/bot/messages/get'

/** Undefined for what is no frame. */
export const readFrame = (text: string): Frame | undefined => jsonOf(Frame, text)

const is = (type: string, topic: string) => (frame: Frame) => frame.type === type && frame.headers.topic === topic

export const isRobotMessage = is('CALLBACK', ROBOT)
/** The platform will close this connection in some ten seconds and wants another one. */
export const isDisconnect = is('SYSTEM', 'disconnect')
const isPing = is('SYSTEM', 'ping')

/** A ping gets its own data back, an event that it was taken, a callback an empty answer; undefined: nothing is awaited. */
function answerData(frame: Frame): string | undefined {
  if (isPing(frame)) return frame.data
  if (frame.type === 'EVENT') return JSON.stringify({ status: 'SUCCESS' })
  return frame.type === 'CALLBACK' ? JSON.stringify({ response: {} }) : undefined
}

/** What goes back for a frame at once; undefined for those that await nothing. */
export function ackOf(frame: Frame): string | undefined {
  const data = answerData(frame)
  if (data === undefined) return undefined
  const headers = { contentType: 'application/json', messageId: frame.headers.messageId }
  return JSON.stringify({ code: 200, headers, message: 'OK', data })
}
