import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Grid, Typography } from 'antd'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { AuditFilter } from '../../../../src/http/shapes/audit.ts'
import { saveFile } from '../../lib/save.ts'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { auditClient } from './client.ts'
import { Facts } from './Facts.tsx'
import { Filters } from './Filters.tsx'
import { Proof } from './Proof.tsx'

/** An address that somebody has written by hand counts as no filter where it is none. */
const filterIn = (params: URLSearchParams): AuditFilter => {
  const given = Object.fromEntries([...params].filter(([name, value]) => name in AuditFilter.shape && value !== ''))
  const read = AuditFilter.safeParse(given)
  return read.success ? read.data : {}
}

/** Everything that anybody did, what proves that it is whole, and a way to take it out. */
export default function Audit() {
  const [params, setParams] = useSearchParams()
  const filter = useMemo(() => filterIn(params), [params])
  const wide = Grid.useBreakpoint().md ?? true
  const take = useMutation({
    mutationFn: async () => saveFile(await auditClient.audit.export.$post({ json: filter })),
  })
  const set = (name: keyof AuditFilter, value: string | undefined) =>
    setParams((before) => {
      const next = new URLSearchParams(before)
      if (value) next.set(name, value)
      else next.delete(name)
      return next
    })
  return (
    <>
      <PageTitle title="审计">
        <Button loading={take.isPending} onClick={() => take.mutate()}>
          导出
        </Button>
      </PageTitle>
      {take.error && <Alert type="error" showIcon closable title={take.error.message} style={{ marginBottom: 12 }} />}
      <Proof />
      <Filters filter={filter} set={set} clear={() => setParams({})} />
      <Facts filter={filter} wide={wide} />
      <Typography.Paragraph type="secondary">
        通讯录上的人被拒绝，一小时内同一件事记一次；未登记人员被拒绝只写进服务器日志，不在这里。
      </Typography.Paragraph>
    </>
  )
}
