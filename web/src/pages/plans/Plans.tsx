import { PageTitle } from '../../shell/PageTitle.tsx'

export default function Plans() {
  return <PageTitle title="方案" />
}
