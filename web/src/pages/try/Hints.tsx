import { Typography } from 'antd'
import type { TryHint, TryPerson, TryRoom } from '../../../../src/http/shapes/try.ts'

interface Props {
  hints: readonly TryHint[]
  people: readonly TryPerson[]
  rooms: readonly TryRoom[]
  onTry: (hint: TryHint) => void
}

/** Things to try: a press puts the words, who says them and where into place, and one sends them off oneself. */
export const Hints = ({ hints, people, rooms, onTry }: Props) => (
  <section aria-label="试试看" className="try-hints">
    <Typography.Title level={2} style={{ fontSize: 16, margin: '0 0 4px' }}>
      试试看
    </Typography.Title>
    <Typography.Paragraph type="secondary" style={{ margin: '0 0 8px' }}>
      点一下，身份、群和要说的话就填好了，再按回车。
    </Typography.Paragraph>
    <ol>
      {hints.map((hint) => {
        const who = people.find(({ account }) => account === hint.account)
        const room = rooms.find(({ key }) => key === hint.room)
        return (
          <li key={`${hint.account} ${hint.text}`}>
            <button type="button" onClick={() => onTry(hint)}>
              <b>{hint.text}</b>
              <span>
                {hint.why} · {who?.name}在{room?.name ?? '单聊'}
              </span>
            </button>
          </li>
        )
      })}
      <li className="try-more">把时钟调到“下周一 9:00”，看每周清单进各群。</li>
      <li className="try-more">在主管科室群里发一份方案（docx、pdf、xlsx），看它读成草稿。</li>
    </ol>
  </section>
)
