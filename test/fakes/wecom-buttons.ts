export interface FakeButton {
  text: string
  style: number
  key: string
}

/** Why no template card of WeCom's may have such buttons (path 101032), undefined where it may. */
export function wrongButtons(buttons: FakeButton[] | undefined): 40058 | 42018 | undefined {
  const keys = (buttons ?? []).map(({ key }) => key)
  if (!buttons || keys.length < 1 || keys.length > 6 || new Set(keys).size !== keys.length) return 40058
  if (keys.some((key) => key === '' || Buffer.byteLength(key) > 1024)) return 42018
  const isWrong = ({ text, style, ...rest }: FakeButton) =>
    text === '' ||
    text.length > 10 ||
    text.includes('\n') ||
    ![1, 2, 3, 4].includes(style) ||
    Object.keys(rest).length > 1
  return buttons.some(isWrong) ? 40058 : undefined
}

export const isTaskId = (id: unknown): boolean => typeof id === 'string' && /^[0-9A-Za-z_@-]{1,128}$/.test(id)

export interface FakeBotCard {
  card_type: string
  main_title: { title: string }
  sub_title_text?: string
  button_list: FakeButton[]
  task_id: string
}

const FIELDS = ['card_type', 'main_title', 'sub_title_text', 'button_list', 'task_id']

/** The code with which the platform refuses a smart bot's card, undefined where it takes it. */
export function wrongBotCard(card: FakeBotCard | undefined): number | undefined {
  if (card?.card_type !== 'button_interaction' || !card.main_title?.title) return 40058
  if (Object.keys(card).some((name) => !FIELDS.includes(name))) return 40058
  const wrong = wrongButtons(card.button_list)
  if (wrong) return wrong
  if ((card.sub_title_text ?? '').length > 112) return 40058
  return isTaskId(card.task_id) ? undefined : 42014
}
