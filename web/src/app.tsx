import { QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider, Spin } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { lazy, Suspense, useState } from 'react'
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router'
import { ApiError } from './lib/api.ts'
import { MeProvider, useSignedIn } from './lib/me.tsx'
import { signInFor } from './lib/next.ts'
import { createQueries } from './lib/query.ts'
import { pages } from './pages/pages.tsx'
import { Fault, Guarded } from './shell/Fault.tsx'
import { Shell } from './shell/Shell.tsx'
import { SignedOut } from './shell/SignedOut.tsx'
import { SignIn } from './shell/SignIn.tsx'
import { theme } from './theme.ts'

const Try = lazy(() => import('./pages/try/Try.tsx'))
const waiting = <Spin style={{ display: 'block', marginTop: 96 }} />

const Inside = () => {
  const signedIn = useSignedIn()
  const { pathname, search } = useLocation()
  // Whoever was in stays on the page where its session is gone: it may hold what was typed.
  if (signedIn.error && !signedIn.data) return <Fault error={signedIn.error} again={() => void signedIn.refetch()} />
  if (signedIn.isPending) return waiting
  if (!signedIn.data) return <Navigate to={signInFor(`${pathname}${search}`)} replace />
  const mine = pages.filter(({ roles }) => roles.includes(signedIn.data?.person.role ?? 'unknown'))
  return (
    <MeProvider me={signedIn.data}>
      <SignedOut />
      <Shell>
        <Guarded key={pathname}>
          <Suspense fallback={waiting}>
            <Routes>
              {mine.map(({ path, Body }) => (
                <Route key={path} path={path} element={<Body />} />
              ))}
              <Route path="*" element={<Fault error={new ApiError(404, '没有这一页')} />} />
            </Routes>
          </Suspense>
        </Guarded>
      </Shell>
    </MeProvider>
  )
}

/** The console. Its only door is the HTTP API. */
export const App = () => {
  const [queries] = useState(createQueries)
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <AntApp>
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <Suspense fallback={waiting}>
              <Routes>
                <Route path="/signin" element={<SignIn />} />
                <Route path="/try" element={<Try />} />
                <Route path="*" element={<Inside />} />
              </Routes>
            </Suspense>
          </BrowserRouter>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}
