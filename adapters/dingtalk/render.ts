import type { Block, Card } from '../../src/model/card.ts'
import type { Address } from '../../src/model/message.ts'
import { utf8Length } from '../crypto.ts'
import { numbered, withoutForm } from '../degrade.ts'
import { clip } from '../escape.ts'
import { fitCard } from '../fit.ts'
import { lineText } from '../lights.ts'
import { tableLines } from '../table.ts'
import { escapeMarkdown } from './escape.ts'

/** A Markdown message: `title` is what the list of conversations shows of it. */
export interface DingtalkMarkdown {
  title: string
  text: string
}

/** The platform takes 15,000 for the message as JSON; the rest is for a mention at its end. */
const MOST_BYTES = 14_600
const MOST_TITLE = 60

const oneLine = (text: string) => escapeMarkdown(text).replace(/\s*\n\s*/g, ' ')
const bold = (text: string) => `**${oneLine(text)}**`
const items = (lines: string[]): string[] => (lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')])

/** A line end alone is no break here, so every line is a paragraph. */
const paragraphs = (text: string, before = ''): string[] =>
  escapeMarkdown(text)
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : [before + line]))

function blockParts(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return paragraphs(block.text)
    case 'note':
      return paragraphs(block.text, '> ')
    case 'fields':
      return items(block.fields.map(([label, value]) => `${bold(label)}：${oneLine(value)}`))
    case 'list':
      return [...(block.title ? [bold(block.title)] : []), ...items(block.lines.map((line) => lineText(line, oneLine)))]
    case 'table':
      return items(tableLines(block).map(oneLine))
    // There is no rule in this Markdown.
    case 'divider':
      return ['———']
    case 'link':
      return [`[${oneLine(block.label)}](${block.url})`]
    case 'chart':
      return []
  }
}

/** In groups the platform passes on only what mentions the robot, numbers too. */
const howToAnswer = ({ buttons = [] }: Card, kind: Address['kind']): string[] =>
  kind === 'room' && buttons.length > 0 ? paragraphs('在群里回复要先@机器人', '> ') : []

function draw(card: Card, kind: Address['kind']): DingtalkMarkdown {
  const { title, blocks } = numbered(withoutForm(card))
  const head = oneLine(title).trim()
  return {
    title: clip(head, MOST_TITLE) || '…',
    text: [`### ${head || '…'}`, ...blocks.flatMap(blockParts), ...howToAnswer(card, kind)].join('\n\n'),
  }
}

/** Bytes of a message as JSON, in which a line end takes two. */
const messageBytes = (message: DingtalkMarkdown): number => utf8Length(JSON.stringify(message))

/** A card as DingTalk's Markdown, buttons as numbers to answer with, cut to the platform's limit with a line that says so. */
export const render = (card: Card, kind: Address['kind'] = 'room'): DingtalkMarkdown =>
  draw(
    fitCard(card, (each) => messageBytes(draw(each, kind)) <= MOST_BYTES),
    kind,
  )
