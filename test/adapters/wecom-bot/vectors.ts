/** A and B are the platform's samples (path 91144), C1–C3 of a smart bot's shape; B's padding is longer than 16 bytes. */
export const vectors: Record<
  'id' | 'token' | 'aes' | 'receiveid' | 'timestamp' | 'nonce' | 'random' | 'signature' | 'encrypt' | 'plain',
  string
>[] = [
  {
    id: 'A-url-verify',
    token: 'QDG6eK',
    aes: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    receiveid: 'wx5823bf96d3bd56c7',
    timestamp: '1409659589',
    nonce: '263014780',
    random: 'c41b64491c2468d0',
    signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    encrypt: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
    plain: '1616140317555161061',
  },
  {
    id: 'B-app-text',
    token: 'QDG6eK',
    aes: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    receiveid: 'wx5823bf96d3bd56c7',
    timestamp: '1409659813',
    nonce: '1372623149',
    random: '0960688932c47ef1',
    signature: '477715d11cdb4164915debcba66cb864d751f3e6',
    encrypt:
      'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
    plain:
      '<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>\n<FromUserName><![CDATA[mycreate]]></FromUserName>\n<CreateTime>1409659813</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[hello]]></Content>\n<MsgId>4561255354251345929</MsgId>\n<AgentID>218</AgentID>\n</xml>',
  },
  {
    id: 'C1-aibot-url-verify',
    token: 'Spamtoken9',
    aes: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE',
    receiveid: '',
    timestamp: '1700000000',
    nonce: 'nonce123',
    random: '0123456789abcdef',
    signature: '27bbc7361dac01ca07eee0953541b065bfabd6bb',
    encrypt: 'Q3stYC6hdFzMh9T8HCvyDO0sCEIIQ0cKc6r9M3ejJW8=',
    plain: 'hello-echo',
  },
  {
    id: 'C2-aibot-group-text',
    token: 'Spamtoken9',
    aes: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE',
    receiveid: '',
    timestamp: '1700000000',
    nonce: 'nonce123',
    random: '0123456789abcdef',
    signature: 'a69653764b970798d4e0c0801109c9a92beeb09a',
    encrypt:
      'Q3stYC6hdFzMh9T8HCvyDHV1LPf+gt7r78wJ2NF4JJCUIIpWg9BhXQJQJwMcCoQ8TwACHstySuP1Um8NwZ2OM7Cb3FIkWONFd6PRxDW20RvxDrQIJWa/LDVJrzroETkJoMUKLX/2rL8+XScbUTH8mmS6OT6hCjPrCuSZ3+bwgJitgp63S/lCiJkeMJ7GaT3m/A0P7B0zzOlJUUhCirwcTTy28IC7nIL43zYY2wsO+/UIXirAoUH/+9gp367/h6HotzCwDGYKbG9L6NU+FT0NCDzPqzkSMx2QvWPJKQZi+jj+MlDaz59FG7NdF0uue5JICnyB2trVOXvYZxevHtf2kqOUEKd2FFfgSOZy3W5mRO3XStooD+93K11TB+Q+0c0K5cRVgjIJ8AFo1HEy47t51V3VaQWkP3yntl74vlhUgm9Mmg6ubG+qp0upscoQF65UitDOqfTMkFBm4xKt0tjzORHVA17Sa4rOM29GOqkEz3Z0ilIl223yyu+RmLdbiMld',
    plain:
      '{"msgid":"MSG001","aibotid":"AIB001","chatid":"wrGROUP1","chattype":"group","from":{"userid":"zhangsan"},"response_url":"https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=RC1","msgtype":"text","text":{"content":"@助手 收到，周五前报送"},"quote":{"msgtype":"text","text":{"content":"请报送任务ABC-17进展"}}}',
  },
  {
    id: 'C3-aibot-passive-reply',
    token: 'Spamtoken9',
    aes: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE',
    receiveid: '',
    timestamp: '1700000001',
    nonce: 'nonce123',
    random: 'fedcba9876543210',
    signature: '6c4d80644a720ba837de1f3600f8fd6b06813150',
    encrypt:
      'DpQeJfnf/MGZ/+GTIspwVGdCxb7sgQ48mUMzltL9ZDc0FazJhlXcl2l12W770S5lX4FeaKT2Q2zASH0Ar/t3S8NnDVO9Jhq00/qz5LCDxRO2CHzjlbvrmb+eePmQUsXptVlWmZHYGubZZZMuCL07ZGkG+vZ7D81egPGo/487ryw=',
    plain: '{"msgtype":"stream","stream":{"id":"S1","finish":true,"content":"已登记"}}',
  },
]
