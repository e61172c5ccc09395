import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Checkbox, Flex, Tag, Typography } from 'antd'
import { Link } from 'react-router'
import type { ReviewRow } from '../../../../src/http/shapes/review.ts'
import { type Acting, Deeds } from '../duty/Deeds.tsx'
import { BroughtList, Links, Said } from '../duty/Told.tsx'
import { LightWord } from '../ledger/cells.tsx'

/** What tells one report from another before it is opened. */
const Marks = ({ row }: { row: ReviewRow }) => {
  const reported = row.kind === 'report' || row.kind === 'again'
  return (
    <>
      {reported && row.dueOn && <Tag color={row.late ? 'error' : 'success'}>{row.late ? '逾期报送' : '按期报送'}</Tag>}
      {reported &&
        (row.cleared ? (
          <Tag color="success">已保密审查{row.clearedBy && `：${row.clearedBy}`}</Tag>
        ) : (
          <Tag color="warning">未注明保密审查</Tag>
        ))}
      {row.missing.length > 0 && <Tag color="warning">还差{row.missing.join('、')}</Tag>}
      {row.times > 1 && (
        <Tag>
          已报{row.approved}/{row.times}次
        </Tag>
      )}
      {row.asked && (
        <Tag color="processing">
          申请延期到{row.asked.until}
          {row.asked.late && '（逾期后申请）'}
        </Tag>
      )}
      {row.suggests && <Tag color="processing">建议由{row.suggests}负责</Tag>}
    </>
  )
}

interface Opened {
  row: ReviewRow
  units: readonly string[]
  onPress: (acting: Acting) => void
}

const HandedIn = ({ row, units, onPress }: Opened) => (
  <Flex vertical gap={8} style={{ padding: '8px 0 4px 24px' }}>
    <Typography.Paragraph style={{ margin: 0, overflowWrap: 'anywhere' }}>{row.text}</Typography.Paragraph>
    {row.returnedFor && <Typography.Text type="secondary">上次退回的原因：{row.returnedFor}</Typography.Text>}
    {row.handedIn.map((told) => (
      <div key={told.seq}>
        <Typography.Text strong>{told.what}</Typography.Text>{' '}
        <Typography.Text type="secondary">
          {[`${told.day} ${told.time}`, told.who, told.way].filter(Boolean).join(' · ')}
        </Typography.Text>
        <Said told={told} />
        <Links links={told.links} />
        <BroughtList brought={row.evidence.filter((one) => one.report === told.seq)} />
      </div>
    ))}
    <Flex wrap gap={8} align="center" className="no-print">
      <Deeds
        deeds={row.deeds}
        around={{ standing: false, until: row.asked?.until, units }}
        onPress={onPress}
        size="small"
      />
      <Link to={`/duties/${row.id}`}>打开这一项</Link>
    </Flex>
  </Flex>
)

/** One row of the queue: what waits, and opened what was handed in and what can be answered. */
export const Row = (
  props: Opened & {
    open: boolean
    onOpen: () => void
    chosen: boolean
    onChoose?: ((chosen: boolean) => void) | undefined
  },
) => {
  const { row, open, onOpen, chosen, onChoose } = props
  const name = `${row.code} ${row.unit}`
  return (
    <li className="waiting">
      <Flex gap={8} align="flex-start">
        {onChoose && (
          <Checkbox
            className="no-print"
            style={{ paddingTop: 4 }}
            checked={chosen}
            onChange={({ target }) => onChoose(target.checked)}
            aria-label={`选择 ${name}`}
          />
        )}
        <div style={{ flex: 1, minWidth: 0 }}>
          <Button
            type="text"
            size="small"
            data-waiting={row.id}
            aria-expanded={open}
            icon={open ? <DownOutlined /> : <RightOutlined />}
            onClick={onOpen}
            style={{ height: 'auto', whiteSpace: 'normal', textAlign: 'left', paddingInline: 4 }}
          >
            <span>
              <LightWord light={row.light} /> <strong>{row.unit}</strong> {row.title}
            </span>
          </Button>
          <div style={{ paddingLeft: 24 }}>
            <Typography.Text type="secondary">{[row.round, row.due].filter(Boolean).join(' · ')}</Typography.Text>{' '}
            <Marks row={row} />
          </div>
          {open && <HandedIn {...props} />}
        </div>
      </Flex>
    </li>
  )
}
