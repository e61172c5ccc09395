import { expect, it } from 'vitest'
import { webAddress } from '../../web/src/lib/address.ts'

it('only an address of the web becomes a link', () => {
  expect(webAddress('https://www.yunling.gov.cn/a?b=1#c')).toBe('https://www.yunling.gov.cn/a?b=1#c')
  expect(webAddress(' http://10.0.0.8/公开 ')).toBe('http://10.0.0.8/%E5%85%AC%E5%BC%80')
  for (const text of [
    ...['javascript:alert(1)', 'JavaScript:alert(1)', ' java\tscript:alert(1)', '\u0001javascript:alert(1)'],
    ...['data:text/html,<script>1</script>', 'vbscript:x', 'file:///etc/passwd', 'blob:https://a/b', 'ftp://a/b'],
    ...['//elsewhere.test/x', '/ledger', 'www.yunling.gov.cn', '', '纸质已交', 'https://'],
  ])
    expect(webAddress(text), text).toBeUndefined()
})
