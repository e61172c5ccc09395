import { PageTitle } from '../../shell/PageTitle.tsx'

export default function Account() {
  return <PageTitle title="我的登录" />
}
