import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { workersFindings } from '../src/cli/doctor-workers.ts'
import { readInstallation } from '../src/config.ts'

const toml = readFileSync(new URL('../wrangler.toml', import.meta.url), 'utf8')
const filled = toml
  .replace(/^database_id = .*/m, 'database_id = "0b1c2d3e-4f56-7890-abcd-ef0123456789"')
  .replace(/^# (\[\[r2_buckets\]\]|binding = "FILES"|bucket_name)/gm, '$1')

const told = (env: Record<string, string>, file: string | undefined = filled) => {
  const noFiles = () => {
    throw new Error('no files')
  }
  const findings = workersFindings(readInstallation(env, noFiles), env, file)
  return findings.map(({ well, text }) => `${well ? '' : '问题：'}${text}`).join('\n')
}

const lark = { LARK_APP_ID: 'cli_1', LARK_APP_SECRET: 's', LARK_ENCRYPT_KEY: 'e', LARK_VERIFICATION_TOKEN: 'v' }
const app = {
  ...{ WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '1', WECOM_SECRET: 's', WECOM_TOKEN: 't' },
  WECOM_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
}
const whole = { PUBLIC_URL: 'https://duban.example.workers.dev', FIRST_LINK_SECRET: 'AbCdEfGhIjKlMnOpQrStUvWxYz012345' }

it('says of each platform that is on whether it runs on Workers, and what would instead', () => {
  expect(told({ ...lark, ...whole })).toMatch(/^飞书：能用/m)
  expect(told({ ...lark, ...whole })).not.toMatch(/问题/)
  expect(told({ LARK_APP_ID: 'cli_1', LARK_APP_SECRET: 's', LARK_MODE: 'socket' })).toMatch(/问题：飞书：.*webhook/)
  expect(told({ WECOM_BOT_ID: 'b', WECOM_BOT_SECRET: 's' })).toMatch(/问题：.*长连接.*WECOM_BOT_TOKEN/)
  expect(told({ WECHATY_PUPPET: 'wechaty-puppet-x' })).toMatch(/问题：微信.*改用 Node/)
  const ding = { DINGTALK_CLIENT_ID: 'c', DINGTALK_CLIENT_SECRET: 's', DINGTALK_ROBOT_CODE: 'r' }
  expect(told(ding)).toMatch(/^钉钉：只有 HTTP 模式/m)
})

it('knows that the app of WeCom may only be called from an address of one’s own', () => {
  expect(told(app)).toMatch(/问题：企业微信自建应用.*企业可信IP/)
  expect(told({ ...app, WECOM_API_BASE: 'https://wecom.example.gov.cn' })).toMatch(/^企业微信自建应用：能用/m)
})

it('names what is missing before the first deployment, and never a value', () => {
  expect(told(lark, toml)).toMatch(/问题：wrangler.toml 的 database_id[\s\S]*问题：wrangler.toml 没有 r2_buckets/)
  expect(told(lark)).toMatch(/问题：没有设 PUBLIC_URL[\s\S]*问题：没有设 FIRST_LINK_SECRET/)
  expect(told({ ...lark, ...whole })).not.toContain(whole.FIRST_LINK_SECRET)
})

it('says what is too long for a variable of Cloudflare, and tells the offices apart', () => {
  const offices = Array.from({ length: 40 }, (_, i) => ({
    office: `o${i}`,
    name: `第${i + 1}个机关`,
    env:
      i === 0
        ? { LARK_APP_ID: 'cli_x', LARK_APP_SECRET: 's', LARK_MODE: 'socket' }
        : { ...lark, LARK_APP_ID: `cli_${i}` },
  }))
  const words = told({ OFFICES_FILE: JSON.stringify({ offices }) })
  expect(words).toMatch(/问题：OFFICES_FILE 超过 5 KB/)
  expect(words).toMatch(/问题：第1个机关（o0）飞书/)
  expect(words).toMatch(/^第2个机关（o1）飞书：能用/m)
})
