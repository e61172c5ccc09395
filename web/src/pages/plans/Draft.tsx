import { PageTitle } from '../../shell/PageTitle.tsx'

export default function Draft() {
  return <PageTitle title="方案草稿" />
}
