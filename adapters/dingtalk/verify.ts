import { Refused } from '../../src/model/problem.ts'
import { sameText, toBase64, utf8 } from '../crypto.ts'

const HOUR_MS = 3_600_000

/**
 * Proves the headers of a robot's HTTP callback: `sign` is the base64 of HMAC-SHA256 under the app's secret over timestamp
 * (ms), a line end and the secret. It says nothing of the body: whoever has seen one request may send others for an hour.
 * @throws Refused 401
 */
export function createDingtalkVerify(secret: string, now: () => Date, refused: (why: string) => void = () => {}) {
  let imported: ReturnType<typeof crypto.subtle.importKey> | undefined
  const sign = async (timestamp: string) => {
    imported ??= crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    const mac = await crypto.subtle.sign('HMAC', await imported, utf8(`${timestamp}\n${secret}`))
    return toBase64(new Uint8Array(mac))
  }
  const unproven = (why: string): never => {
    refused(why)
    throw new Refused(401)
  }

  return async function verify(headers: Headers): Promise<void> {
    const timestamp = headers.get('timestamp') ?? ''
    if (!/^\d{1,15}$/.test(timestamp)) unproven('unsigned')
    if (!sameText(await sign(timestamp), headers.get('sign') ?? '')) unproven('signature')
    if (Math.abs(now().getTime() - Number(timestamp)) > HOUR_MS) unproven('too-old')
  }
}
