import { describe, expect, it } from 'vitest'
import { hostsOf, isWayBack, joinWay, splitWay } from '../../../adapters/dingtalk/hosts.ts'
import { createDingtalkVerify } from '../../../adapters/dingtalk/verify.ts'
import { Refused } from '../../../src/model/problem.ts'

/** As the platform's own documentation computes it. */
const secret = 'this is a secret'
const timestamp = '1577262236757'
const sign = 'DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA='

describe('the signature of a callback', () => {
  const verify = (headers: Record<string, string>, ms = 0) =>
    createDingtalkVerify(
      [secret],
      () => new Date(Number(timestamp) + ms),
    )(new Headers(headers)).then(
      () => 'proven',
      (error: unknown) => (error instanceof Refused ? error.status : error),
    )

  it.each([
    ['as it came', { timestamp, sign }, 0, 'proven'],
    ['an hour later', { timestamp, sign }, 3_600_000, 'proven'],
    ['by a clock that is an hour behind', { timestamp, sign }, -3_600_000, 'proven'],
    ['later than that', { timestamp, sign }, 3_600_001, 401],
    ['of another moment', { timestamp: '1577262236758', sign }, 0, 401],
    ['without its end', { timestamp, sign: sign.slice(0, -1) }, 0, 401],
    ['without a moment', { sign }, 0, 401],
    ['without a signature', { timestamp }, 0, 401],
  ] as const)('%s', async (_, headers, ms, wanted) => {
    expect(await verify(headers, ms)).toBe(wanted)
  })
})

describe('a way back', () => {
  const hosts = hostsOf('https://api.dingtalk.io/')

  it.each([
    ['https://oapi.dingtalk.com/robot/sendBySession?session=a', true],
    ['https://oapi.dingtalk.io/robot/sendBySession?session=a', true],
    ['http://oapi.dingtalk.com/robot/sendBySession?session=a', false],
    ['https://oapi.dingtalk.com:8443/robot/sendBySession?session=a', false],
    ['https://oapi.dingtalk.com.evil.example/robot/sendBySession?session=a', false],
    ['https://oapi.dingtalk.com@evil.example/robot/sendBySession?session=a', false],
    ['https://user:word@oapi.dingtalk.com/robot/sendBySession?session=a', false],
    ['https://oapi.dingtalk.com/robot/send?access_token=a', false],
    ['https://169.254.169.254/robot/sendBySession?session=a', false],
    ['file:///robot/sendBySession', false],
    ['//oapi.dingtalk.com/robot/sendBySession', false],
    ['', false],
  ])('%s: %s', (address, wanted) => {
    expect(isWayBack(address, hosts)).toBe(wanted)
  })

  it('is on the configured address itself where that has no name of its own for it', () => {
    const proxy = hostsOf('http://127.0.0.1:8080/dingtalk')
    expect(proxy).toEqual({ api: 'http://127.0.0.1:8080/dingtalk', oapi: 'http://127.0.0.1:8080/dingtalk' })
    expect(isWayBack('http://127.0.0.1:8080/dingtalk/robot/sendBySession?session=a', proxy)).toBe(true)
  })

  it.each([undefined, 'user123', '#%/?', '张三'])('keeps who spoke: %s', (speaker) => {
    const webhook = 'https://oapi.dingtalk.com/robot/sendBySession?session=a%2Bb+c'
    const split = splitWay(joinWay(`${webhook}#forged`, speaker))
    expect(split).toEqual(speaker === undefined ? { webhook } : { webhook, speaker })
  })
})
