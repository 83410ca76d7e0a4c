import '../ui/tokens.css'
import '../ui/base.css'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { currentSession, onSessionEnd } from '../platform/api.ts'
import { forgetContent, queryClient } from '../platform/content.ts'
import { initialLanguage, setLanguage } from '../platform/language.ts'
import { here, isDoor, navigate, wayBack } from '../platform/navigation.ts'
import { startOnline } from '../platform/online.ts'
import { sessionStore } from '../platform/storage.ts'
import { showTheme } from '../platform/theme.ts'
import { addFont } from '../ui/font.ts'
import { afterFirstScreen } from './first-screen.ts'
import { App } from './router.tsx'
import { startScrollRestoration } from './scroll.ts'
import { isControlled, startServiceWorker } from './service-worker.ts'

const session = currentSession()
const spoken = setLanguage(initialLanguage(session.state === 'signed-in' ? session.me : undefined))
showTheme()
startOnline()
startScrollRestoration()
startServiceWorker()
// Where a service worker has the font, it comes at once; otherwise after the first screen.
if (isControlled()) addFont()
else afterFirstScreen(addFont)

// The session has ended: cached content is deleted. Unless the person asked for it, the address and, on a shared device,
// drafts (sessionStorage) are kept, to go on after signing in again.
onSessionEnd(why => {
  void forgetContent()
  if (!why || why.type === 'signed-out-elsewhere') sessionStore.clear()
  if (isDoor(here())) return
  navigate({ to: '/sign-in', search: { next: why && wayBack(), why: why?.type }, replace: true })
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const render = () =>
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queryClient}>
          <App />
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  )
void spoken.then(render)
