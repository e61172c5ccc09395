import { Table, Typography } from 'antd'
import type { Chart } from '../../../../src/model/card.ts'
import type { Paper, PaperBlock } from '../../../../src/model/paper.ts'

const toneColour = { done: '#237804', review: '#0b5cab', open: '#bfbfbf', late: '#cf1322' } as const

/** Bars of counts, each part with its number; the table beside it in the paper says the same. */
const Bars = ({ chart }: { chart: Chart }) => {
  const most = Math.max(1, ...chart.rows.map(({ values }) => values.reduce((sum, value) => sum + value, 0)))
  return (
    <figure className="paper-chart">
      <figcaption>
        {chart.title}（{chart.parts.map(({ name }) => name).join('、')}；{chart.asOf}）
      </figcaption>
      {chart.rows.map(({ label, values, end }) => (
        <div key={label} className="paper-bar">
          <span className="paper-bar-label">{label}</span>
          <span className="paper-bar-track">
            {values.map((value, i) => {
              const part = chart.parts[i]
              return value > 0 && part ? (
                <span
                  key={part.name}
                  title={`${part.name}${value}`}
                  style={{
                    ...{ width: `${(100 * value) / most}%`, background: toneColour[part.tone] },
                    color: part.tone === 'open' ? '#1f1f1f' : '#fff',
                  }}
                >
                  {value}
                </span>
              ) : null
            })}
          </span>
          <span className="paper-bar-end">{end}</span>
        </div>
      ))}
    </figure>
  )
}

const Lines = ({ text, className }: { text: string; className: string }) => (
  <>
    {text.split('\n').map((line, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines of a paper that never moves
      <p key={i} className={className}>
        {line}
      </p>
    ))}
  </>
)

const Grid = ({ title, rows }: Extract<PaperBlock, { kind: 'grid' }>) => (
  <div className="paper-grid">
    {title && <p className="paper-caption">{title}</p>}
    <table>
      <tbody>
        {rows.map((cells, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a form that never moves
          <tr key={at}>
            {cells.map(({ text, across, down, head }, i) => {
              const Cell = head ? 'th' : 'td'
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells of a form that never moves
                <Cell key={i} colSpan={across} rowSpan={down}>
                  {text}
                </Cell>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

/** `n`: the number of an annex; empty for the only one. */
const Block = ({ block, n }: { block: PaperBlock; n: string }) => {
  switch (block.kind) {
    case 'heading':
      return (
        <Typography.Title level={block.level === 1 ? 3 : 4} style={{ fontSize: block.level === 1 ? 17 : 16 }}>
          {block.text}
        </Typography.Title>
      )
    case 'text':
      return <Lines text={block.text} className="paper-text" />
    case 'blank':
      return <Lines text={block.text} className="paper-text paper-blank" />
    case 'note':
      return <Lines text={block.text} className="paper-note" />
    case 'chart':
      return <Bars chart={block.chart} />
    case 'annex':
      return (
        <Typography.Title level={3} className="paper-annex" style={{ fontSize: 17 }}>
          附件{n}　{block.title}
        </Typography.Title>
      )
    case 'receipt':
      return (
        <section className="paper-receipt">
          <Typography.Title level={4} style={{ fontSize: 16, textAlign: 'center' }}>
            {block.title}
          </Typography.Title>
          <Lines text={block.text} className="paper-text" />
          {block.fields.map((field) => (
            <p key={field}>{field}：________________</p>
          ))}
        </section>
      )
    case 'grid':
      return <Grid {...block} />
    case 'table': {
      const shares = block.columns.reduce((sum, { width }) => sum + width, 0)
      return (
        <>
          {block.title && <p className="paper-caption">{block.title}</p>}
          <Table
            size="small"
            bordered
            pagination={false}
            tableLayout="fixed"
            scroll={{ x: 60 * block.columns.length + 180 }}
            columns={block.columns.map(({ title, align, width }, i) => ({
              ...{ title: <span className="paper-cell">{title}</span>, key: i, align: align ?? ('center' as const) },
              width: `${(100 * width) / shares}%`,
              render: (_: unknown, row: { cells: string[] }) => <span className="paper-cell">{row.cells[i]}</span>,
            }))}
            dataSource={block.rows.map((cells, key) => ({ key, cells }))}
          />
        </>
      )
    }
  }
}

/** A paper's content as it was drafted, to be read before it is signed. */
export const Blocks = ({ paper, mark }: { paper: Pick<Paper, 'title' | 'to' | 'blocks' | 'issuer'>; mark: string }) => {
  const annexes = paper.blocks.filter(({ kind }) => kind === 'annex')
  return (
    <article className="paper" aria-label="文书全文">
      {mark && <p className="paper-mark">{mark}</p>}
      <Typography.Title level={2} style={{ fontSize: 20, textAlign: 'center' }}>
        {paper.title}
      </Typography.Title>
      {paper.to && <p>{paper.to}：</p>}
      {paper.blocks.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a paper that never moves
        <Block key={i} block={block} n={annexes.length > 1 ? String(annexes.indexOf(block) + 1) : ''} />
      ))}
      {paper.issuer && <p style={{ textAlign: 'right' }}>{paper.issuer}</p>}
    </article>
  )
}
