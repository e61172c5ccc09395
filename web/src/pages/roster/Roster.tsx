import { Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { People } from './People.tsx'
import { Rooms } from './Rooms.tsx'
import { Units } from './Units.tsx'

const tabs = [
  { key: 'units', label: '单位', children: <Units /> },
  { key: 'people', label: '人员', children: <People /> },
  { key: 'rooms', label: '群', children: <Rooms /> },
]

/** Who answers, for what, and where they are reached. */
export default function Roster() {
  const [params, setParams] = useSearchParams()
  const tab = tabs.some(({ key }) => key === params.get('tab')) ? (params.get('tab') ?? 'units') : 'units'
  return (
    <>
      <PageTitle title="通讯录" />
      <Tabs items={tabs} activeKey={tab} destroyOnHidden onChange={(key) => setParams({ tab: key })} />
    </>
  )
}
