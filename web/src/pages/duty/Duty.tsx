import { PageTitle } from '../../shell/PageTitle.tsx'

export default function Duty() {
  return <PageTitle title="责任事项" />
}
