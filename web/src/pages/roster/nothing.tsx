import { Typography } from 'antd'

/** What a table says that has no rows, in a colour that can be read. */
export const nothing = (text: string) => ({ emptyText: <Typography.Text type="secondary">{text}</Typography.Text> })
