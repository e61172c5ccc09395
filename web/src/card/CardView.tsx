import { Button, Divider, Flex, Form, Input, Card as Panel, Select, Typography } from 'antd'
import type { Block, Card, Button as CardButton, Form as CardForm, Line } from '../../../src/model/card.ts'
import { lightLook } from '../theme.ts'

const tones: Record<Card['tone'], string> = { plain: '#0b5cab', good: '#237804', warn: '#ad6800', late: '#cf1322' }

/** A light as a dot and, for who cannot see colours or the screen, its word. */
export const LightDot = ({ light }: { light: NonNullable<Line['light']> }) => (
  <span
    role="img"
    aria-label={lightLook[light].word}
    title={lightLook[light].word}
    style={{ color: lightLook[light].colour }}
  >
    ●
  </span>
)

const BlockView = ({ block }: { block: Block }) => {
  switch (block.kind) {
    case 'text':
      return <Typography.Paragraph style={{ whiteSpace: 'pre-wrap', margin: 0 }}>{block.text}</Typography.Paragraph>
    case 'note':
      return <Typography.Text type="secondary">{block.text}</Typography.Text>
    case 'divider':
      return <Divider style={{ margin: '4px 0' }} />
    case 'link':
      return <Typography.Link href={block.url}>{block.label}</Typography.Link>
    case 'fields':
      return (
        <dl className="card-fields">
          {block.fields.map(([label, value], i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a card's fields never move
            <div key={i}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )
    case 'list':
      return (
        <div>
          {block.title && <Typography.Text strong>{block.title}</Typography.Text>}
          <ul style={{ margin: 0, paddingLeft: 0, listStyle: 'none' }}>
            {block.lines.map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a card's lines never move
              <li key={i}>
                {line.light && <LightDot light={line.light} />} {line.text}
              </li>
            ))}
          </ul>
        </div>
      )
    case 'table':
      return (
        <div style={{ overflowX: 'auto' }}>
          <table className="card-table">
            <thead>
              <tr>
                {block.columns.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((cells, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a card's rows never move
                <tr key={i}>
                  {cells.map((cell, j) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: nor do its cells
                    <td key={j}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
    // The same figures stand in the card's words; the console has charts of its own.
    case 'chart':
      return null
  }
}

const FormView = ({ form, onSend }: { form: CardForm; onSend: (filled: Record<string, unknown>) => void }) => (
  <Form
    layout="vertical"
    onFinish={onSend}
    initialValues={Object.fromEntries(form.inputs.map(({ name, value }) => [name, value]))}
  >
    {form.inputs.map(({ name, label, hint, required, options }) => (
      <Form.Item
        key={name}
        name={name}
        label={label}
        rules={required ? [{ required: true, message: `请填写${label}` }] : []}
      >
        {options ? <Select options={options} placeholder={hint} /> : <Input placeholder={hint} />}
      </Form.Item>
    ))}
    <Button htmlType="submit" type="primary" autoInsertSpace={false}>
      {form.submit}
    </Button>
  </Form>
)

export interface CardActions {
  press: (button: CardButton) => void
  fill: (form: CardForm, filled: Record<string, unknown>) => void
  busy?: boolean
}

/** What the bot says, as the other platforms' renderers draw it; text only, nothing in it is markup. */
export const CardView = ({ card, actions }: { card: Card; actions?: CardActions }) => (
  <Panel size="small" title={<span style={{ color: tones[card.tone], whiteSpace: 'normal' }}>{card.title}</span>}>
    <Flex vertical gap={8}>
      {card.blocks.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a card's blocks never move
        <BlockView key={i} block={block} />
      ))}
      {card.form && actions && (
        <FormView form={card.form} onSend={(filled) => actions.fill(card.form as CardForm, filled)} />
      )}
      {card.buttons && actions && (
        <Flex wrap gap={8}>
          {card.buttons.map((button) => (
            <Button
              key={button.label}
              size="small"
              autoInsertSpace={false}
              type={button.style === 'primary' ? 'primary' : 'default'}
              danger={button.style === 'danger'}
              disabled={actions.busy ?? false}
              onClick={() => actions.press(button)}
            >
              {button.label}
            </Button>
          ))}
        </Flex>
      )}
    </Flex>
  </Panel>
)
