import { PageTitle } from '../../shell/PageTitle.tsx'

export default function Roster() {
  return <PageTitle title="通讯录" />
}
