import { PageTitle } from '../../shell/PageTitle.tsx'

export default function Review() {
  return <PageTitle title="审核" />
}
