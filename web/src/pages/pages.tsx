import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import {
  knownRoles as everyone,
  officeRoles as office,
  type Role,
  widelyReading as readsAll,
} from '../../../src/model/person.ts'

export interface Page {
  path: string
  /** In the menu; absent: reached from another page. */
  title?: string
  roles: readonly Role[]
  Body: LazyExoticComponent<ComponentType>
}

/** Every page of the console, in the menu's order, each loaded when it is first opened. The server checks roles; here they only shape the menu. */
export const pages: readonly Page[] = [
  { path: '/', title: '总览', roles: everyone, Body: lazy(() => import('./overview/Overview.tsx')) },
  { path: '/ledger', title: '台账', roles: everyone, Body: lazy(() => import('./ledger/Ledger.tsx')) },
  { path: '/duties/:id', roles: everyone, Body: lazy(() => import('./duty/Duty.tsx')) },
  { path: '/cases', title: '办件', roles: everyone, Body: lazy(() => import('./cases/Cases.tsx')) },
  { path: '/cases/:id', roles: everyone, Body: lazy(() => import('./cases/Case.tsx')) },
  { path: '/review', title: '审核', roles: office, Body: lazy(() => import('./review/Review.tsx')) },
  { path: '/plans', title: '方案', roles: readsAll, Body: lazy(() => import('./plans/Plans.tsx')) },
  { path: '/plans/:id', roles: readsAll, Body: lazy(() => import('./plans/Draft.tsx')) },
  { path: '/plans/:id/close', roles: office, Body: lazy(() => import('./plans/Close.tsx')) },
  { path: '/plans/:id/following', roles: office, Body: lazy(() => import('./plans/Following.tsx')) },
  { path: '/tallies', title: '报数', roles: everyone, Body: lazy(() => import('./tallies/Tallies.tsx')) },
  { path: '/tallies/:unit', roles: everyone, Body: lazy(() => import('./tallies/Unit.tsx')) },
  { path: '/papers', title: '文书', roles: everyone, Body: lazy(() => import('./papers/Papers.tsx')) },
  { path: '/papers/:id', roles: everyone, Body: lazy(() => import('./papers/Paper.tsx')) },
  { path: '/assess', title: '考核', roles: everyone, Body: lazy(() => import('./assess/Assess.tsx')) },
  { path: '/assess/:id', roles: everyone, Body: lazy(() => import('./assess/One.tsx')) },
  { path: '/assess/:id/units/:unit', roles: everyone, Body: lazy(() => import('./assess/Unit.tsx')) },
  { path: '/annual', title: '年度报告', roles: readsAll, Body: lazy(() => import('./annual/Annual.tsx')) },
  { path: '/roster', title: '通讯录', roles: office, Body: lazy(() => import('./roster/Roster.tsx')) },
  { path: '/pushes', title: '推送', roles: office, Body: lazy(() => import('./pushes/Pushes.tsx')) },
  { path: '/audit', title: '审计', roles: office, Body: lazy(() => import('./audit/Audit.tsx')) },
  { path: '/account', title: '我的登录', roles: everyone, Body: lazy(() => import('./account/Account.tsx')) },
]
