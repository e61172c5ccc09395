import { PageTitle } from '../../shell/PageTitle.tsx'

export default function Pushes() {
  return <PageTitle title="推送" />
}
