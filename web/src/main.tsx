import './lib/no-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './style.css'

// The first page is fetched while the server is asked who is signed in.
if (window.location.pathname === '/') void import('./pages/overview/Overview.tsx')

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
