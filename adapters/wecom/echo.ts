import type { WecomCipher } from './cipher.ts'

/** The echo that the platform wants back when a callback's address is saved. @throws Refused 401 */
export async function verifyUrl(cipher: WecomCipher, query: URLSearchParams): Promise<string> {
  // A raw `+` in a query reads as a space; base64 has no spaces.
  const echo = (query.get('echostr') ?? '').replaceAll(' ', '+')
  return (await cipher.open(query, echo)).message
}
