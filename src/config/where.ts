/** Where in its vendor's console each variable's value stands; what is not listed has a value of its own choosing. */
const places: Record<string, string> = {
  LARK_APP_ID: '飞书开放平台 › 开发者后台 › 应用 › 凭证与基础信息',
  LARK_APP_SECRET: '飞书开放平台 › 开发者后台 › 应用 › 凭证与基础信息',
  LARK_ENCRYPT_KEY: '开发者后台 › 事件与回调 › 加密策略',
  LARK_VERIFICATION_TOKEN: '开发者后台 › 事件与回调 › 加密策略',
  WECOM_CORP_ID: '企业微信管理后台 › 我的企业 › 企业信息 › 企业ID',
  WECOM_AGENT_ID: '管理后台 › 应用管理 › 自建应用 › AgentId',
  WECOM_SECRET: '管理后台 › 应用管理 › 自建应用 › Secret',
  WECOM_TOKEN: '自建应用 › 接收消息 › 设置API接收 › Token',
  WECOM_AES_KEY: '自建应用 › 接收消息 › 设置API接收 › EncodingAESKey',
  WECOM_BOT_ID: '管理后台 › 安全与管理 › 管理工具 › 智能机器人 › API模式 › Bot ID',
  WECOM_BOT_SECRET: '智能机器人 › API模式 › 长连接 › Secret',
  WECOM_BOT_TOKEN: '智能机器人 › API模式 › URL回调 › Token',
  WECOM_BOT_AES_KEY: '智能机器人 › API模式 › URL回调 › EncodingAESKey',
  DINGTALK_CLIENT_ID: '钉钉开放平台 › 应用开发 › 应用 › 凭证与基础信息 › Client ID',
  DINGTALK_CLIENT_SECRET: '钉钉开放平台 › 应用开发 › 应用 › 凭证与基础信息 › Client Secret',
  DINGTALK_ROBOT_CODE: '钉钉应用 › 机器人 › RobotCode',
  WECHATY_PUPPET: 'wechaty 的 puppet 包名，见 docs/platforms/wechat.md',
  WECHATY_PUPPET_SERVICE_TOKEN: '网关或 puppet 服务商的令牌',
  WECHATY_PUPPET_SERVICE_ENDPOINT: '网关的 主机:端口，如 127.0.0.1:18990',
}

/** `LARK_ENCRYPT_KEY（开发者后台 › 事件与回调 › 加密策略）` */
export const whereToFind = (name: string): string => (places[name] ? `${name}（${places[name]}）` : name)
