import { Button, Flex, Table, Tag, Typography } from 'antd'
import type { AnnualPage } from '../../../../src/http/shapes/annual.ts'

type Finding = AnnualPage['findings'][number]

const stateTags = {
  fired: <Tag color="error">不符</Tag>,
  open: <Tag color="warning">未核</Tag>,
  ok: <Tag color="success">相符</Tag>,
} as const

/** The checks, those that fired first, each with the numbers that it looks at. */
export const Checks = ({ page, open }: { page: AnnualPage; open: (cell: string) => void }) => (
  <Table<Finding>
    size="small"
    rowKey="id"
    pagination={{ pageSize: 30, hideOnSinglePage: true, showSizeChanger: false }}
    scroll={{ x: 'max-content' }}
    dataSource={page.findings}
    columns={[
      { title: '结果', render: (_: unknown, { state }) => stateTags[state] },
      {
        title: '核对',
        render: (_: unknown, { words, told }) => (
          <div style={{ maxWidth: 420, minWidth: 180 }}>
            {words}
            {told && (
              <>
                <br />
                <Typography.Text type="secondary">{told}</Typography.Text>
              </>
            )}
          </div>
        ),
      },
      {
        title: '涉及的数',
        render: (_: unknown, { cells, state }) =>
          state === 'ok' ? (
            `${cells.length}格`
          ) : (
            <Flex wrap gap={4} style={{ maxWidth: 420, minWidth: 200 }}>
              {cells.slice(0, 8).map((cell) => {
                const own = cell.replace(/^last\./, '')
                return (
                  <Button key={cell} size="small" onClick={() => open(own)}>
                    {cell === own ? '' : '上年 '}
                    {page.cells[own]?.words ?? own}
                  </Button>
                )
              })}
              {cells.length > 8 && `等${cells.length}格`}
            </Flex>
          ),
      },
    ]}
  />
)
