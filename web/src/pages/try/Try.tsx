import { PageTitle } from '../../shell/PageTitle.tsx'

export default function Try() {
  return <PageTitle title="模拟群" />
}
