import { PageTitle } from '../../shell/PageTitle.tsx'

export default function Audit() {
  return <PageTitle title="审计" />
}
