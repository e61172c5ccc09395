/** What rides in a handle: ids of the platform's, by which a message is answered and a file fetched. Both are kept as text. */

const IN_THREAD = '/thread'

/** The way back to a message; one that was said in a topic is answered there. */
export const replyHandle = (message: string, inThread: boolean): string =>
  inThread ? `${message}${IN_THREAD}` : message

export const readReplyHandle = (handle: string): { message: string; inThread: boolean } => {
  const inThread = handle.endsWith(IN_THREAD)
  return { message: inThread ? handle.slice(0, -IN_THREAD.length) : handle, inThread }
}

/** The API knows two types: pictures, and files of every other kind. */
export const fileHandle = (message: string, key: string, type: 'image' | 'file'): string =>
  [message, key, type].map(encodeURIComponent).join('/')

const FILE = /^([^/.][^/]*)\/([^/.][^/]*)\/(image|file)$/

/** The path under /open-apis by which the file is fetched; undefined where the handle is none of ours. */
export const filePath = (handle: string): string | undefined => {
  const [, message, key, type] = FILE.exec(handle) ?? []
  return message && `/im/v1/messages/${message}/resources/${key}?type=${type}`
}
