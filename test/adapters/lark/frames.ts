/** One frame of the long connection, as far as a fake needs it: service and method, headers, payload. */
export interface Frame {
  /** 0 control, 1 data. */
  method: number
  headers: Record<string, string>
  payload: Buffer
}

const varint = (n: number): number[] => (n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...varint(n >>> 7)])
const number = (field: number, n: number) => Buffer.from([...varint(field << 3), ...varint(n)])
const bytes = (field: number, value: Buffer) =>
  Buffer.concat([Buffer.from([...varint((field << 3) | 2), ...varint(value.length)]), value])
const text = (field: number, value: string) => bytes(field, Buffer.from(value))

/** Protobuf: 1 SeqID, 2 LogID, 3 service, 4 method, 5 headers {1 key, 2 value}, 8 payload. */
export const encodeFrame = ({ method, headers, payload }: Frame): Buffer =>
  Buffer.concat([
    number(1, 1),
    number(2, 1),
    number(3, 7),
    number(4, method),
    ...Object.entries(headers).map(([key, value]) => bytes(5, Buffer.concat([text(1, key), text(2, value)]))),
    bytes(8, payload),
  ])

/** The fields of a message one after another: numbers, or bytes. */
function* fieldsOf(data: Buffer): Generator<[field: number, value: number | Buffer]> {
  let at = 0
  const next = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = data[at++] ?? 0
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
  while (at < data.length) {
    const tag = next()
    const length = next()
    if ((tag & 7) === 0) yield [tag >> 3, length]
    else {
      yield [tag >> 3, data.subarray(at, at + length)]
      at += length
    }
  }
}

export const decodeFrame = (data: Buffer): Frame => {
  const frame: Frame = { method: 0, headers: {}, payload: Buffer.alloc(0) }
  for (const [field, value] of fieldsOf(data)) {
    if (field === 4) frame.method = Number(value)
    if (field === 8) frame.payload = value as Buffer
    if (field !== 5) continue
    const [key, word] = [...fieldsOf(value as Buffer)].map(([, part]) => String(part))
    frame.headers[key ?? ''] = word ?? ''
  }
  return frame
}

/** A server's WebSocket frame (RFC 6455): binary, whole, not masked. */
export const encodeBinary = (data: Buffer): Buffer => {
  const head =
    data.length < 126 ? [data.length] : data.length < 65_536 ? [126, data.length >> 8, data.length & 255] : []
  if (head.length === 0) throw new Error('too long for a fake')
  return Buffer.concat([Buffer.from([0x82, ...head]), data])
}

/** A client's masked frames at the beginning of what came in: opcode, bytes, and how much was read. */
export function* decodeClient(data: Buffer): Generator<{ opcode: number; data: Buffer; read: number }> {
  for (let at = 0; at + 6 <= data.length; ) {
    const short = (data[at + 1] ?? 0) & 0x7f
    const head = short < 126 ? 2 : 4
    const length = short < 126 ? short : data.readUInt16BE(at + 2)
    if (at + head + 4 + length > data.length) return
    const mask = data.subarray(at + head, at + head + 4)
    const body = data.subarray(at + head + 4, at + head + 4 + length).map((byte, i) => byte ^ (mask[i % 4] ?? 0))
    const opcode = (data[at] ?? 0) & 0x0f
    at += head + 4 + length
    yield { opcode, data: Buffer.from(body), read: at }
  }
}
