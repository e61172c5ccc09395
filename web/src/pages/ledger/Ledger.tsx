import { PageTitle } from '../../shell/PageTitle.tsx'

export default function Ledger() {
  return <PageTitle title="台账" />
}
