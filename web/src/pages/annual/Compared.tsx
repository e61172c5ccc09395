import { Button, Table } from 'antd'
import type { AnnualCell, AnnualPage } from '../../../../src/http/shapes/annual.ts'
import { movedWords } from './client.ts'

type Line = AnnualCell & { cell: string }

/** Every number beside that of the year before. */
export const Compared = ({ page, open }: { page: AnnualPage; open: (cell: string) => void }) => (
  <Table<Line>
    size="small"
    rowKey="cell"
    pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
    scroll={{ x: 'max-content' }}
    dataSource={Object.entries(page.cells).map(([cell, shown]) => ({ cell, ...shown }))}
    columns={[
      {
        title: '数',
        render: (_: unknown, { cell, words }) => (
          <Button
            type="link"
            size="small"
            style={{ whiteSpace: 'normal', height: 'auto', textAlign: 'left' }}
            onClick={() => open(cell)}
          >
            {words}
          </Button>
        ),
      },
      { title: '本年', align: 'right', render: (_: unknown, { value }) => value ?? '待填' },
      { title: '上年', align: 'right', render: (_: unknown, { last }) => last ?? '没有' },
      { title: '比上年', render: (_: unknown, line) => movedWords(line) },
    ]}
  />
)
