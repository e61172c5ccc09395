/**
 * Every word that a line of the log is made of. What is none of them was not written by this program, and is not written
 * down: a name, a token and a pinyin name look like a word to any rule of signs.
 */
export const LOG_WORDS: ReadonlySet<string> = new Set(
  [
    // What happened.
    'start stop crash message delivery tick request refused listen socket evidence import verify sign on model update',
    'picture plain id wechat backup above',
    // What became of a message or a delivery.
    'answered seen silent code form frame link other unit question role secret unbound waiting sent dropped dead unsure',
    'later gone forbidden malformed no route not noted settled stored taken',
    // What became of a request.
    'failed busy outage conflict unreachable unnoted unproven undecodable too old large late token unsigned signature app',
    'corp agent robot receive envelope key',
    // How a connection stands.
    'ready reconnecting reconnected given up ended begun stopped renewed left lost replaced unreadable kicked out aborted',
    'bad url http closed gateway disabled',
    // Of WeChat, pictures and backups.
    'installed risk scan needs person error font done',
  ].flatMap((line) => line.split(' ')),
)

/** Of an address on this server: the doors, and what stands first under /api. */
export const PATH_WORDS: ReadonlySet<string> = new Set(
  [
    'webhooks lark wecom wecom-bot wecom-bot-socket wecom-hook dingtalk wechat api healthz readyz metrics',
    'absence accounts act annual assessments audit calendar cases duties evidence jobs ledger links me messages notices',
    'overview papers people plans pushes rectifications registers requests review rooms roster rules scores seals session',
    'sessions settings sign-on subscriptions successions talks tallies tasks try units',
  ].flatMap((line) => line.split(' ')),
)

/** Of a notice's id: what it was queued for. */
export const ID_WORDS: ReadonlySet<string> = new Set(
  [
    'answer week month due late day entered evidence guess sub clock case paper calendar person instructed assigned event',
    'joined amended reassigned-to reassigned-from link left file handed over begun office lark wecom wechat dingtalk',
    'console moved assess told default',
  ].flatMap((line) => line.split(' ')),
)
