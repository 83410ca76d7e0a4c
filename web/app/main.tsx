import '../ui/tokens.css'
import '../ui/base.css'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { currentSession, onSessionEnd } from '../platform/api.ts'
import { forgetContent, queryClient, refreshOnReturn } from '../platform/content.ts'
import { initialLanguage, setLanguage } from '../platform/language.ts'
import { here, navigate } from '../platform/navigation.ts'
import { startOnline } from '../platform/online.ts'
import { sessionStore } from '../platform/storage.ts'
import { showTheme } from '../platform/theme.ts'
import { App } from './router.tsx'
import { startScrollRestoration } from './scroll.ts'
import { registerServiceWorker } from './service-worker.ts'

const session = currentSession()
setLanguage(initialLanguage(session.state === 'signed-in' ? session.me : undefined))
showTheme()
refreshOnReturn()
startOnline()
startScrollRestoration()
registerServiceWorker()

// The session has ended, here or in another tab: cached content is deleted. Unless the person asked for it, the address
// and, on a shared device, drafts (sessionStorage) are kept, to go on after signing in again.
onSessionEnd(why => {
  void forgetContent()
  if (!why) sessionStore.clear()
  const next = why && location.pathname !== '/' ? here() : undefined
  navigate({ to: '/sign-in', search: { next, why: why?.type }, replace: true })
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
)
