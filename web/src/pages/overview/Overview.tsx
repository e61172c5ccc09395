import { PageTitle } from '../../shell/PageTitle.tsx'

export default function Overview() {
  return <PageTitle title="总览" />
}
