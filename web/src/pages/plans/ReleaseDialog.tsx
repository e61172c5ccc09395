import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Descriptions, Input, Modal, Spin, Typography } from 'antd'
import { useState } from 'react'
import type { ReleaseOutlook } from '../../../../src/http/shapes/plans.ts'
import { useMe } from '../../lib/me.tsx'
import { plansClient } from './client.ts'

const some = (names: readonly string[]): string =>
  names.length > 12 ? `${names.slice(0, 12).join('、')}等${names.length}个` : names.join('、') || '无'

const Outlook = ({ found }: { found: ReleaseOutlook }) => (
  <>
    {found.questions > 0 && (
      <Alert
        type="warning"
        showIcon
        style={{ marginBottom: 12 }}
        title={`还有${found.questions}个问题没有答复，下达后按建议处理`}
      />
    )}
    <Descriptions
      size="small"
      bordered
      column={1}
      items={[
        { key: 'duties', label: '责任事项', children: `${found.duties}条，${found.units}个单位` },
        { key: 'month', label: '本月到期', children: `${found.dueThisMonth}条` },
        { key: 'unclaimed', label: '待认领', children: `${found.unclaimed}条` },
        { key: 'unconfirmed', label: '待核实', children: `${found.unconfirmed}条（起算日之前到期，不推送、不计入）` },
        {
          key: 'others',
          label: '另有',
          children: `持续推进${found.standing}条、等待触发${found.waiting}条、配合${found.asleep}条`,
        },
        { key: 'entered', label: '录入新单位', children: some(found.entered) },
        { key: 'liaison', label: '没有联络员', children: some(found.noLiaison) },
        { key: 'room', label: '没有绑定群', children: some(found.noRoom) },
      ]}
    />
  </>
)

interface Releasing {
  plan: string
  code: string
  version: number
  onDone(): void
  onClose(): void
}

/** What a release would do, and the press that does it. */
export const ReleaseDialog = ({ plan, code, version, onDone, onClose }: Releasing) => {
  const { today } = useMe()
  const [startOn, setStartOn] = useState(today)
  const valid = /^\d{4}-\d\d-\d\d$/.test(startOn)
  const outlook = useQuery({
    queryKey: ['plans', 'outlook', plan, startOn, version],
    enabled: valid,
    queryFn: async () => {
      const found = await plansClient.plans[':id'].outlook.$post({ param: { id: plan }, json: { startOn } })
      return (await found.json()) as ReleaseOutlook
    },
    placeholderData: (before) => before,
    retry: false,
  })
  const release = useMutation({
    mutationFn: async (seen: number) => {
      await plansClient.plans[':id'].release.$post({ param: { id: plan }, json: { version: seen, startOn } })
    },
    onSuccess: onDone,
    onError: () => void outlook.refetch(),
  })
  return (
    <Modal
      open
      title={`下达 ${code}`}
      okText="确认下达"
      cancelText="再看看"
      onCancel={onClose}
      okButtonProps={{ disabled: !outlook.data || !valid, loading: release.isPending }}
      onOk={() => outlook.data && release.mutate(outlook.data.version)}
    >
      <div className="plan-field">
        <Typography.Text>从哪一天起计算期次（此前到期的列为待核实）</Typography.Text>
        <Input type="date" aria-label="起算日" value={startOn} onChange={({ target }) => setStartOn(target.value)} />
      </div>
      <div style={{ height: 12 }} />
      {outlook.error && <Alert type="error" showIcon title={outlook.error.message} />}
      {outlook.data ? <Outlook found={outlook.data} /> : outlook.isFetching && <Spin />}
      {release.error && <Alert type="error" showIcon title={release.error.message} style={{ marginTop: 12 }} />}
    </Modal>
  )
}
