import { Grid } from 'antd'

/** What is done with a row stays in sight where there is room for it; on a phone it scrolls with the rest. */
export const useActionsInSight = (): { fixed?: 'right' } =>
  (Grid.useBreakpoint().lg ?? true) ? { fixed: 'right' } : {}
