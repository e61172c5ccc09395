import { Flex, Typography } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useMe } from '../lib/me.tsx'
import { momentWords } from '../lib/moments.ts'

const AsOf = ({ at }: { at: string }) => {
  const { zone } = useMe()
  return <Typography.Text type="secondary">截至 {momentWords(at, zone)}</Typography.Text>
}

/** The head of a page: its name (also the tab's), how fresh it is, and what can be done there. */
export const PageTitle = ({ title, asOf, children }: { title: string; asOf?: string; children?: ReactNode }) => {
  useEffect(() => {
    document.title = `${title} · 督办`
  }, [title])
  return (
    <Flex component="header" wrap gap={8} align="baseline" style={{ marginBottom: 16 }}>
      <Typography.Title level={1} style={{ fontSize: 22, margin: 0 }}>
        {title}
      </Typography.Title>
      {asOf && <AsOf at={asOf} />}
      <span style={{ flex: 1 }} />
      <Flex gap={8} wrap className="no-print">
        {children}
      </Flex>
    </Flex>
  )
}
