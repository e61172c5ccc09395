import { type FakeButton, isTaskId, wrongButtons } from './wecom-buttons.ts'

/** Template cards as the platform checks them (path 90236), and what a member reads of one. */
export interface FakeCard {
  card_type: string
  main_title: { title: string; desc?: string }
  sub_title_text?: string
  horizontal_content_list?: { keyname: string; value: string }[]
  button_list: FakeButton[]
  select_list?: { question_key: string; title: string; option_list: { id: string; text: string }[] }[]
  submit_button?: { text: string; key: string }
  task_id: string
  replace_text?: string
}

const bytes = (text: string) => Buffer.byteLength(text)
const distinct = (all: readonly unknown[]) => new Set(all).size === all.length

function wrongLists({ select_list = [], submit_button }: FakeCard): number | undefined {
  if (select_list.length < 1 || select_list.length > 3 || !distinct(select_list.map((each) => each.question_key)))
    return 40058
  for (const { title, question_key, option_list } of select_list) {
    const ids = option_list.map(({ id }) => id)
    if (ids.length < 1 || ids.length > 10 || !distinct(ids) || ids.some((id) => id === '' || bytes(id) > 128))
      return 40058
    if (title.length > 13 || question_key === '' || bytes(question_key) > 1024) return 40058
    if (option_list.some(({ text }) => text === '' || text.length > 16)) return 40058
  }
  if (!submit_button || submit_button.text === '' || submit_button.text.length > 10) return 40058
  return bytes(submit_button.key) > 1024 ? 42018 : undefined
}

const COMMON = ['card_type', 'main_title', 'task_id', 'replace_text']
const FIELDS: Record<string, string[]> = {
  button_interaction: ['sub_title_text', 'horizontal_content_list', 'button_list'],
  multiple_interaction: ['select_list', 'submit_button'],
}

/** The code with which the platform refuses the card; one that takes another's place has no task id of its own. */
export function wrongCard(card: FakeCard, placed: boolean): number | undefined {
  if (!card.main_title?.title) return 40058
  const known = FIELDS[card.card_type] ?? []
  if (Object.keys(card).some((name) => ![...COMMON, ...known].includes(name))) return 40058
  const wrong =
    card.card_type === 'button_interaction'
      ? wrongButtons(card.button_list)
      : card.card_type === 'multiple_interaction'
        ? wrongLists(card)
        : 40058
  if (wrong) return wrong
  if (card.main_title.title.length > 36 || (card.main_title.desc ?? '').length > 44) return 45002
  if ((card.sub_title_text ?? '').length > 160) return 45002
  const rows = card.horizontal_content_list ?? []
  if (rows.length > 6 || rows.some(({ keyname, value }) => keyname.length > 5 || value.length > 30)) return 45002
  if (placed) return card.task_id === undefined ? undefined : 40058
  if (card.replace_text !== undefined) return 40058
  return isTaskId(card.task_id) ? undefined : 42014
}

export const wordsOfCard = (card: FakeCard): string =>
  [
    card.main_title.title,
    card.main_title.desc,
    card.sub_title_text,
    ...(card.horizontal_content_list ?? []).map(({ keyname, value }) => `${keyname}：${value}`),
    ...(card.button_list ?? []).map(({ text }) => text),
    ...(card.select_list ?? []).flatMap(({ title, option_list }) => [title, ...option_list.map(({ text }) => text)]),
    card.submit_button?.text,
  ]
    .filter((each) => each !== undefined)
    .join('\n')
